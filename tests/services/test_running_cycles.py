"""Planning a round and opening it: refused with words, or whole and once."""

from datetime import date, timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from audit_app.core.lifecycle import State
from audit_app.core.rounds.deadlines import Dates, deadline
from audit_app.core.rounds.moves import CycleMoveNotPossible, CycleState
from audit_app.core.rounds.reminding import Schedule
from audit_app.core.rounds.wording import Letter
from audit_app.services.planning_cycles import (
    CycleRefused,
    change_cycle,
    plan_cycle,
    reword_cycle,
    schedule_of,
)
from audit_app.services.running_cycles import (
    add_late,
    late_candidates,
    open_cycle,
    open_due_cycles,
)
from audit_app.services.who_is_asked import preview_of
from audit_app.storage.engine import writing_session
from audit_app.storage.models import AuditReturn, Cycle, History, Scope
from audit_app.storage.queries.history import verify
from tests.builders import (
    NOW,
    make_locality,
    make_organisation,
    make_partnership,
    make_person,
)
from tests.databases import Database
from tests.services.rounds import (
    ADDRESS,
    CLOSES,
    DUE,
    OPENS,
    facts_of,
    make_settings,
    messages_in,
    open_now,
    opened,
    planned,
    returns_in,
)

TODAY = NOW.date()


def test_a_round_is_due_at_five_o_clock_in_london(sqlite_session: Session):
    partnership = make_partnership(sqlite_session)
    make_settings(sqlite_session, "Acorn", at=partnership)
    cycle = planned(sqlite_session, partnership, schedule=Schedule((7,), 2))
    assert cycle.state is CycleState.PLANNED
    assert (cycle.opens_at, cycle.due_at, cycle.closes_at) == (
        deadline(OPENS),
        deadline(DUE),
        deadline(CLOSES),
    )
    assert cycle.year == 2026
    assert schedule_of(cycle) == Schedule((7,), 2)


@pytest.mark.parametrize(
    ("values", "part", "said"),
    [
        ({"title": " "}, "title", "Enter a title"),
        ({"content_hash": ""}, "questionnaire", "Choose a questionnaire"),
        ({"dates": Dates(DUE, OPENS, None)}, "due", "due after the round opens"),
        ({"dates": Dates(OPENS, DUE, date(2026, 9, 1))}, "closes", "before it opens"),
        ({"scope": Scope(kinds=["police"])}, "scope", "Nobody in the partnership fits"),
        ({"contact_email": "nobody"}, "contact_email", "name@example.org"),
    ],
)
def test_a_round_that_could_not_be_run_is_refused_with_words(
    sqlite_session: Session, values: dict[str, object], part: str, said: str
):
    partnership = make_partnership(sqlite_session)
    make_settings(sqlite_session, "Acorn", at=partnership)
    with pytest.raises(CycleRefused) as refused:
        planned(sqlite_session, partnership, **values)
    assert [one.text for one in refused.value.wrong if one.part == part and said in one.text]
    assert sqlite_session.scalar(select(Cycle)) is None


def test_a_questionnaire_that_was_withdrawn_is_refused_when_planned_and_when_opened(
    session: Session,
):
    partnership = make_partnership(session)
    make_settings(session, "Acorn", at=partnership)
    cycle = planned(session, partnership)
    cycle.questionnaire_version.withdrawn_at = NOW
    session.flush()
    with pytest.raises(CycleRefused, match="was withdrawn"):
        planned(session, partnership)
    with pytest.raises(CycleRefused, match="was withdrawn"):
        open_now(session, cycle)
    assert cycle.state is CycleState.PLANNED
    assert not messages_in(session)


def test_a_round_is_changed_while_it_is_planned_and_not_afterwards(session: Session):
    partnership = make_partnership(session)
    make_settings(session, "Acorn", at=partnership)
    cycle, by = planned(session, partnership), make_person(session)
    change_cycle(session, cycle, facts=facts_of(session, title="Other"), by=by, now=NOW)
    assert cycle.title == "Other"
    open_now(session, cycle)
    with pytest.raises(CycleMoveNotPossible, match="while it is planned; this one is open"):
        change_cycle(session, cycle, facts=facts_of(session), by=by, now=NOW)


def test_the_preview_says_who_is_asked_who_cannot_be_reached_and_who_is_not_for_the_form(
    session: Session,
):
    locality = make_locality(session, name="North")
    partnership = locality.partnership
    make_settings(session, "Acorn", at=locality)
    make_organisation(session, name="Silent", at=partnership)
    make_organisation(session, name="School", kind="school_nursery", at=partnership)
    preview = preview_of(session, planned(session, partnership), on=TODAY)
    assert [one.name for one in preview.asked] == ["Acorn", "Silent"]
    assert preview.by_kind == [("Group setting", 2)]
    assert preview.by_locality == [("No locality", 1), ("North", 1)]
    assert [one.name for one in preview.unreachable] == ["Silent"]
    assert [one.name for one in preview.not_for_them] == ["School"]
    assert not preview.already


def test_the_preview_says_who_is_in_an_open_round_of_the_same_questionnaire(session: Session):
    partnership = make_partnership(session)
    make_settings(session, "Acorn", at=partnership)
    opened(session, partnership)
    preview = preview_of(session, planned(session, partnership, title="Again"), on=TODAY)
    assert [one.name for one in preview.already] == ["Acorn"]


