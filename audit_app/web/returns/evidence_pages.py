"""The page of the evidence behind one answer, in every state it can be in."""

from typing import NamedTuple

from flask import render_template, url_for

from audit_app.storage.models import Evidence
from audit_app.storage.queries.evidence import evidence_of_return
from audit_app.storage.queries.evidence_kept import items_of
from audit_app.storage.queries.last_cycle import last_return
from audit_app.web.access import current_person
from audit_app.web.clock import today
from audit_app.web.database import session
from audit_app.web.returns.asking import Asking
from audit_app.web.returns.evidence_cards import Card, card_of
from audit_app.web.returns.evidence_forms import Entered
from audit_app.web.returns.evidence_part import Rules, needed_words, rules
from audit_app.web.returns.fields import FieldProblem
from audit_app.web.returns.guarded_evidence import asked_in
from audit_app.web.returns.question_words import QuestionWords, words_of

MOST_OFFERED = 100
"""Items offered to be chosen again; beyond that the page of all evidence is easier to search."""


class Choice(NamedTuple):
    """An item that the organisation has, offered to stand behind this answer too."""

    value: str
    text: str
    hint: str


class EvidencePage(NamedTuple):
    """The evidence of one question, and the ways to add to it."""

    words: QuestionWords
    cards: list[Card]
    choices: list[Choice]
    needed: str | None
    rules: Rules
    address: str
    question_href: str
    entered: dict[str, Entered]
    errors: list[FieldProblem]
    done: str

    @property
    def wrong(self) -> dict[str, str]:
        """Give what is wrong, by field."""
        return {one.field: one.text for one in reversed(self.errors)}

    @property
    def choice_items(self) -> list[dict[str, str]]:
        """Give the choices as check boxes take them."""
        return [one._asdict() for one in self.choices]

    def error(self, field: str) -> str | None:
        """Give what is wrong with one field."""
        return self.wrong.get(field)

    def asked_in(self, form: str) -> list[FieldProblem]:
        """Give what the personal data guard asks about in one of the forms."""
        return asked_in(form, self.errors)


def page_of(
    asked: Asking,
    *,
    errors: list[FieldProblem] | None = None,
    entered: dict[str, Entered] | None = None,
    done: str = "",
) -> str:
    """Show the evidence of a question, with what is wrong and everything that was typed."""
    found, question = asked.found, asked.question
    return_id, name = found.audit_return.id, question.id
    behind = evidence_of_return(session(), found.audit_return).get(question.id, [])
    page = EvidencePage(
        words=words_of(found.questionnaire, question, found.kind),
        cards=[card_of(one, today()) for one in behind],
        choices=_choices(asked, behind),
        needed=needed_words(found, question.id),
        rules=rules(),
        address=url_for("returns.upload_evidence", return_id=return_id, question_id=name),
        question_href=url_for("returns.question", return_id=return_id, question_id=name),
        entered={"upload": Entered(), "cite": Entered()} | (entered or {}),
        errors=errors or [],
        done=done,
    )
    return render_template(
        "returns/evidence_question.html", page=page, errors=page.errors, found=found
    )


def _choices(asked: Asking, behind: list[Evidence]) -> list[Choice]:
    """Offer what the organisation has, what stood behind this question last time first."""
    here = {one.id for one in behind}
    items = items_of(session(), current_person(), asked.audit_return.organisation_id)
    last = last_return(session(), asked.audit_return)
    names = {asked.question.id, asked.question.same_meaning_as}
    stood = {
        link.evidence_id
        for one in items
        for link in one.links
        if last is not None
        and link.audit_return_id == last.id
        and link.question_id in names
        and link.removed_at is None
    }
    offered = [one for one in items if one.id not in here]
    offered.sort(key=lambda one: one.id not in stood)
    return [_choice(card_of(one, today()), one.id in stood) for one in offered[:MOST_OFFERED]]


def _choice(card: Card, stood: bool) -> Choice:
    said = [card.where or (card.file.words if card.file else ""), card.dated, *card.flags]
    said += ["behind this question last time"] if stood else []
    return Choice(card.id, card.title, "; ".join(one for one in said if one))
