"""Any order of typing, evidence, hiding and confirming on top of any journey of a return.

What was typed and not saved is there until it is saved or thrown away, whatever else happens; what
stands behind an answer stands there until it is taken away; an answer that is hidden is kept and
not counted; what came forward counts once somebody has confirmed it; and a round that is put away
leaves nobody asked to sign.
"""

from typing import Any
from uuid import UUID

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from audit_app.core.confirming import How
from audit_app.core.lifecycle import RETURNED, Move, State
from audit_app.core.london import london_date
from audit_app.core.progress import progress_of
from audit_app.core.replies import Reply
from audit_app.core.results import Stage
from audit_app.core.scoring import score
from audit_app.services.answering import is_over
from audit_app.services.backing_answers import About, cite, take_away
from audit_app.services.closing_cycles import archive_cycle
from audit_app.services.keeping_drafts import discard_draft, keep_draft
from audit_app.services.reading_returns import replies_of
from audit_app.services.what_is_open import open_questions
from audit_app.storage.engine import writing_session
from audit_app.storage.models import CycleState
from audit_app.storage.queries.answers import answers_of
from audit_app.storage.queries.drafts import drafts_of
from audit_app.storage.queries.evidence_behind import pieces_behind
from audit_app.storage.queries.progress import progress_of as counts_of
from audit_app.storage.queries.sign_offs import open_sign_off
from audit_app.storage.questionnaire_library import load
from tests.databases import Database
from tests.services.signing_desk import put
from tests.services.test_any_journey import ANSWERS, LIMITS, Journey

TYPED = st.sampled_from(["1.1", "1.2", "1.3", "2.1"])
BACKED = st.sampled_from(["1.1", "2.1"])
FEWER = settings(LIMITS, max_examples=20, stateful_step_count=20)

FORWARD = ("2.1", "2.2")
"""Answers of last year, which are always asked."""


