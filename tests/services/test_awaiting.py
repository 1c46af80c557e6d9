"""While a signature is awaited nothing that will be signed changes, whoever tries and how."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session

from audit_app.core.action_plan import Promise
from audit_app.core.awaiting import STAYS, AwaitsSignature, Change
from audit_app.core.evidence.limits import Limits
from audit_app.core.lifecycle import State
from audit_app.core.on_behalf import OnBehalf
from audit_app.core.signing import Signature
from audit_app.services.answering import ReturnIsClosed
from audit_app.services.awaiting import awaits_signature
from audit_app.services.backing_answers import About, cite, take_away, use_again
from audit_app.services.changing_returns import extend
from audit_app.services.drafting_plans import draft_plan
from audit_app.services.entering_on_behalf import begin_on_behalf
from audit_app.services.following_actions import finish_action, report_progress
from audit_app.services.giving_sections import Gift, give_section, take_section
from audit_app.services.keeping_drafts import keep_draft
from audit_app.services.keeping_evidence import change_evidence, remove_evidence, replace_file
from audit_app.services.planning_actions import add_action, change_action, drop_action
from audit_app.services.reading_to_sign import ASKED, as_read, changed_since_read
from audit_app.services.receiving_files import Arrived
from audit_app.services.requesting_changes import request_changes
from audit_app.services.sharing_actions import share_actions
from audit_app.services.signing_off import ask_for_sign_off
from audit_app.services.submitting import AnswersHaveChanged, submit
from audit_app.storage.engine import writing_session
from audit_app.storage.models import Action, AuditReturn, Evidence, Person, ScanState
from audit_app.storage.queries.answers import answers_of
from audit_app.storage.questionnaire_library import load
from tests.builders import NOW, make_action, make_evidence
from tests.databases import Database
from tests.services.signing_desk import ADDRESS, AtWork, at_work, put

DAY = NOW.date() + timedelta(days=60)
OTHER = Promise("Something else", "Somebody else", DAY, "In another way")
SAID = About("Another title")


@dataclass(frozen=True)
class Awaiting:
    """A return that awaits a signature, with an action and an item of evidence."""

    session: Session
    here: AtWork
    action: Action
    evidence: Evidence

    @property
    def audit_return(self) -> AuditReturn:
        return self.here.audit_return

    def mark(self) -> str:
        self.session.expire_all()
        return as_read(self.session, self.audit_return, answers_of(self.session, self.audit_return))


@pytest.fixture(params=[State.AWAITING_SIGN_OFF, State.CHANGES_REQUESTED])
def awaiting(request: pytest.FixtureRequest, session: Session) -> Awaiting:
    """Ask for a signature: for the first time, or under changes that the partnership asked for."""
    here = at_work(session)
    evidence = make_evidence(session, behind=here.audit_return, question_id="2.2", title="Policy")
    status = "draft" if request.param is State.AWAITING_SIGN_OFF else "open"
    action = make_action(session, audit_return=here.audit_return, status=status)
    if request.param is State.CHANGES_REQUESTED:
        submit(session, here.audit_return, by=here.lead, now=NOW)
        request_changes(
            session,
            here.audit_return,
            reasons={"2.2": "Say more."},
            by=here.moderator,
            now=NOW,
            base_address=ADDRESS,
        )
    ask(session, here.audit_return, of=here.signatory, by=here.lead)
    assert here.audit_return.state is request.param
    assert awaits_signature(session, here.audit_return)
    return Awaiting(session, here, action, evidence)


def ask(session: Session, audit_return: AuditReturn, *, of: Person | None, by: Person) -> None:
    ask_for_sign_off(
        session,
        audit_return,
        of=of,
        note="",
        by=by,
        now=NOW,
        base_address=ADDRESS,
        left={"2.2": "There is no more to say."},
    )


def answer(on: Awaiting) -> None:
    put(on.session, on.audit_return, "2.2", {"x": 3, "y": 4}, by=on.here.lead)


def enter_by_spreadsheet(on: Awaiting) -> None:
    value = {"x": 3, "y": 4}
    put(on.session, on.audit_return, "2.2", value, by=on.here.lead, channel="spreadsheet")


def add_evidence(on: Awaiting) -> None:
    by = on.here.lead
    cite(on.session, on.audit_return, "2.2", about=SAID, where="A shelf", by=by, now=NOW)


def use_evidence(on: Awaiting) -> None:
    by = on.here.lead
    use_again(on.session, on.audit_return, "2.1", on.evidence, by=by, now=NOW)


def take_evidence(on: Awaiting) -> None:
    take_away(on.session, on.audit_return, "2.2", on.evidence.id, by=on.here.lead, now=NOW)


def replace(on: Awaiting) -> None:
    file = Arrived("new.pdf", "f" * 40, 9, "application/pdf", "f" * 64, ScanState.CLEAN, NOW)
    replace_file(
        on.session, on.evidence, file, about=SAID, limits=Limits(), by=on.here.lead, now=NOW
    )


def describe(on: Awaiting) -> None:
    change_evidence(on.session, on.evidence, about=SAID, where=None, by=on.here.lead, now=NOW)


def remove(on: Awaiting) -> None:
    remove_evidence(on.session, on.evidence, by=on.here.lead, now=NOW)


def draft(on: Awaiting) -> None:
    draft_plan(on.session, on.audit_return, by=on.here.lead, now=NOW)


def add(on: Awaiting) -> None:
    add_action(on.session, on.audit_return, promise=OTHER, by=on.here.lead, now=NOW)


def change(on: Awaiting) -> None:
    version = on.action.version
    by = on.here.lead
    change_action(on.session, on.action, promise=OTHER, expected_version=version, by=by, now=NOW)


def share(on: Awaiting) -> None:
    on.action.status = on.action.status.DRAFT
    on.session.flush()
    share_actions(
        on.session,
        on.audit_return,
        seen={on.action.id: on.action.version},
        who="Somebody else",
        by_when=None,
        by=on.here.lead,
        now=NOW,
    )


def drop(on: Awaiting) -> None:
    version = on.action.version
    by = on.here.lead
    drop_action(on.session, on.action, reason="No", expected_version=version, by=by, now=NOW)


def report(on: Awaiting, *, moves: bool = False) -> None:
    report_progress(
        on.session,
        on.action,
        words="It goes on.",
        by_when=DAY if moves else on.action.by_when,
        expected_version=on.action.version,
        by=on.here.lead,
        now=NOW,
    )


def move_day(on: Awaiting) -> None:
    report(on, moves=True)


def come_on(on: Awaiting) -> None:
    on.action.status = on.action.status.OPEN
    on.session.flush()
    report(on)
    version = on.action.version
    finish_action(
        on.session, on.action, words="Done.", expected_version=version, by=on.here.lead, now=NOW
    )


def give(on: Awaiting) -> None:
    section = load(on.session, on.audit_return.content_hash).sections[1]
    give_section(
        on.session,
        on.audit_return,
        section,
        gift=Gift(on.here.lead),
        seen=None,
        by=on.here.lead,
        now=NOW,
        base_address=ADDRESS,
    )


def take(on: Awaiting) -> None:
    section = load(on.session, on.audit_return.content_hash).sections[1]
    take_section(on.session, on.audit_return, section, seen=None, by=on.here.lead, now=NOW)


def begin_for_them(on: Awaiting) -> None:
    begin_on_behalf(
        on.session,
        on.audit_return,
        name="Ada Moss",
        channel="paper",
        by=on.here.moderator,
        now=NOW,
        base_address=ADDRESS,
    )


def send_for_them(on: Awaiting) -> None:
    submit(
        on.session,
        on.audit_return,
        by=on.here.moderator,
        now=NOW,
        signature=Signature("Ada Moss", "Manager"),
        on_behalf=OnBehalf("Ada Moss", "paper"),
    )


def keep_typed(on: Awaiting) -> None:
    keep_draft(
        on.session,
        on.audit_return,
        "2.2",
        fields=[("commentary", "Not so")],
        seen_version=1,
        by=on.here.lead,
        now=NOW,
    )


def rename(on: Awaiting) -> None:
    on.here.organisation.name = "Another name"
    on.session.flush()


def give_time(on: Awaiting) -> None:
    if on.audit_return.state is State.AWAITING_SIGN_OFF:
        extend(
            on.session,
            on.audit_return.cycle,
            return_ids=[on.audit_return.id],
            until=NOW.date() + timedelta(days=90),
            reason="Ill",
            by=None,
            now=NOW,
            base_address=ADDRESS,
        )


ATTEMPTS: dict[Change, list[Callable[[Awaiting], None]]] = {
    Change.ANSWER: [answer, enter_by_spreadsheet],
    Change.BACK_ANSWER: [add_evidence, use_evidence, take_evidence],
    Change.REPLACE_FILE: [replace],
    Change.DESCRIBE_EVIDENCE: [describe],
    Change.REMOVE_EVIDENCE: [remove],
    Change.DRAFT_ACTIONS: [draft],
    Change.ADD_ACTION: [add],
    Change.CHANGE_ACTION: [change, share],
    Change.DROP_ACTION: [drop],
    Change.MOVE_DAY: [move_day],
    Change.GIVE_SECTION: [give, take],
    Change.ENTER_ON_BEHALF: [begin_for_them, send_for_them],
    Change.REPORT_PROGRESS: [come_on],
    Change.KEEP_TYPED: [keep_typed],
    Change.CHANGE_REGISTER: [rename],
    Change.EXTEND: [give_time],
}
REFUSED = [(change, one) for change, tries in ATTEMPTS.items() if STAYS[change] for one in tries]
BY_ITS_STATE = {Change.ANSWER, Change.BACK_ANSWER}
"""What is refused as in every return that is closed: its page says that it awaits a signature."""
HARMLESS = [come_on, keep_typed, give_time]


def test_every_change_of_the_table_is_tried():
    assert set(ATTEMPTS) == set(Change)


@pytest.mark.parametrize(("change", "attempt"), REFUSED)
def test_what_is_signed_stays_as_it_was_read(
    awaiting: Awaiting, change: Change, attempt: Callable[[Awaiting], None]
):
    before = awaiting.mark()
    with pytest.raises(ReturnIsClosed if change in BY_ITS_STATE else AwaitsSignature):
        attempt(awaiting)
    assert awaiting.mark() == before


@pytest.mark.parametrize("attempt", HARMLESS)
def test_what_is_allowed_all_the_same_changes_nothing_that_is_signed(
    awaiting: Awaiting, attempt: Callable[[Awaiting], None]
):
    before = awaiting.mark()
    attempt(awaiting)
    assert awaiting.mark() == before
    signatory = awaiting.here.signatory
    assert signatory is not None
    submit(awaiting.session, awaiting.audit_return, by=signatory, now=NOW, seen=before)


def test_another_name_in_the_register_is_shown_before_the_signature_counts(awaiting: Awaiting):
    before, signatory = awaiting.mark(), awaiting.here.signatory
    rename(awaiting)
    assert signatory is not None
    with pytest.raises(AnswersHaveChanged) as changed:
        submit(awaiting.session, awaiting.audit_return, by=signatory, now=NOW, seen=before)
    assert changed.value.names == (ASKED,)
    assert changed_since_read(before, awaiting.mark()) == (ASKED,)


def test_nobody_is_asked_to_sign_a_plan_that_somebody_is_changing(postgresql_database: Database):
    with writing_session(postgresql_database.engine) as session:
        here = at_work(session)
        action = make_action(session, audit_return=here.audit_return, status="draft")
        session.commit()
        return_id, action_id, lead_id = here.audit_return.id, action.id, here.lead.id
    with (
        writing_session(postgresql_database.engine) as writing,
        writing_session(postgresql_database.engine) as asking,
    ):
        lead = writing.get_one(Person, lead_id)
        action = writing.get_one(Action, action_id)
        change_action(writing, action, promise=OTHER, expected_version=1, by=lead, now=NOW)
        asking.execute(text("SET LOCAL lock_timeout = '50ms'"))
        with pytest.raises(DBAPIError, match="lock timeout"):
            ask(
                asking,
                asking.get_one(AuditReturn, return_id),
                of=None,
                by=asking.get_one(Person, lead_id),
            )
