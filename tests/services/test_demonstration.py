"""The demonstration: loaded once, the same each time, and enough to show every page with."""

from collections import Counter
from datetime import UTC, datetime
from pathlib import Path

from sqlalchemy import select
from sqlalchemy.orm import Session

from audit_app.core.action_moves import ActionStatus, is_overdue
from audit_app.core.lifecycle import State
from audit_app.core.permissions import Role
from audit_app.services.demonstration import (
    accounts,
    is_loaded,
    load_demonstration,
)
from audit_app.services.demonstration.load_test import load_test
from audit_app.services.reminding_of_actions import remind_of_actions
from audit_app.services.submitting import complete_sheet
from audit_app.services.summarising import summary_of_cycle
from audit_app.services.what_is_open import open_questions
from audit_app.storage.models import (
    Action,
    Answer,
    AuditReturn,
    Cycle,
    Organisation,
    QuestionnaireVersion,
)
from audit_app.storage.queries import history
from audit_app.storage.queries.answers import answers_of
from audit_app.storage.queries.carrying import returns_brought_into
from audit_app.storage.queries.change_requests import open_changes
from audit_app.storage.queries.consultations import audits_of_sample, pairs_in
from audit_app.storage.queries.sign_offs import sign_offs_awaiting, standing_signature
from audit_app.storage.queries.submitters import signatories_of
from audit_app.storage.questionnaire_library import asked_of

QUESTIONNAIRES = Path(__file__).parents[2] / "questionnaires"
NOW = datetime(2026, 11, 21, 9, tzinfo=UTC)


def load(session: Session) -> None:
    load_demonstration(session, now=NOW, questionnaires=QUESTIONNAIRES, password_hash="-")


def rounds_of(session: Session, name: str) -> list[Cycle]:
    statement = (
        select(Cycle).join(Cycle.questionnaire_version).where(QuestionnaireVersion.name == name)
    )
    return list(session.scalars(statement.order_by(Cycle.due_at)))


def test_the_demonstration_is_a_county_with_two_years_of_audits(sqlite_session: Session):
    load(sqlite_session)

    kinds = Counter(one.kind for one in sqlite_session.scalars(select(Organisation)))
    settings = ("group", "childminder", "out_of_school", "school_nursery")
    assert sum(kinds[kind] for kind in settings) == 120
    assert sum(kinds.values()) == 135
    last, current = rounds_of(sqlite_session, "early-years-audit")
    before = summary_of_cycle(sqlite_session, last, person=None)
    now = summary_of_cycle(sqlite_session, current, person=None)
    assert before.completion.returned == before.completion.due == 120
    assert 0.6 < now.completion.returned / now.completion.due < 0.7
    assert len(now.localities) == 5
    assert all(line.counted.rated for line in (now.overall, *now.sections, *now.areas))
    assert now.compared is not None
    assert history.verify(sqlite_session) == []


def test_everybody_has_an_account_and_the_lead_an_untouched_return(sqlite_session: Session):
    load(sqlite_session)

    found = accounts(sqlite_session)
    assert {account.role for account in found} == set(Role)
    at = Counter(account.at for account in found)
    assert at[found[0].at] >= 2
    untouched = sqlite_session.scalars(
        select(AuditReturn)
        .join(AuditReturn.organisation)
        .join(AuditReturn.cycle)
        .where(Organisation.name == found[0].at)
        .order_by(Cycle.due_at.desc())
    ).first()
    assert untouched is not None
    assert untouched.state is State.NOT_STARTED


def test_at_one_setting_alone_last_years_answers_wait_to_be_confirmed(sqlite_session: Session):
    load(sqlite_session)
    current = rounds_of(sqlite_session, "early-years-audit")[-1]
    account = next(one for one in accounts(sqlite_session) if one.email.startswith("brought.lead"))

    waiting = sqlite_session.scalars(select(Answer).where(Answer.needs_review)).all()
    assert len(waiting) > 20
    (audit_return,) = {one.audit_return for one in waiting}
    assert (audit_return.cycle_id, audit_return.state) == (current.id, State.NOT_STARTED)
    assert audit_return.organisation.name == account.at
    assert returns_brought_into(sqlite_session, current) == 1


