"""What people type about a piece of evidence, and the files that come with it.

The names of the fields: `files` (several) or `file`, `title`, `where`, `dated-day`, `-month`,
`-year`, `expires-day`, `-month`, `-year`, `evidence` (several, of what the organisation has).
"""

from collections.abc import Mapping
from datetime import date
from typing import Any, NamedTuple

from werkzeug.datastructures import FileStorage, ImmutableMultiDict

from audit_app.core.evidence.limits import LONGEST_PLACE, LONGEST_TITLE
from audit_app.core.invisible import visible
from audit_app.core.reply_parts import ReplyProblem, read_date, too_long
from audit_app.services.backing_answers import About
from audit_app.storage.models import Evidence
from audit_app.web.returns.fields import FieldProblem, capitalised
from audit_app.web.returns.typed import PARTS_OF_A_DATE

Dates = dict[str, str]


class Entered(NamedTuple):
    """What stands in the fields, as it was typed."""

    title: str = ""
    where: str = ""
    dated: Dates = {}
    expires: Dates = {}


class Read(NamedTuple):
    """What was typed, what it says as far as it can be read, and what is wrong with the rest."""

    entered: Entered
    about: About
    problems: list[FieldProblem]


def read_about(
    form: Mapping[str, Any], prefix: str, *, on: date, needs_title: bool, needs_place: bool = False
) -> Read:
    """Read title, place and dates; a problem leads to the input whose id begins with `prefix`."""
    entered = Entered(
        _line(form, "title"), _line(form, "where"), _date(form, "dated"), _date(form, "expires")
    )
    problems: list[FieldProblem] = []
    if needs_title and not entered.title:
        problems.append(FieldProblem(f"{prefix}-title", "Give it a title"))
    if needs_place and not entered.where:
        problems.append(FieldProblem(f"{prefix}-where", "Say where it is to be found"))
    problems += [
        FieldProblem(f"{prefix}-{one.part}", one.message)
        for one in (
            *too_long("title", "The title", entered.title, LONGEST_TITLE),
            *too_long("where", "The place", entered.where, LONGEST_PLACE),
        )
    ]
    dated, problem = read_date(entered.dated, on=on, may_be_future=False)
    problems += _date_problem(f"{prefix}-dated", "Date of the document", problem)
    expires, problem = read_date(entered.expires, on=on, may_be_future=True)
    problems += _date_problem(f"{prefix}-expires", "Date it expires", problem)
    about = About(
        entered.title[:LONGEST_TITLE],
        date.fromisoformat(dated) if dated else None,
        date.fromisoformat(expires) if expires else None,
    )
    if about.dated and about.expires_on and about.expires_on < about.dated:
        said = "Date it expires: this is before the date of the document"
        problems.append(FieldProblem(f"{prefix}-expires-day", said))
        about = about._replace(expires_on=None)
    return Read(entered, about, problems)


def entered_of(evidence: Evidence) -> Entered:
    """Fill in the fields from an item as it is kept."""
    return Entered(
        evidence.title,
        evidence.cited_where or "",
        _parts(evidence.document_date),
        _parts(evidence.expires_on),
    )


def files_sent(
    files: ImmutableMultiDict[str, FileStorage], name: str = "files"
) -> list[FileStorage]:
    """Give the files that were chosen; a field that was left empty sends a nameless one."""
    return [file for file in files.getlist(name) if file.filename]


def _line(form: Mapping[str, Any], name: str) -> str:
    return " ".join(visible(str(form.get(name) or "")).split())


def _date(form: Mapping[str, Any], name: str) -> Dates:
    return {part: _line(form, f"{name}-{part}") for part in PARTS_OF_A_DATE}


def _parts(day: date | None) -> Dates:
    if day is None:
        return {}
    return {"day": str(day.day), "month": str(day.month), "year": str(day.year)}


def _date_problem(field: str, label: str, problem: ReplyProblem | None) -> list[FieldProblem]:
    if problem is None:
        return []
    text = f"{label}: {problem.message[:1].lower()}{problem.message[1:]}"
    return [FieldProblem(f"{field}-{problem.part or 'day'}", capitalised(text))]
