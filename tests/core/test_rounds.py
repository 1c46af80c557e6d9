"""The rules of a round: its states, its reminders, its e-mails and the ladder."""

from datetime import UTC, date, datetime, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as some

from audit_app.core.lifecycle import RETURNED, State
from audit_app.core.london import london_date
from audit_app.core.rounds.deadlines import deadline, morning
from audit_app.core.rounds.ladder import CHASED, LADDER, Step, StepNotPossible, next_steps
from audit_app.core.rounds.ladder import refuse_step as refuse
from audit_app.core.rounds.moves import (
    MOVES,
    REFUSED,
    WORDS,
    CycleMove,
    CycleMoveNotPossible,
    CycleState,
    cycle_after,
    cycle_may,
)
from audit_app.core.rounds.reminding import (
    USUAL,
    Schedule,
    point_due,
    points,
    schedule_words,
    when_words,
)
from audit_app.core.rounds.telling import Timing, state_words, timing
from audit_app.core.rounds.wording import BLANKS, Letter, fill, wrong_letter

DUE = deadline(date(2026, 11, 20))
ASKED = deadline(date(2026, 9, 15))
moments = some.integers(0, 4_000).map(lambda hours: ASKED + timedelta(hours=hours - 336))


def test_every_state_of_a_round_has_words_and_its_moves():
    assert set(MOVES) == set(WORDS) == set(CycleState)
    assert set(REFUSED) == set(CycleMove)


def test_a_round_opens_once_closes_once_and_is_then_archived():
    assert cycle_after(CycleState.PLANNED, CycleMove.OPEN) is CycleState.OPEN
    assert cycle_after(CycleState.OPEN, CycleMove.CLOSE) is CycleState.CLOSED
    assert cycle_after(CycleState.CLOSED, CycleMove.ARCHIVE) is CycleState.ARCHIVED
    with pytest.raises(CycleMoveNotPossible, match="opens once; this one is open"):
        cycle_after(CycleState.OPEN, CycleMove.OPEN)
    assert not cycle_may(CycleState.OPEN, CycleMove.CHANGE)


def test_the_usual_schedule_is_fourteen_and_three_days_before_the_day_and_weekly_after():
    named = [point.name for point in points(USUAL, DUE)]
    assert named[:4] == ["2026-11-20-14", "2026-11-20-3", "2026-11-20-0", "2026-11-20+1w"]
    assert len(named) == 11
    assert schedule_words(USUAL) == "14 and 3 days before, on the day and weekly for 8 weeks after"


def test_a_schedule_is_said_in_words():
    assert schedule_words(Schedule((), 0)) == "never"
    assert schedule_words(Schedule((1,), 1)) == "1 day before and weekly for one week after"
    assert schedule_words(Schedule((30, 14, 3), 0)) == "30, 14 and 3 days before"


def test_reminders_go_out_at_nine_in_london_on_both_sides_of_the_change_of_clocks():
    found = points(Schedule((14, 0), 0), deadline(date(2026, 10, 30)))
    assert [point.at for point in found] == [
        datetime(2026, 10, 16, 8, tzinfo=UTC),
        datetime(2026, 10, 30, 9, tzinfo=UTC),
    ]


def test_a_point_calls_for_a_reminder_from_its_moment_on():
    at = morning(date(2026, 11, 17))
    before = point_due(USUAL, asked_at=ASKED, due_at=DUE, now=at - timedelta(seconds=1))
    there = point_due(USUAL, asked_at=ASKED, due_at=DUE, now=at)
    assert before is not None
    assert there is not None
    assert (before.name, there.name) == ("2026-11-20-14", "2026-11-20-3")


def test_whoever_was_asked_after_a_point_is_not_reminded_of_it():
    late = morning(date(2026, 11, 18))
    assert point_due(USUAL, asked_at=late, due_at=DUE, now=late + timedelta(hours=1)) is None


def test_more_time_begins_a_new_schedule():
    now = morning(date(2026, 12, 1))
    before = point_due(USUAL, asked_at=ASKED, due_at=DUE, now=now)
    longer = point_due(USUAL, asked_at=ASKED, due_at=deadline(date(2026, 12, 4)), now=now)
    assert before is not None
    assert before.is_overdue
    assert longer is not None
    assert not longer.is_overdue


schedules = some.builds(
    Schedule,
    some.lists(some.integers(0, 180), max_size=10).map(tuple),
    some.integers(0, 26),
)


@given(schedules, moments, moments)
def test_points_are_in_order_and_named_apart_whatever_the_schedule(
    schedule: Schedule, due: datetime, now: datetime
):
    due_at = deadline(london_date(due))
    every = points(schedule, due_at)
    assert all(before.at < after.at for before, after in pairwise(every))
    assert len({point.name for point in every}) == len(every)
    found = point_due(schedule, asked_at=ASKED, due_at=due_at, now=now)
    assert found is None or (ASKED < found.at <= now)


