"""Planning a round: what is asked of whom, until when, and in which words."""

from collections.abc import Mapping
from datetime import datetime
from typing import NamedTuple

from sqlalchemy.orm import Session

from audit_app.core.london import london_date
from audit_app.core.rounds.deadlines import Dates, Wrong, deadline, wrong_dates
from audit_app.core.rounds.moves import CycleMove, CycleState, cycle_after
from audit_app.core.rounds.reminding import USUAL, Schedule
from audit_app.core.rounds.wording import KINDS as LETTERS
from audit_app.core.rounds.wording import Letter, wrong_letter
from audit_app.core.signing import SignedBy
from audit_app.services.recording import Event, record
from audit_app.services.round_letters import usual_letter
from audit_app.services.who_is_asked import NOBODY, asked_in, wrong_questionnaire
from audit_app.storage.models import Cycle, Partnership, Person, Scope, Wording
from audit_app.storage.queries.rounds import hold_cycle

LONGEST_TITLE = 120


class CycleFacts(NamedTuple):
    """Everything that a coordinator says of a round.

    `signed_by` is None where it is left to the questionnaire whose signature the round takes.
    """

    title: str
    content_hash: str
    dates: Dates
    scope: Scope
    contact_name: str = ""
    contact_email: str = ""
    contact_telephone: str = ""
    schedule: Schedule = USUAL
    signed_by: SignedBy | None = None


class CycleRefused(Exception):
    """A round cannot be planned or opened like this; each thing wrong with its part."""

    def __init__(self, wrong: list[Wrong]) -> None:
        super().__init__("; ".join(one.text for one in wrong))
        self.wrong = wrong


def plan_cycle(
    session: Session,
    partnership: Partnership,
    *,
    facts: CycleFacts,
    by: Person | None,
    now: datetime,
) -> Cycle:
    """Plan a round of a partnership. Raises CycleRefused."""
    refuse_facts(session, partnership, facts, now=now)
    cycle = Cycle(partnership_id=partnership.id, state=CycleState.PLANNED, **_columns(facts))
    session.add(cycle)
    session.flush()
    _tell(session, Event.CYCLE_PLANNED, cycle, partnership, by=by, at=now)
    return cycle


def change_cycle(
    session: Session, cycle: Cycle, *, facts: CycleFacts, by: Person | None, now: datetime
) -> None:
    """Change a round that is still planned. Raises CycleMoveNotPossible, CycleRefused."""
    hold_cycle(session, cycle)
    cycle_after(cycle.state, CycleMove.CHANGE)
    refuse_facts(session, cycle.partnership, facts, now=now)
    for name, value in _columns(facts).items():
        setattr(cycle, name, value)
    session.flush()
    session.expire(cycle, ["questionnaire_version"])
    _tell(session, Event.CYCLE_CHANGED, cycle, cycle.partnership, by=by, at=now)


def reword_cycle(
    session: Session,
    cycle: Cycle,
    *,
    letters: Mapping[str, Letter],
    by: Person | None,
    now: datetime,
) -> None:
    """Give a round its own words for its e-mails; those that are the usual ones are not kept.

    Raises CycleMoveNotPossible, CycleRefused with parts such as "round_opened-subject".
    """
    hold_cycle(session, cycle)
    cycle_after(cycle.state, CycleMove.REWORD)
    wrong = [
        Wrong(f"{kind}-{one.part}", f"{LETTERS[kind]}: {one.text[:1].lower()}{one.text[1:]}")
        for kind, letter in letters.items()
        for one in wrong_letter(letter)
    ]
    if wrong:
        raise CycleRefused(wrong)
    own = {
        kind: Wording(subject=letter.subject.strip(), body=letter.body.strip() + "\n")
        for kind, letter in letters.items()
    }
    cycle.texts = {
        kind: words
        for kind, words in own.items()
        if usual_letter(kind) != (words["subject"], words["body"])
    } or None
    session.flush()
    _tell(session, Event.CYCLE_REWORDED, cycle, cycle.partnership, by=by, at=now)


def refuse_facts(
    session: Session, partnership: Partnership, facts: CycleFacts, *, now: datetime
) -> None:
    """Raise CycleRefused for a round that could not be opened as it is said."""
    today = london_date(now)
    wrong = _wrong_words(facts)
    wrong += wrong_questionnaire(session, facts.content_hash)
    wrong += wrong_dates(facts.dates, today=today)
    if not any(one.part in ("opens", "questionnaire") for one in wrong):
        on = max(facts.dates.opens_on, today)
        asked, _ = asked_in(session, partnership, facts.scope, facts.content_hash, on=on)
        if not asked:
            wrong.append(Wrong("scope", NOBODY))
    if wrong:
        raise CycleRefused(wrong)


def schedule_of(cycle: Cycle) -> Schedule:
    """Give when reminders go out in a round."""
    own = cycle.reminders
    if own is None:
        return USUAL
    return Schedule(
        tuple(own.get("days_before", USUAL.days_before)),
        own.get("weekly_overdue", USUAL.weeks_overdue),
    )


def _columns(facts: CycleFacts) -> dict[str, object]:
    opens, due, closes = facts.dates
    return {
        "title": facts.title.strip(),
        "content_hash": facts.content_hash,
        "year": due.year,
        "opens_at": deadline(opens),
        "due_at": deadline(due),
        "closes_at": deadline(closes) if closes is not None else None,
        "scope": {name: part for name, part in facts.scope.items() if part} or None,
        "contact_name": facts.contact_name.strip() or None,
        "contact_email": facts.contact_email.strip() or None,
        "contact_telephone": facts.contact_telephone.strip() or None,
        "signed_by": facts.signed_by,
        "reminders": {
            "days_before": list(facts.schedule.days_before),
            "weekly_overdue": facts.schedule.weeks_overdue,
        },
    }


def _wrong_words(facts: CycleFacts) -> list[Wrong]:
    wrong = []
    if not facts.title.strip():
        wrong.append(Wrong("title", "Enter a title"))
    elif len(facts.title.strip()) > LONGEST_TITLE:
        wrong.append(Wrong("title", f"The title must be {LONGEST_TITLE} characters or fewer"))
    return wrong + wrong_email(facts.contact_email)


def wrong_email(given: str) -> list[Wrong]:
    """Say what is wrong with the e-mail address of a contact; none is given where it is empty."""
    email = given.strip()
    if email and ("@" not in email.strip("@") or any(sign.isspace() for sign in email)):
        return [Wrong("contact_email", "Enter an e-mail address such as name@example.org")]
    return []


def _tell(
    session: Session,
    event: Event,
    cycle: Cycle,
    partnership: Partnership,
    *,
    by: Person | None,
    at: datetime,
) -> None:
    details = {"cycle": str(cycle.id), "title": cycle.title}
    record(session, event, partnership, by=by, at=at, details=details)