def test_opening_makes_the_returns_writes_the_invitations_and_is_told(session: Session):
    partnership = make_partnership(session, name="Invented County")
    make_settings(session, "Acorn", "Beech", at=partnership)
    make_organisation(session, name="Silent", at=partnership)
    cycle = planned(session, partnership, contact_name="Ann Example")
    found = open_now(session, cycle)
    assert found is not None
    assert (found.returns, found.posted.messages) == (3, 2)
    assert [one.organisation for one in found.posted.unreachable] == ["Silent"]
    assert cycle.state is CycleState.OPEN
    asked = returns_in(session, cycle)
    assert {one.state for one in asked.values()} == {State.NOT_STARTED}
    assert {one.due_at for one in asked.values()} == {deadline(DUE)}
    first = messages_in(session, "round_opened")[0]
    assert first.subject == (
        "Small audit 2026: please complete your return by 5pm on 20 November 2026"
    )
    assert f"{ADDRESS}/returns/{asked['Acorn'].id}" in first.body
    assert "Ann Example" in first.body
    assert "((" not in first.subject + first.body
    assert first.audit_return_id == asked["Acorn"].id
    told = session.scalars(select(History).where(History.event == "cycle_opened")).one()
    assert told.details["returns"] == 3
    assert not verify(session)


def test_opening_twice_changes_nothing(session: Session):
    partnership = make_partnership(session)
    make_settings(session, "Acorn", at=partnership)
    cycle = opened(session, partnership)
    assert open_now(session, cycle) is None
    assert len(returns_in(session, cycle)) == 1
    assert len(messages_in(session)) == 1
    assert len(session.scalars(select(History).where(History.event == "cycle_opened")).all()) == 1


def test_two_who_open_at_the_same_moment_open_once(database: Database):
    with writing_session(database.engine) as first:
        partnership = make_partnership(first)
        make_settings(first, "Acorn", at=partnership)
        cycle_id = planned(first, partnership).id
        first.commit()
        with writing_session(database.engine) as second:
            open_now(first, first.get_one(Cycle, cycle_id))
            first.commit()
            assert open_now(second, second.get_one(Cycle, cycle_id)) is None
    with writing_session(database.engine) as after:
        assert len(after.scalars(select(AuditReturn)).all()) == 1


def test_the_clock_opens_what_is_due_and_one_that_is_refused_hinders_no_other(session: Session):
    partnership, other = make_partnership(session), make_partnership(session)
    make_settings(session, "Acorn", at=partnership)
    listed = make_settings(session, "Beech", at=other)[0]
    broken = planned(session, other, scope=Scope(organisations=[str(listed.id)]))
    listed.closed_on = TODAY
    good = planned(session, partnership)
    later = planned(session, partnership, dates=Dates(date(2026, 10, 1), DUE, None))
    turns = open_due_cycles(session, now=NOW, base_address=ADDRESS)
    assert {turn.cycle.id: turn.refused is None for turn in turns} == {
        broken.id: False,
        good.id: True,
    }
    assert "Nobody in the partnership fits" in next(t.refused or "" for t in turns if t.refused)
    assert later.state is CycleState.PLANNED
    assert len(open_due_cycles(session, now=NOW, base_address=ADDRESS)) == 1


def test_a_round_whose_due_day_has_passed_does_not_open(session: Session):
    partnership = make_partnership(session)
    make_settings(session, "Acorn", at=partnership)
    cycle = planned(session, partnership)
    with pytest.raises(CycleRefused, match="has passed"):
        open_cycle(session, cycle, by=None, now=deadline(DUE), base_address=ADDRESS)


def test_late_additions_are_asked_once_and_need_not_fit_the_scope(session: Session):
    partnership = make_partnership(session)
    make_settings(session, "Acorn", at=partnership)
    cycle = opened(session, partnership, scope=Scope(kinds=["group"]))
    minder = make_organisation(session, name="Minder", kind="childminder", at=partnership)
    elsewhere = make_organisation(session, name="Elsewhere", at=make_partnership(session))
    assert [one.name for one in late_candidates(session, cycle, now=NOW)] == ["Minder"]
    wanted = [minder.id, elsewhere.id]
    for _ in range(2):
        add_late(session, cycle, organisation_ids=wanted, by=None, now=NOW, base_address=ADDRESS)
    found = returns_in(session, cycle)
    assert sorted(found) == ["Acorn", "Minder"]
    assert found["Minder"].added_late
    assert not found["Acorn"].added_late
    told = session.scalars(select(History).where(History.event == "return_added_late")).all()
    assert [one.organisation_id for one in told] == [minder.id]


def test_a_round_has_its_own_words_where_they_differ_from_the_usual(session: Session):
    partnership = make_partnership(session)
    make_settings(session, "Acorn", at=partnership)
    cycle = planned(session, partnership)
    own = Letter("About ((organisation))", "Hello ((name)), see ((link))")
    reword_cycle(session, cycle, letters={"round_opened": own}, by=None, now=NOW)
    open_now(session, cycle)
    assert messages_in(session)[0].subject == "About Acorn"
    wrong = Letter("Subject", "((password))")
    with pytest.raises(CycleRefused, match="no blank called"):
        reword_cycle(session, cycle, letters={"round_reminder": wrong}, by=None, now=NOW)


def test_the_next_round_of_the_same_questionnaire_knows_the_one_before(session: Session):
    partnership = make_partnership(session)
    make_settings(session, "Acorn", at=partnership)
    before = opened(session, partnership)
    before.opens_at -= timedelta(days=365)
    session.flush()
    assert opened(session, partnership, title="Next").previous_cycle_id == before.id


def test_what_is_refused_at_planning_is_told_all_at_once(sqlite_session: Session):
    partnership = make_partnership(sqlite_session)
    facts = facts_of(sqlite_session, title="", dates=Dates(DUE, OPENS, None))
    with pytest.raises(CycleRefused) as refused:
        plan_cycle(sqlite_session, partnership, facts=facts, by=None, now=NOW)
    assert {one.part for one in refused.value.wrong} == {"title", "due", "scope"}