def test_somebody_can_be_signed_in_as_where_a_return_is_in_each_state(sqlite_session: Session):
    load(sqlite_session)
    current = sqlite_session.scalars(select(Cycle).order_by(Cycle.due_at.desc())).first()
    assert current is not None
    returns = {
        one.organisation.name: one
        for one in sqlite_session.scalars(select(AuditReturn).filter_by(cycle_id=current.id))
    }
    at = {one.email.partition("@")[0]: returns.get(one.at) for one in accounts(sqlite_session)}
    waiting, changing, told = at["waiting.lead"], at["changing.lead"], at["told.childminder"]
    assert waiting is not None
    assert changing is not None
    assert told is not None

    assert (waiting.state, at["waiting.signatory"]) == (State.AWAITING_SIGN_OFF, waiting)
    (signatory,) = signatories_of(sqlite_session, waiting)
    (request,) = sign_offs_awaiting(sqlite_session, signatory)
    assert request.audit_return_id == waiting.id
    complete_sheet(sqlite_session, waiting, answers_of(sqlite_session, waiting), now=NOW)

    assert changing.state is State.CHANGES_REQUESTED
    asked_for = open_changes(sqlite_session, changing)
    assert len(asked_for) == 2
    assert open_questions(sqlite_session, changing) == frozenset(asked_for)
    for name, one in asked_for.items():
        value = answers_of(sqlite_session, changing)[name].value
        if isinstance(value, dict) and value.get("y", 0) > value["x"]:
            assert f"You count {value['x']} of {value['y']}." in one.reason
        else:
            assert answers_of(sqlite_session, changing)[name].commentary
            assert "Your comment" in one.reason
        assert one.wanted_by is not None

    assert told.state is State.SUBMITTED
    assert told.submitted_on_behalf_of == "on behalf of Asha Merriwind, by telephone"
    answers = answers_of(sqlite_session, told).values()
    assert {one.channel for one in answers} == {"telephone"}
    checked = at["checked.lead"]
    assert checked is not None
    assert checked.state is State.VALIDATED
    signed = standing_signature(sqlite_session, checked)
    assert signed is not None
    assert signed.name == "Efua Jessamine"


def test_last_years_plans_have_something_overdue_done_and_still_to_come(sqlite_session: Session):
    load(sqlite_session)

    actions = sqlite_session.scalars(select(Action)).all()
    statuses = {one.status for one in actions}
    assert statuses == {ActionStatus.OPEN, ActionStatus.IN_PROGRESS, ActionStatus.DONE}
    assert any(is_overdue(one.status, one.by_when, NOW.date()) for one in actions)
    assert all(bool(one.closing_words) is (one.status is ActionStatus.DONE) for one in actions)
    remind = remind_of_actions(sqlite_session, now=NOW, base_address="http://localhost")
    assert remind == 0


def test_every_return_that_was_worked_on_is_counted_as_a_save_would(sqlite_session: Session):
    load(sqlite_session)
    worked_on = sqlite_session.scalars(
        select(AuditReturn).where(AuditReturn.started_at.is_not(None))
    )
    assert all(one.progress is not None and one.progress.asked for one in worked_on)


def test_loading_twice_changes_nothing(sqlite_session: Session):
    load(sqlite_session)
    returns = sqlite_session.query(AuditReturn).count()

    load(sqlite_session)

    assert is_loaded(sqlite_session)
    assert sqlite_session.query(AuditReturn).count() == returns


def test_a_load_test_adds_settings_with_open_returns(sqlite_session: Session):
    load(sqlite_session)

    added = list(load_test(sqlite_session, 3, now=NOW, password_hash="-"))

    assert len({email for email, _ in added}) == len({name for _, name in added}) == 3


def test_agencies_are_asked_about_the_recommendations_that_name_them(sqlite_session: Session):
    load(sqlite_session)

    (cycle,) = rounds_of(sqlite_session, "recommendation-assurance")
    asked = {
        one.organisation.name: set(asked_of(sqlite_session, one).all_sections)
        for one in sqlite_session.scalars(select(AuditReturn).filter_by(cycle_id=cycle.id))
    }
    police = asked["Wensmere Constabulary"]
    board = asked["Wensmere Safeguarding Partnership Business Unit"]
    assert police - board
    assert board - police
    assert len(set().union(*asked.values())) == 1 + 43
    summary = summary_of_cycle(sqlite_session, cycle, person=None)
    assert 0 < summary.completion.returned < summary.completion.due == 15


def test_consultations_are_audited_twice_and_counted_when_both_are_in(sqlite_session: Session):
    load(sqlite_session)

    (cycle,) = rounds_of(sqlite_session, "consultation-audit")
    audits = audits_of_sample(sqlite_session, cycle)
    assert [len(pair) for pair in audits.values()] == [2] * 6
    assert pairs_in(sqlite_session, cycle) == (2, 6)
    states = {tuple(sorted(one.state for one in pair)) for pair in audits.values()}
    assert (State.IN_PROGRESS, State.SUBMITTED) in states