class Drafting(Journey):
    """The same return, with all that happens on its pages before anything is sent."""

    @initialize(
        start=st.sampled_from(["complete", "forward", "awaiting", "asked again", "asked again"])
    )
    def begin(self, start: str) -> None:
        self.typed: dict[str, list[list[str]]] = {}
        self.behind: dict[str, list[str]] = {}
        self.numbered = 0
        super().begin(start={"forward": "complete", "asked again": "changes"}.get(start, start))
        if start == "asked again":
            self.the_lead_asks(whom=True)
            self.time_passes(days=41)
        if start == "forward":
            answers = answers_of(self.session, self.audit_return)
            for name in FORWARD:
                answers[name].needs_review = True
            self.session.commit()
            self.somebody_saves(answer=("1.1", "yes"))

    @rule(answer=st.sampled_from([("1.1", "yes"), ("1.1", "no"), ("1.2", "yes"), ("1.3", "Help.")]))
    def somebody_hides_or_brings_up(self, answer: tuple[str, Any]) -> None:
        self.somebody_saves(answer=answer)

    @precondition(lambda self: self.can(Move.ANSWER))
    @rule(name=st.sampled_from(FORWARD))
    def somebody_confirms(self, name: str) -> None:
        self.somebody_saves(answer=(name, self.said[name][0]))

    @precondition(lambda self: self.can(Move.ANSWER))
    @rule(name=st.sampled_from(FORWARD), words=st.sampled_from(["", "Seen.", "Seen again."]))
    def a_page_saves_a_comment_by_itself(self, name: str, words: str) -> None:
        before = answers_of(self.session, self.audit_return)[name]
        waited, value = before.needs_review, self.said[name][0]
        opened = open_questions(self.session, self.audit_return)
        saved = self._try(
            lambda: put(
                self.session,
                self.audit_return,
                name,
                Reply(value, words),
                by=self.here.lead,
                now=self.now,
                how=How.KEPT,
            )
        )
        after = answers_of(self.session, self.audit_return)[name]
        assert after.needs_review is waited
        if saved:
            assert opened is None or name in opened
            assert (after.value, after.commentary) == (value, words)
            self.said[name] = (value, after.version)
            self.typed.pop(name, None)

    @rule(name=TYPED, words=st.sampled_from(["half a", "half a sentence"]))
    def somebody_types(self, name: str, words: str) -> None:
        fields = [("answer", words)]
        keep_draft(
            self.session,
            self.audit_return,
            name,
            fields=fields,
            seen_version=None,
            by=self.here.lead,
            now=self.now,
        )
        self.session.commit()
        self.typed[name] = [list(field) for field in fields]

    @rule(name=TYPED)
    def somebody_throws_it_away(self, name: str) -> None:
        discard_draft(self.session, self.audit_return, name, by=self.here.lead)
        self.session.commit()
        self.typed.pop(name, None)

    @rule(answer=ANSWERS)
    def somebody_saves(self, answer: tuple[str, Any]) -> None:
        before = dict(self.said)
        closed = is_over(self.audit_return, self.now)
        opened = open_questions(self.session, self.audit_return)
        super().somebody_saves(answer=answer)
        name, value = answer
        may_save = not closed and (opened is None or name in opened)
        if self.said != before or (may_save and before.get(name, (None, 0))[0] == value):
            self.typed.pop(name, None)

    @rule(name=BACKED)
    def somebody_cites(self, name: str) -> None:
        self.numbered += 1
        about = About(f"Paper {self.numbered}")
        if self._try(
            lambda: cite(
                self.session,
                self.audit_return,
                name,
                about=about,
                where="Blue folder",
                by=self.here.lead,
                now=self.now,
            )
        ):
            self.behind.setdefault(name, []).append(about.title)

    @rule(name=BACKED)
    def somebody_takes_it_away(self, name: str) -> None:
        pieces = pieces_behind(self.session, self.audit_return.id).get(name, ())
        if pieces and self._try(lambda: self._take_away(name, pieces[0].id)):
            self.behind[name].pop(0)

    @precondition(lambda self: self.audit_return.cycle.state is CycleState.CLOSED)
    @rule()
    def the_round_is_put_away(self) -> None:
        cycle = self.audit_return.cycle
        if self.audit_return.state in (State.IN_PROGRESS, State.AWAITING_SIGN_OFF):
            self.sent.append((None, None, None, dict(self.said)))
        by = self.here.moderator
        assert self._try(lambda: archive_cycle(self.session, cycle, by=by, now=self.now))

    @invariant()
    def what_was_typed_is_there_until_it_is_saved_or_thrown_away(self) -> None:
        if hasattr(self, "typed"):
            found = drafts_of(self.session, self.audit_return, self.here.lead)
            assert {one.question_id: one.fields for one in found} == self.typed

    @invariant()
    def what_stands_behind_an_answer_is_there_until_it_is_taken_away(self) -> None:
        if hasattr(self, "behind"):
            pieces = pieces_behind(self.session, self.audit_return.id)
            found = {name: [one.title for one in behind] for name, behind in pieces.items()}
            assert found == {name: titles for name, titles in self.behind.items() if titles}

    @invariant()
    def what_is_hidden_or_came_forward_is_not_counted(self) -> None:
        if not hasattr(self, "typed") or not self.can(Move.ANSWER):
            return
        one = self.audit_return
        questionnaire, kind = load(self.session, one.content_hash), one.organisation.kind
        replies = replies_of(self.session, one)
        on = london_date(self.now)
        result = score(questionnaire, replies, kind=kind, on=on, stage=Stage.DRAFT)
        progress = progress_of(questionnaire, result, replies, kind=kind)
        counted = counts_of(self.session, one)
        assert counted is not None
        assert (counted.asked, counted.answered) == (progress.asked, progress.answered)

    @invariant()
    def nothing_is_sent_that_nobody_has_looked_at(self) -> None:
        if hasattr(self, "typed") and self.audit_return.state in RETURNED:
            answers = answers_of(self.session, self.audit_return)
            assert not any(answers[name].needs_review for name in FORWARD)

    @invariant()
    def nobody_is_asked_to_sign_what_was_put_away(self) -> None:
        if hasattr(self, "typed") and self.audit_return.cycle.state is CycleState.ARCHIVED:
            assert open_sign_off(self.session, self.audit_return) is None

    def _take_away(self, name: str, evidence_id: str) -> None:
        take_away(
            self.session,
            self.audit_return,
            name,
            UUID(evidence_id),
            by=self.here.lead,
            now=self.now,
        )


def test_no_journey_loses_what_was_typed_or_stands_behind_an_answer(sqlite_database: Database):
    with writing_session(sqlite_database.engine) as session:
        Drafting.session = session
        run_state_machine_as_test(Drafting, settings=FEWER)


def test_a_round_that_is_put_away_asks_nobody_to_sign(sqlite_database: Database):
    with writing_session(sqlite_database.engine) as session:
        Drafting.session = session
        journey = Drafting()
        journey.begin(start="asked again")
        assert open_sign_off(session, journey.audit_return) is not None
        journey.the_round_is_put_away()
        journey.nobody_is_asked_to_sign_what_was_put_away()
