"""Any order of saves, signatures, refusals and changes: nothing is lost, and nothing closed moves.

People do what comes to their mind, allowed or not. After each step the records are held against
what must be true of them: every answer that was accepted is there, every version that was recorded
reads as it was sent, and no state was reached but by a move of the lifecycle.
"""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)
from sqlalchemy.orm import Session

from audit_app.core.lifecycle import MOVES, RETURNED, Move, MoveNotPossible, State, after, may
from audit_app.services.answering import ReturnIsClosed
from audit_app.services.changing_returns import ChangeRefused, reopen
from audit_app.services.closing_cycles import close_cycle
from audit_app.services.looking_again import NotLookedAt
from audit_app.services.requesting_changes import ChangesRefused, request_changes
from audit_app.services.signing import DeclineStands, SignatureNeeded
from audit_app.services.signing_off import (
    SignOffRefused,
    ask_for_sign_off,
    decline_sign_off,
    take_back_sign_off,
)
from audit_app.services.submitting import ReturnIsIncomplete, submit
from audit_app.services.summarising import summary_of_cycle
from audit_app.services.what_is_open import open_questions
from audit_app.services.withdrawing import TooLateToWithdraw, withdraw
from audit_app.storage.engine import writing_session
from audit_app.storage.models import CycleState
from audit_app.storage.queries.answers import answers_of
from audit_app.storage.queries.change_requests import changes_of, open_changes
from audit_app.storage.queries.results import results_of
from audit_app.storage.queries.sign_offs import open_sign_off, sign_offs_of
from audit_app.storage.queries.submitted_answers import submissions_of
from tests.builders import NOW
from tests.databases import Database
from tests.services.signing_desk import ADDRESS, at_work, put

REFUSALS = (
    DeclineStands,
    ChangeRefused,
    ChangesRefused,
    MoveNotPossible,
    ReturnIsClosed,
    ReturnIsIncomplete,
    SignatureNeeded,
    SignOffRefused,
    TooLateToWithdraw,
    NotLookedAt,
)
ANSWERS = st.sampled_from(
    [
        ("1.1", "yes"),
        ("1.1", "no"),
        ("1.1", "yes"),
        ("1.1", "no"),
        ("1.2", "no"),
        ("1.3", "A course."),
        ("2.1", {"x": 4, "y": 5}),
        ("2.1", {"x": 2, "y": 5}),
        ("2.2", {"x": 4, "y": 4}),
        ("2.2", {"x": 1, "y": 2}),
    ]
)
WHY_LEFT = dict.fromkeys(["1.1", "1.2", "2.1", "2.2"], "It is so still.")
"""Said of what was asked to be looked at again and stays as it was sent."""

FITTING = {"1.2": "yes", "2.1": {"x": 4, "y": 5}, "2.2": {"x": 4, "y": 4}}
"""What makes a return complete, whatever was answered before."""

NAMED = st.lists(st.sampled_from(["1.1", "1.2", "2.1", "2.2"]), min_size=1, max_size=2)

LIMITS = settings(
    max_examples=20,
    stateful_step_count=25,
    deadline=None,
    derandomize=True,
    database=None,
    suppress_health_check=list(HealthCheck),
)
"""The same journeys each time, as many as a few seconds allow."""


