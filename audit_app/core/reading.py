"""A questionnaire file read and checked: every problem in one run, each at its line and column."""

import hashlib
from collections.abc import Collection

from pydantic import ValidationError

from audit_app.core.checking import problems_with
from audit_app.core.checks.references import names_what_there_is
from audit_app.core.marked import MOST_BYTES, Written, read_yaml
from audit_app.core.passing_over import passed_over
from audit_app.core.problems import CannotBeRead, Problem
from audit_app.core.questionnaire import Questionnaire
from audit_app.core.repeating import is_repeated, with_repeats
from audit_app.core.sources import Sources
from audit_app.core.validating import MalformedParts, in_order, validated
from audit_app.core.writing import write_questionnaire


def content_hash(text: str | bytes) -> str:
    """Give the SHA-256 of a file as published: line ends and byte-order mark do not count."""
    plain = text.decode("utf-8-sig") if isinstance(text, bytes) else text
    plain = plain.removeprefix("\ufeff").replace("\r\n", "\n")
    return hashlib.sha256(plain.encode()).hexdigest()


def read_questionnaire(
    text: str | bytes, *, name: str, sources: Sources | None = None
) -> Questionnaire:
    """Read and check a questionnaire; raises CannotBeRead with all that is wrong with it."""
    questionnaire, problems = check_questionnaire(text, name=name, sources=sources)
    wrong = [problem for problem in problems if not problem.is_warning]
    if questionnaire is None or wrong:
        raise CannotBeRead(wrong)
    return questionnaire


def check_questionnaire(
    text: str | bytes,
    *,
    name: str,
    known: Collection[str] | None = None,
    sources: Sources | None = None,
) -> tuple[Questionnaire | None, list[Problem]]:
    """Give the questionnaire where the file makes one, and every problem and warning, in order.

    `known` are the ids of facts and references there are; what a question names besides is a
    warning, because other partnerships have reviews of their own. `sources` are needed only by a
    file that repeats sections for facts of the reviews; its content hash is that of the whole
    questionnaire, written out.
    """
    try:
        marked: Written = read_yaml(text, name=name)
        is_pattern = is_repeated(marked.data)
        if is_pattern:
            marked = with_repeats(marked, sources, name=name)
        questionnaire = validated(marked, Questionnaire)
    except MalformedParts as error:
        return None, in_order([*error.problems, *problems_besides(error, marked)])
    except CannotBeRead as error:
        return None, error.problems
    whole = write_questionnaire(questionnaire) if is_pattern else text
    questionnaire = questionnaire.model_copy(update={"content_hash": content_hash(whole)})
    found = problems_with(questionnaire, marked)
    if len(whole) > MOST_BYTES:
        found.append(marked.problem(("sections",), "written out, the file is larger than 1 MB"))
    if known is not None:
        found += [
            marked.problem(one.path, one.message, is_warning=True)
            for one in names_what_there_is(questionnaire, known)
        ]
    return questionnaire, in_order(found)


def problems_besides(error: MalformedParts, marked: Written) -> list[Problem]:
    """Find what is wrong with a questionnaire besides its malformed parts, as far as that goes."""
    rest = passed_over(marked.data, error.parts)
    if rest is None:
        return []
    try:
        questionnaire = Questionnaire.model_validate(rest.data)
    except ValidationError:
        return []
    return problems_with(questionnaire, marked, leave_out=rest.concerns)
