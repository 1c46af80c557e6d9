"""Last year's answers: the same meaning only, never counted until somebody has saved them again."""

from datetime import date, timedelta
from pathlib import Path

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from audit_app.core.confirming import How
from audit_app.core.lifecycle import State
from audit_app.core.reading import read_questionnaire
from audit_app.core.replies import Reply
from audit_app.core.rounds.carrying import carried
from audit_app.core.rounds.deadlines import Dates
from audit_app.services.answering import AnswerIsStale, save_answer
from audit_app.services.bringing_forward import bring_forward
from audit_app.services.reading_returns import replies_of, sheet_of_return
from audit_app.storage.models import Answer, AnswerVersion, AuditReturn, Partnership, Person
from audit_app.storage.queries.answer_versions import versions_of
from audit_app.storage.queries.answers import last_cycle_answers
from audit_app.storage.questionnaire_library import load
from tests.builders import (
    NOW,
    make_answer,
    make_cycle,
    make_organisation,
    make_partnership,
    make_person,
    make_return,
)
from tests.services.rounds import open_now, planned, returns_in

NOW_TEXT = (
    Path(__file__).parents[1] / "questionnaires" / "last_year_and_this_year.yaml"
).read_text()
THEN_TEXT = (
    NOW_TEXT.replace('version: "2027"', 'version: "2026"')
    .replace("written down", "recorded")
    .replace('id: "1.2"\n        same_meaning_as: "1.9"', 'id: "1.9"')
    .replace(", {value: all, label: Everybody}", ", {value: nobody, label: Nobody}")
    .replace("        scoring_version: 2\n", "")
    .replace("        maximum: 50\n", "")
    .replace("        applies_to: [group]\n", "")
)
ANSWERS = {
    "1.1": "green",
    "1.9": "yes",
    "1.3": "nobody",
    "1.4": "green",
    "1.5": 80,
    "1.6": "yes",
    "1.7": "We meet each week.",
}


@pytest.fixture
def partnership(session: Session) -> Partnership:
    return make_partnership(session)


def last_year(session: Session, partnership: Partnership, *, kind: str = "group") -> None:
    organisation = make_organisation(session, name=kind, kind=kind, at=partnership)
    cycle = make_cycle(
        session,
        partnership=partnership,
        text=THEN_TEXT,
        year=2025,
        opens_at=NOW - timedelta(days=400),
        due_at=NOW - timedelta(days=300),
    )
    before = make_return(session, state="submitted", organisation=organisation, cycle=cycle)
    lead = make_person(session, name="Last Lead")
    for name, value in ANSWERS.items():
        make_answer(session, before, name, value=value, commentary="So.", saved_by_id=lead.id)


def opened_now(session: Session, partnership: Partnership) -> dict[str, AuditReturn]:
    cycle = planned(
        session,
        partnership,
        text=NOW_TEXT,
        dates=Dates(date(2026, 9, 14), date(2026, 11, 20), None),
    )
    found = open_now(session, cycle)
    assert found is not None
    session.info["brought"] = found.brought
    return returns_in(session, cycle)


def test_only_what_can_be_compared_like_for_like_comes_forward():
    old = read_questionnaire(THEN_TEXT, name="then")
    new = read_questionnaire(NOW_TEXT, name="now")
    assert {one.new_id: one.old_id for one in carried(old, new)} == {
        "1.1": "1.1",
        "1.2": "1.9",
        "1.3": "1.3",
        "1.5": "1.5",
        "1.6": "1.6",
        "1.7": "1.7",
    }
    careful = {one.new_id for one in carried(old, new) if not one.fits_all}
    assert careful == {"1.3", "1.5", "1.6"}


def test_answers_come_forward_to_be_checked_and_what_no_longer_fits_is_left_and_said(
    session: Session, partnership: Partnership
):
    last_year(session, partnership)
    audit_return = opened_now(session, partnership)["group"]
    rows = session.scalars(select(Answer).where(Answer.audit_return_id == audit_return.id)).all()
    assert {row.question_id: row.value for row in rows} == {
        "1.1": "green",
        "1.2": "yes",
        "1.6": "yes",
        "1.7": "We meet each week.",
    }
    assert all(row.needs_review and row.self_rating is None for row in rows)
    assert {row.saved_by_id for row in rows} != {None}
    assert session.info["brought"].answers == 4
    assert session.info["brought"].left == {"1.3": 1, "1.5": 1}
    kept = session.scalars(
        select(AnswerVersion).where(AnswerVersion.audit_return_id == audit_return.id)
    ).all()
    assert {(one.question_id, one.version, one.needs_review) for one in kept} == {
        (name, 1, True) for name in ("1.1", "1.2", "1.6", "1.7")
    }