class Journey(RuleBasedStateMachine):
    """One return, and everybody who can do something with it."""

    session: Session

    @initialize(start=st.sampled_from(["complete", "awaiting", "sent", "sent", "changes"]))
    def begin(self, start: str) -> None:
        closes = NOW + timedelta(days=40)
        self.here = at_work(self.session, closes_at=closes, state=CycleState.OPEN)
        self.now: datetime = NOW
        self.audit_return = self.here.audit_return
        self.said = self._answers()
        self.sent: list[tuple[Any, ...]] = []
        self.reference: str | None = None
        self.session.commit()
        if start == "awaiting":
            self.the_lead_asks(whom=True)
        elif start != "complete":
            self.somebody_signs(by_lead=True)
        if start == "changes":
            self.the_partnership_asks_for_changes(named=["1.1", "2.1"])

    @rule(answer=ANSWERS)
    def somebody_saves(self, answer: tuple[str, Any]) -> None:
        name, value = answer
        opened = open_questions(self.session, self.audit_return)
        was_open = opened is None or name in opened
        saved = self._try(
            lambda: put(
                self.session, self.audit_return, name, value, by=self.here.lead, now=self.now
            )
        )
        assert was_open or not saved, f"{name} was closed and was saved"
        if saved:
            self.said[name] = (value, self._answers()[name][1])

    @precondition(lambda self: self.can(Move.ANSWER))
    @rule()
    def somebody_answers_what_is_left(self) -> None:
        for name, value in FITTING.items():
            if self.said.get(name, (None, 0))[0] != value:
                self.somebody_saves(answer=(name, value))

    @precondition(lambda self: self.can(Move.ASK_FOR_SIGN_OFF))
    @rule(whom=st.booleans(), says_why=st.booleans())
    def the_lead_asks(self, whom: bool, says_why: bool = True) -> None:
        self._try(
            lambda: ask_for_sign_off(
                self.session,
                self.audit_return,
                of=self.here.signatory if whom else None,
                note="",
                by=self.here.lead,
                now=self.now,
                base_address=ADDRESS,
                left=WHY_LEFT if says_why else None,
            )
        )

    @precondition(lambda self: self.can(Move.DECLINE_SIGN_OFF))
    @rule(reason=st.sampled_from(["Not so yet.", " "]), latest=st.booleans())
    def the_signatory_declines(self, reason: str, latest: bool) -> None:
        requests = sign_offs_of(self.session, self.audit_return)
        if requests:
            request = requests[-1 if latest else 0]
            self._try(
                lambda: decline_sign_off(
                    self.session,
                    self.audit_return,
                    request=request,
                    reason=reason,
                    by=self.here.signatory or self.here.lead,
                    now=self.now,
                    base_address=ADDRESS,
                )
            )

    @precondition(lambda self: self.can(Move.TAKE_BACK_SIGN_OFF))
    @rule()
    def the_lead_takes_it_back(self) -> None:
        requests = sign_offs_of(self.session, self.audit_return)
        if requests:
            self._try(
                lambda: take_back_sign_off(
                    self.session,
                    self.audit_return,
                    request=requests[-1],
                    by=self.here.lead,
                    now=self.now,
                )
            )

    @precondition(lambda self: self.can(Move.SUBMIT))
    @rule(by_lead=st.booleans(), says_why=st.booleans())
    def somebody_signs(self, by_lead: bool, says_why: bool = True) -> None:
        by = self.here.lead if by_lead else self.here.signatory or self.here.lead
        why = "It was put right."
        left = WHY_LEFT if says_why else None
        named = set(open_changes(self.session, self.audit_return))
        if self._try(
            lambda: submit(
                self.session, self.audit_return, by=by, now=self.now, in_spite=why, left=left
            )
        ):
            settled = [
                one
                for one in changes_of(self.session, self.audit_return)
                if one.resolved_at == self.now and one.question_id in named
            ]
            assert all(one.was_changed or one.left_because for one in settled)
            result = results_of(self.session, self.audit_return)[-1]
            self.sent.append((result.number, result.points, result.of, dict(self.said)))

    @precondition(lambda self: self.can(Move.WITHDRAW))
    @rule()
    def the_lead_withdraws(self) -> None:
        self._try(
            lambda: withdraw(self.session, self.audit_return, by=self.here.lead, now=self.now)
        )

    @precondition(lambda self: self.can(Move.REQUEST_CHANGES))
    @rule(named=NAMED)
    def the_partnership_asks_for_changes(self, named: list[str]) -> None:
        self._try(
            lambda: request_changes(
                self.session,
                self.audit_return,
                reasons=dict.fromkeys(named, "Look again."),
                by=self.here.moderator,
                now=self.now,
                base_address=ADDRESS,
            )
        )

    @precondition(lambda self: self.can(Move.BEGIN_MODERATION))
    @rule()
    def a_moderator_begins(self) -> None:
        def begins() -> None:
            self.audit_return.state = after(self.audit_return.state, Move.BEGIN_MODERATION)

        self._try(begins)

    @rule(days=st.sampled_from([1, 2, 3, 41]))
    def time_passes(self, days: int) -> None:
        self.now += timedelta(days=days)
        cycle = self.audit_return.cycle
        if cycle.state is CycleState.OPEN and cycle.closes_at and self.now >= cycle.closes_at:
            if self.audit_return.state in (State.IN_PROGRESS, State.AWAITING_SIGN_OFF):
                self.sent.append((None, None, None, dict(self.said)))
            assert self._try(lambda: close_cycle(self.session, cycle, by=None, now=self.now))

    @precondition(lambda self: self.can(Move.REOPEN))
    @rule()
    def the_coordinator_reopens(self) -> None:
        until = (max(self.now, self.audit_return.due_at) + timedelta(days=20)).date()
        self._try(
            lambda: reopen(
                self.session,
                self.audit_return,
                until=until,
                reason="They were ill.",
                by=self.here.moderator,
                now=self.now,
            )
        )

    @rule(what=st.sampled_from(["ask", "decline", "take back", "sign", "withdraw", "change"]))
    def somebody_tries_what_comes_to_mind(self, what: str) -> None:
        {
            "ask": lambda: self.the_lead_asks(whom=True),
            "decline": lambda: self.the_signatory_declines(reason="No.", latest=False),
            "take back": self.the_lead_takes_it_back,
            "sign": lambda: self.somebody_signs(by_lead=True),
            "withdraw": self.the_lead_withdraws,
            "change": lambda: self.the_partnership_asks_for_changes(named=["1.1"]),
        }[what]()

    @invariant()
    def every_answer_is_there(self) -> None:
        if hasattr(self, "said"):
            assert self._answers() == self.said

    @invariant()
    def every_version_reads_as_it_was_sent(self) -> None:
        if not hasattr(self, "sent"):
            return
        results = results_of(self.session, self.audit_return)
        kept = submissions_of(self.session, self.audit_return)
        assert [one.result_id for one in kept] == [one.id for one in results]
        assert len(kept) == len(self.sent)
        for result, version, (number, points, of, said) in zip(
            results, kept, self.sent, strict=True
        ):
            if number is not None:
                assert (result.number, result.points, result.of) == (number, points, of)
            found = {name: (one["value"], one["version"]) for name, one in version.answers.items()}
            assert found == said

    @invariant()
    def what_stands_is_what_the_state_says(self) -> None:
        if not hasattr(self, "here"):
            return
        one = self.audit_return
        is_returned = one.state in RETURNED
        assert (one.standing_result_id is not None) == is_returned
        assert (one.submitted_at is not None) == is_returned
        summary = summary_of_cycle(self.session, one.cycle, person=None)
        assert summary.completion.returned == int(is_returned)
        if open_sign_off(self.session, one) is not None:
            assert one.state in (State.AWAITING_SIGN_OFF, State.CHANGES_REQUESTED)
        else:
            assert one.state is not State.AWAITING_SIGN_OFF
        assert bool(open_changes(self.session, one)) == (one.state is State.CHANGES_REQUESTED)
        if self.reference is not None:
            assert one.reference == self.reference
        self.reference = one.reference

    def can(self, move: Move) -> bool:
        """Say whether the state allows a move: most of what people do makes sense."""
        return hasattr(self, "audit_return") and may(self.audit_return.state, move)

    def teardown(self) -> None:
        self.session.rollback()

    def _try(self, what: Callable[[], object]) -> bool:
        """Do it as a page would: all of it or nothing; and by a move that there is."""
        before = self.audit_return.state
        try:
            what()
        except REFUSALS:
            self.session.rollback()
            self.session.refresh(self.audit_return)
            assert self.audit_return.state is before
            return False
        self.session.commit()
        self.session.refresh(self.audit_return)
        here = self.audit_return.state
        assert here is before or here in MOVES[before].values(), f"{before} led to {here}"
        return True

    def _answers(self) -> dict[str, tuple[Any, int]]:
        self.session.expire_all()
        found = answers_of(self.session, self.audit_return)
        return {name: (one.value, one.version) for name, one in found.items()}


def test_no_journey_loses_an_answer_or_a_version_or_leaves_the_lifecycle(
    sqlite_database: Database,
):
    with writing_session(sqlite_database.engine) as session:
        Journey.session = session
        run_state_machine_as_test(Journey, settings=LIMITS)