@given(schedules, some.lists(moments, min_size=1, max_size=30).map(sorted))
def test_looking_often_or_seldom_never_names_more_points_than_there_are(
    schedule: Schedule, looks: list[datetime]
):
    named = [
        point.name
        for now in looks
        if (point := point_due(schedule, asked_at=ASKED, due_at=DUE, now=now)) is not None
    ]
    order = [point.name for point in points(schedule, DUE)]
    assert [order.index(name) for name in named] == sorted(order.index(name) for name in named)


@pytest.mark.parametrize(
    ("days", "said"),
    [(14, "in 14 days"), (1, "tomorrow"), (0, "today"), (-1, "yesterday"), (-9, "9 days ago")],
)
def test_how_far_off_is_said_as_people_say_it(days: int, said: str):
    today = date(2026, 11, 20)
    assert when_words(today + timedelta(days=days), today) == said


def test_an_email_is_filled_in_and_what_people_wrote_can_neither_break_out_nor_be_a_blank():
    letter = Letter("((audit)) for ((organisation))", "Dear ((Name)),\n\n((contact))")
    values = {
        "audit": "Audit",
        "organisation": "A\r\nBcc: all@example.org ((name))",
        "name": "Jo\nSmith",
        "contact": "Ann\n01234",
    }
    filled = fill(letter, values)
    assert filled.subject == "Audit for A Bcc: all@example.org ((name))"
    assert filled.body == "Dear Jo Smith,\n\nAnn\n01234\n"


def test_an_email_without_words_or_with_a_blank_nobody_knows_is_refused():
    assert [wrong.part for wrong in wrong_letter(Letter(" ", ""))] == ["subject", "body"]
    found = wrong_letter(Letter("About ((audit))", "Dear ((child)),"))
    assert [wrong.text for wrong in found] == ["There is no blank called ((child))"]
    every = " ".join(f"(({name}))" for name in BLANKS)
    assert not wrong_letter(Letter("Subject", every))


@given(some.text(max_size=300), some.dictionaries(some.sampled_from(sorted(BLANKS)), some.text()))
def test_a_subject_is_always_one_line(subject: str, values: dict[str, str]):
    filled = fill(Letter(subject, "words"), values)
    assert len(filled.subject.splitlines()) <= 1


def test_the_ladder_is_climbed_one_rung_at_a_time_and_a_rung_may_be_taken_again():
    def steps(*taken: Step) -> list[Step]:
        return next_steps(taken, state=State.NOT_STARTED, due_at=DUE, now=DUE)

    assert steps() == [Step.REMINDER]
    assert steps(Step.REMINDER) == [Step.REMINDER, Step.TELEPHONE]
    assert steps(Step.REMINDER, Step.TELEPHONE)[-1] is Step.LETTER
    assert steps(*Step) == list(Step) == list(LADDER)


def test_a_letter_waits_until_the_return_is_overdue():
    taken = [Step.REMINDER, Step.TELEPHONE]
    early = DUE - timedelta(seconds=1)
    with pytest.raises(StepNotPossible, match="once the return is overdue"):
        refuse(Step.LETTER, taken, state=State.IN_PROGRESS, due_at=DUE, now=early)
    refuse(Step.LETTER, taken, state=State.IN_PROGRESS, due_at=DUE, now=DUE)


def test_a_rung_cannot_be_left_out():
    with pytest.raises(StepNotPossible, match="only after “Letter from the Chair”"):
        refuse(
            Step.FORMAL_REQUEST,
            [Step.REMINDER, Step.TELEPHONE],
            state=State.CLOSED_UNRETURNED,
            due_at=DUE,
            now=DUE,
        )


@pytest.mark.parametrize("state", sorted(set(State) - CHASED))
def test_nobody_is_chased_who_has_returned_or_is_exempt(state: State):
    assert state in RETURNED | {State.EXEMPT}
    with pytest.raises(StepNotPossible, match="no longer asked for"):
        refuse(Step.REMINDER, [], state=state, due_at=DUE, now=DUE)


def test_on_time_and_late_are_judged_by_the_moment_it_was_submitted():
    def said(state: State, submitted_at: datetime | None, now: datetime) -> Timing:
        return timing(state, due_at=DUE, submitted_at=submitted_at, now=now)

    second = timedelta(seconds=1)
    assert said(State.SUBMITTED, DUE - second, DUE) is Timing.IN_TIME
    assert said(State.VALIDATED, DUE, DUE) is Timing.LATE
    assert said(State.IN_PROGRESS, None, DUE - second) is Timing.DUE
    assert said(State.NOT_STARTED, None, DUE) is Timing.OVERDUE
    assert said(State.EXEMPT, None, DUE) is Timing.NONE


def test_how_far_is_said_where_it_is_counted():
    assert state_words(State.IN_PROGRESS, asked=62, answered=31) == "In progress, 31 of 62"
    assert state_words(State.IN_PROGRESS, asked=0, answered=0) == "In progress"
    assert state_words(State.SUBMITTED, asked=62, answered=62) == "Submitted"