def test_an_answer_to_what_is_no_longer_asked_of_this_kind_is_left(
    session: Session, partnership: Partnership
):
    last_year(session, partnership, kind="childminder")
    found = opened_now(session, partnership)["childminder"]
    assert "1.6" not in replies_of(session, found)
    assert session.info["brought"].left["1.6"] == 1


def test_what_was_brought_forward_does_not_count_until_it_is_saved_again(
    session: Session, partnership: Partnership
):
    last_year(session, partnership)
    audit_return = opened_now(session, partnership)["group"]
    assert sheet_of_return(session, audit_return, today=NOW.date()).progress.answered == 0
    question = load(session, audit_return.content_hash).question("1.1")
    brought = replies_of(session, audit_return)["1.1"]

    version = save_answer(
        session,
        audit_return,
        question,
        reply=brought._replace(needs_review=False),
        expected_version=1,
        by=make_person(session),
        now=NOW,
    )

    assert version == 2
    assert not replies_of(session, audit_return)["1.1"].needs_review
    assert sheet_of_return(session, audit_return, today=NOW.date()).progress.answered == 1
    assert audit_return.progress is not None
    assert (audit_return.progress.answered, audit_return.progress.asked) == (1, 7)


def test_a_comment_that_saves_itself_is_kept_and_confirms_nothing(
    session: Session, partnership: Partnership
):
    last_year(session, partnership)
    audit_return = opened_now(session, partnership)["group"]
    question = load(session, audit_return.content_hash).question("1.1")
    brought = replies_of(session, audit_return)["1.1"]
    by, other = make_person(session), make_person(session)

    def saves(reply: Reply, who: Person, version: int, how: How) -> int:
        return save_answer(
            session,
            audit_return,
            question,
            reply=reply,
            expected_version=version,
            by=who,
            now=NOW,
            how=how,
        )

    assert saves(brought, by, 1, How.KEPT) == 1
    commented = brought._replace(commentary="Seen in June.")
    assert saves(commented, by, 1, How.KEPT) == 2
    answer = session.get_one(Answer, (audit_return.id, "1.1"))
    assert (answer.needs_review, answer.commentary) == (True, "Seen in June.")
    assert (answer.self_rating, answer.is_as_brought) == (None, False)
    assert sheet_of_return(session, audit_return, today=NOW.date()).progress.answered == 0
    with pytest.raises(AnswerIsStale):
        saves(brought, other, 1, How.CONFIRMED)
    assert saves(commented, other, 2, How.CONFIRMED) == 3
    session.refresh(answer)
    assert (answer.needs_review, answer.self_rating) == (False, answer.value)
    kept = versions_of(session, audit_return, "1.1")
    assert [(one.version, one.needs_review, one.commentary) for one in kept] == [
        (1, True, brought.commentary),
        (2, True, "Seen in June."),
    ]


def test_bringing_forward_again_overwrites_nothing(session: Session, partnership: Partnership):
    last_year(session, partnership)
    audit_return = opened_now(session, partnership)["group"]
    answer = session.get_one(Answer, (audit_return.id, "1.1"))
    answer.value = "red"
    session.flush()
    again = bring_forward(session, audit_return.cycle, now=NOW)
    assert again.answers == 0
    assert session.get_one(Answer, (audit_return.id, "1.1")).value == "red"


def test_a_draft_that_was_never_sent_is_not_last_years_answer(
    session: Session, partnership: Partnership
):
    last_year(session, partnership)
    draft = session.scalars(select(AuditReturn)).one()
    draft.state = State.IN_PROGRESS
    now = opened_now(session, partnership)["group"]
    assert session.info["brought"].answers == 0
    assert last_cycle_answers(session, now) == {}


def test_who_has_no_return_of_last_year_begins_with_nothing(
    session: Session, partnership: Partnership
):
    last_year(session, partnership)
    make_organisation(session, name="New", at=partnership)
    assert replies_of(session, opened_now(session, partnership)["New"]) == {}
