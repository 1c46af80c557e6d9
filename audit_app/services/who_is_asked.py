"""Who is asked in a round: counted and listed before it opens, and taken when it does."""

from collections import Counter
from datetime import date
from typing import NamedTuple

from sqlalchemy.orm import Session

from audit_app.core.organisations import KINDS
from audit_app.core.owning import is_asked_anything
from audit_app.core.rounds.deadlines import Wrong
from audit_app.storage.models import Cycle, Partnership, QuestionnaireVersion, Scope
from audit_app.storage.queries.cycle_scope import InScope, in_scope
from audit_app.storage.queries.rounds import asked_elsewhere
from audit_app.storage.questionnaire_library import load

NO_LOCALITY = "No locality"
NOBODY = "Nobody in the partnership fits this: choose other kinds, types or localities"


class Preview(NamedTuple):
    """Who will be asked: counted, listed, and those about whom something should be done first.

    `not_for_them` are in the scope, but the questionnaire is not asked of their kind.
    """

    asked: list[InScope]
    by_kind: list[tuple[str, int]]
    by_locality: list[tuple[str, int]]
    unreachable: list[InScope]
    already: list[InScope]
    not_for_them: list[InScope]


def wrong_questionnaire(session: Session, content_hash: str) -> list[Wrong]:
    """Give what is wrong with asking this version of a questionnaire."""
    version = session.get(QuestionnaireVersion, content_hash) if content_hash else None
    if version is None:
        return [Wrong("questionnaire", "Choose a questionnaire")]
    if version.withdrawn_at is not None:
        said = f"{version.title} ({version.version}) was withdrawn: choose another version"
        return [Wrong("questionnaire", said)]
    return []


def asked_in(
    session: Session, partnership: Partnership, scope: Scope | None, content_hash: str, *, on: date
) -> tuple[list[InScope], list[InScope]]:
    """Give who is asked by name, and who is in the scope but of a kind the questionnaire is not
    asked of, or answers for nobody it names: the service chooses the form, and gives nobody an
    empty one.
    """
    questionnaire = load(session, content_hash)
    asked: list[InScope] = []
    others: list[InScope] = []
    for one in in_scope(session, partnership, scope, on=on):
        fits = one.kind in questionnaire.asked_of and is_asked_anything(
            questionnaire, one.kind, one.answers_for or ()
        )
        (asked if fits else others).append(one)
    return asked, others


def preview_of(session: Session, cycle: Cycle, *, on: date) -> Preview:
    """Give who will be asked in a round that is planned, and what to look at before it opens."""
    asked, not_for_them = asked_in(
        session, cycle.partnership, cycle.scope, cycle.content_hash, on=on
    )
    there = asked_elsewhere(session, cycle)
    kinds = Counter(one.kind for one in asked)
    localities = Counter(one.locality or NO_LOCALITY for one in asked)
    return Preview(
        asked,
        [(words, kinds[kind]) for kind, words in KINDS.items() if kinds[kind]],
        sorted(localities.items()),
        [one for one in asked if not one.can_be_reached],
        [one for one in asked if one.organisation_id in there],
        not_for_them,
    )
