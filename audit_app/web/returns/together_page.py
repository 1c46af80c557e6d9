"""What a page of several questions shows: each as on a page of its own, and what brings it up."""

from collections.abc import Mapping
from typing import NamedTuple

from flask import url_for

from audit_app.core.comments_needed import levels_with_comment
from audit_app.core.pages import follows, page_of
from audit_app.core.problems_together import with_same_words
from audit_app.core.progress import SectionProgress
from audit_app.core.questionnaire import Section
from audit_app.web.access import current_person
from audit_app.web.returns.asking import Asking
from audit_app.web.returns.evidence_part import EvidencePart, evidence_behind, evidence_part_of
from audit_app.web.returns.fields import FieldProblem
from audit_app.web.returns.last_answers import last_answer
from audit_app.web.returns.opening import Opened
from audit_app.web.returns.prefixed import at, led_to
from audit_app.web.returns.question_addresses import page_href
from audit_app.web.returns.question_page import (
    Draft,
    QuestionPage,
    Theirs,
    columns_of,
    question_page,
)
from audit_app.web.returns.question_words import section_title
from audit_app.web.returns.reasons import reasons_for
from audit_app.web.returns.typed import Typed, typed_from
from audit_app.web.returns.whose import Whose, sealed


class Entered(NamedTuple):
    """What a person entered for one question, and what came of it."""

    typed: Typed
    version: int | None
    errors: list[FieldProblem] = []
    theirs: Theirs | None = None
    draft: Draft | None = None


class OnPage(NamedTuple):
    """One question on a page of several.

    `brought_up_by` is the field and the values that bring it up, where that field is on the page;
    `is_hidden` while they are not chosen.
    """

    page: QuestionPage
    evidence: EvidencePart
    brought_up_by: str
    values: str
    is_hidden: bool
    has_words: bool


class TogetherPage(NamedTuple):
    """A few questions on one page, with one button."""

    opened: Opened
    section: Section
    title: str
    first: str
    questions: list[OnPage]
    errors: list[FieldProblem]
    number: str
    of: int
    action: str
    back_href: str
    saved: list[str]
    summary: list[FieldProblem]

    @property
    def confirms(self) -> bool:
        """Say whether the page has answers in sight that came forward and wait to be confirmed."""
        return any(one.page.brought_from and not one.is_hidden for one in self.questions)


def questions_on(opened: Opened, first: str) -> list[Asking]:
    """Give the questions that are asked on a page, and those an answer on it may bring up."""
    found = []
    names = page_of(opened.questionnaire, first, kind=opened.kind)
    for name in names:
        question = opened.questionnaire.question(name)
        if opened.is_asked(name) or _may_come(opened, name, names):
            place = opened.section_of(name)
            found.append(Asking(opened, question, place, columns_of(opened, question)))
    return found


def every_question(opened: Opened, first: str) -> list[Asking]:
    """Give every question of a page, those that are not asked now among them."""
    placed = opened.questionnaire.placed
    return [
        Asking(opened, one, opened.section_of(one.id), columns_of(opened, one))
        for name in page_of(opened.questionnaire, first, kind=opened.kind)
        for one in (placed[name].question,)
    ]


def _may_come(opened: Opened, name: str, names: tuple[str, ...]) -> bool:
    """Say whether an answer on the page brings a question up that is not asked now."""
    by = follows(opened.questionnaire, name)
    if by is None or by.question_id not in names:
        return False
    return opened.is_asked(by.question_id) or _may_come(opened, by.question_id, names)


def together_page(
    opened: Opened,
    place: SectionProgress,
    first: str,
    *,
    entered: Mapping[str, Entered] | None = None,
    saved: list[str] | None = None,
    errors: list[FieldProblem] | None = None,
) -> TogetherPage:
    """Put together the page, with what stands saved or with what was entered."""
    asked = questions_on(opened, first)
    entered = entered or {}
    behind = evidence_behind(opened, [one.question.id for one in asked])
    questions = [
        _on_page(
            opened,
            place,
            one,
            entered.get(one.question.id),
            evidence_part_of(opened, one.question, behind),
        )
        for one in asked
    ]
    found = [
        led_to(problem, one.page.question.id) for one in questions for problem in one.page.errors
    ]
    shown = [place.asked.index(o.question.id) + 1 for o in asked if o.question.id in place.asked]
    number = str(shown[0]) if len(shown) == 1 else f"{shown[0]} to {shown[-1]}"
    return TogetherPage(
        opened=opened,
        section=place.section,
        title=section_title(place.section, opened.kind),
        first=first,
        questions=questions,
        errors=[*(errors or []), *found],
        number=number,
        of=len(place.asked),
        action=url_for("returns.together", return_id=opened.audit_return.id, question_id=first),
        back_href=_back(opened, place, asked),
        saved=saved or [],
        summary=[*(errors or []), *_summary(questions)],
    )


def _summary(questions: list[OnPage]) -> list[FieldProblem]:
    """Say what is wrong on the page in few lines, each leading to the first input at fault."""
    wrong = [(one.page.question.id, two) for one in questions for two in one.page.summary]
    lines = with_same_words([(name, problem.text) for name, problem in wrong])
    return [
        led_to(wrong[one.of[0]][1], wrong[one.of[0]][0])._replace(text=one.text) for one in lines
    ]


def _on_page(
    opened: Opened,
    place: SectionProgress,
    asked: Asking,
    entered: Entered | None,
    evidence: EvidencePart,
) -> OnPage:
    question = asked.question
    if entered is None:
        reply = opened.replies.get(question.id)
        version = asked.saved.version if asked.saved else None
        entered = Entered(typed_from(question, reply, asked.columns), version)
    # A question that may still come up stands where it would be asked.
    here = place if question.id in place.asked else place._replace(asked=(question.id,))
    page = question_page(
        opened,
        here,
        question,
        entered.typed,
        version=entered.version,
        columns=asked.columns,
        errors=entered.errors,
        last=last_answer(opened, question),
        reasons=reasons_for(question, opened.kind),
        theirs=entered.theirs,
        draft=_led_to(entered.draft, question.id),
        whose=sealed(Whose(current_person().id, opened.audit_return.id, question.id)),
    )
    by = follows(opened.questionnaire, question.id)
    typed = entered.typed
    return OnPage(
        page._replace(at=at(question.id)),
        evidence,
        f"{at(by.question_id)}answer" if by is not None else "",
        " ".join(by.values) if by is not None else "",
        not opened.is_asked(question.id),
        has_words=bool(
            typed.commentary or levels_with_comment(question) or page.error("commentary")
        ),
    )


def _led_to(draft: Draft | None, question_id: str) -> Draft | None:
    """Lead the problems of a draft to their inputs on a page of several."""
    if draft is None:
        return None
    return draft._replace(problems=[led_to(one, question_id) for one in draft.problems])


def _back(opened: Opened, place: SectionProgress, asked: list[Asking]) -> str:
    names = {one.question.id for one in asked}
    before = [name for name in place.asked if name not in names]
    numbers = opened.questionnaire.placed
    earlier = [n for n in before if numbers[n].number < numbers[asked[0].question.id].number]
    if earlier:
        return page_href(opened, earlier[-1])
    return url_for("returns.section", return_id=opened.audit_return.id, section_id=place.section.id)
