"""Evidence behind answers: linked, counted, replaced, pinned and removed, on both databases."""

from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from audit_app.core.evidence.limits import Limits
from audit_app.core.lifecycle import State
from audit_app.services.answering import ReturnIsClosed
from audit_app.services.backing_answers import (
    About,
    Backed,
    NoRoomLeft,
    add_file,
    cite,
    take_away,
    use_again,
)
from audit_app.services.keeping_evidence import (
    EvidenceIsPinned,
    SameFile,
    change_evidence,
    pinned_by,
    remove_evidence,
    replace_file,
)
from audit_app.services.reading_returns import replies_of
from audit_app.services.receiving_files import Arrived
from audit_app.storage.models import AuditReturn, Evidence, History, Person, ScanState
from audit_app.storage.queries.evidence_behind import pieces_behind
from audit_app.storage.queries.progress import progress_of
from tests.builders import (
    NOW,
    make_answer,
    make_change_request,
    make_cycle,
    make_person,
    make_result,
    make_return,
    make_submitted_answers,
)

ASKED = (Path(__file__).parents[1] / "questionnaires" / "green_needs_evidence.yaml").read_text()
POLICY = About("Policy", date(2026, 3, 3), date(2027, 3, 3))


@dataclass(frozen=True)
class Desk:
    """A person with a return that is open."""

    session: Session
    audit_return: AuditReturn
    by: Person

    def add(self, question: str = "1.1", **values: Any) -> Evidence:
        """Add a file, which is a new one unless the test says which."""
        limits = values.pop("limits", Limits())
        return add_file(
            self.session,
            self.audit_return,
            question,
            arrived(**values),
            about=POLICY,
            limits=limits,
            by=self.by,
            now=NOW,
        ).evidence

    def behind(self) -> dict[str, list[str]]:
        """Give the titles behind each answer."""
        found = pieces_behind(self.session, self.audit_return.id)
        return {name: [one.title for one in pieces] for name, pieces in found.items()}

    def events(self) -> list[str]:
        """Give what history tells of the return."""
        stream = f"return:{self.audit_return.id}"
        asked = select(History.event).where(History.stream == stream).order_by(History.number)
        return list(self.session.scalars(asked))


NUMBER = iter(range(10_000))


def arrived(**values: Any) -> Arrived:
    number = next(NUMBER)
    given: dict[str, Any] = {
        "file_name": "policy.pdf",
        "stored_name": f"{number:040x}",
        "size": 1_000,
        "content_type": "application/pdf",
        "sha256": f"{number:064x}",
        "scan_state": ScanState.NOT_SCANNED,
        "scanned_at": None,
    }
    return Arrived(**{**given, **values})


@pytest.fixture
def desk(session: Session) -> Desk:
    """Sit a lead before a return that asks for evidence."""
    audit_return = make_return(session, cycle=make_cycle(session, text=ASKED))
    lead = make_person(session, role="designated_lead", at=audit_return.organisation)
    return Desk(session, audit_return, lead)


def test_a_file_stands_behind_an_answer_and_the_return_has_begun(desk: Desk):
    item = desk.add()
    assert desk.behind() == {"1.1": ["Policy"]}
    assert (item.document_date, item.expires_on) == (POLICY.dated, POLICY.expires_on)
    assert desk.audit_return.state is State.IN_PROGRESS
    assert desk.audit_return.started_at == NOW
    assert desk.events() == ["evidence_added"]
    desk.add("1.3")
    counted = progress_of(desk.session, desk.audit_return)
    assert counted is not None
    assert (counted.asked, counted.answered) == (3, 1)
    assert replies_of(desk.session, desk.audit_return)["1.3"].stands


def test_one_item_serves_several_answers_and_years(desk: Desk):
    session, by = desk.session, desk.by
    item = desk.add()
    use_again(session, desk.audit_return, "1.2", item, by=by, now=NOW)
    again = use_again(session, desk.audit_return, "1.2", item, by=by, now=NOW)
    assert again.stood_there
    next_year = make_return(session, organisation=desk.audit_return.organisation)
    use_again(session, next_year, "1.1", item, by=by, now=NOW)
    assert desk.behind() == {"1.1": ["Policy"], "1.2": ["Policy"]}
    assert list(pieces_behind(session, next_year.id)) == ["1.1"]
    with pytest.raises(ValueError, match="no evidence of the organisation"):
        use_again(session, make_return(session), "1.1", item, by=by, now=NOW)


def test_the_same_file_is_found_again_and_not_kept_twice(desk: Desk):
    item = desk.add(sha256="a" * 64)
    assert desk.add("1.2", sha256="a" * 64) is item
    other = Desk(desk.session, make_return(desk.session), desk.by)
    assert other.add(sha256="a" * 64) is not item


def test_the_same_place_said_twice_is_one_item(desk: Desk):
    def say(question_id: str, where: str = "Blue folder", **about: Any) -> Backed:
        return cite(
            desk.session,
            desk.audit_return,
            question_id,
            about=POLICY._replace(**about),
            where=where,
            by=desk.by,
            now=NOW,
        )

    first = say("1.1")
    again, elsewhere = say("1.1"), say("1.2")
    assert (first.is_new, again.stood_there) == (True, True)
    assert first.evidence is again.evidence is elsewhere.evidence
    assert say("1.1", "Red folder").is_new
    assert say("1.1", title="Another").is_new
    assert say("1.1", dated=date(2026, 1, 1)).is_new


def test_a_citation_counts_as_a_file_does(desk: Desk):
    cite(
        desk.session,
        desk.audit_return,
        "1.1",
        about=POLICY,
        where="Blue folder",
        by=desk.by,
        now=NOW,
    )
    (piece,) = replies_of(desk.session, desk.audit_return)["1.1"].evidence
    assert (piece.title, piece.where) == ("Policy", "Blue folder")


@pytest.mark.parametrize(
    "limits",
    [Limits(of_return=1_500), Limits(of_organisation=1_500)],
    ids=["of the return", "of the organisation"],
)
def test_there_is_room_for_so_much_and_no_more(desk: Desk, limits: Limits):
    desk.add(limits=limits)
    with pytest.raises(NoRoomLeft, match="2 KB of evidence"):
        desk.add(limits=limits)
    assert desk.behind() == {"1.1": ["Policy"]}


@pytest.mark.parametrize("state", [State.AWAITING_SIGN_OFF, State.SUBMITTED, State.VALIDATED])
def test_a_return_that_is_closed_takes_and_gives_nothing(desk: Desk, state: State):
    item = desk.add()
    desk.audit_return.state = state
    desk.session.flush()
    with pytest.raises(ReturnIsClosed):
        desk.add()
    with pytest.raises(ReturnIsClosed):
        take_away(desk.session, desk.audit_return, "1.1", item.id, by=desk.by, now=NOW)
    assert desk.behind() == {"1.1": ["Policy"]}


def test_where_changes_were_asked_for_only_the_named_questions_take_evidence(desk: Desk):
    item, session = desk.add("1.2"), desk.session
    for question, value in (("1.1", "amber"), ("1.2", "no"), ("1.3", "Blue folder")):
        make_answer(session, desk.audit_return, question, value=value)
    make_submitted_answers(session, make_result(session, desk.audit_return))
    desk.audit_return.state = State.CHANGES_REQUESTED
    make_change_request(session, desk.audit_return, "1.1")
    desk.add("1.1")
    with pytest.raises(ReturnIsClosed):
        desk.add("1.3")
    with pytest.raises(ReturnIsClosed):
        take_away(session, desk.audit_return, "1.2", item.id, by=desk.by, now=NOW)
    with pytest.raises(EvidenceIsPinned):
        remove_evidence(session, item, by=desk.by, now=NOW)
    assert desk.behind() == {"1.2": ["Policy"], "1.1": ["Policy"]}


def test_after_the_cycle_has_closed_nothing_is_added(desk: Desk):
    cycle = desk.audit_return.cycle
    cycle.due_at = cycle.closes_at = NOW
    desk.session.flush()
    with pytest.raises(ReturnIsClosed):
        desk.add()


def test_what_is_taken_away_can_be_used_again(desk: Desk):
    item, session = desk.add(), desk.session
    assert take_away(session, desk.audit_return, "1.1", item.id, by=desk.by, now=NOW)
    assert not take_away(session, desk.audit_return, "1.1", item.id, by=desk.by, now=NOW)
    assert desk.behind() == {}
    use_again(session, desk.audit_return, "1.1", item, by=desk.by, now=NOW)
    assert desk.events() == ["evidence_added", "evidence_taken_away", "evidence_used_again"]


def newer(desk: Desk, item: Evidence, file: Arrived, about: About = POLICY) -> None:
    replace_file(desk.session, item, file, about=about, limits=Limits(), by=desk.by, now=NOW)


def test_a_newer_file_leaves_the_older_ones(desk: Desk):
    item, file = desk.add(), arrived()
    newer(desk, item, file, About("Policy 2027", date(2026, 9, 1)))
    desk.session.expire(item)
    assert [one.number for one in item.versions] == [1, 2]
    assert (item.title, item.document_date, item.expires_on) == (
        "Policy 2027",
        date(2026, 9, 1),
        None,
    )
    dates = [(one.document_date, one.expires_on) for one in item.versions]
    assert dates == [(POLICY.dated, POLICY.expires_on), (date(2026, 9, 1), None)]
    with pytest.raises(SameFile):
        newer(desk, item, arrived(sha256=file.sha256))
    assert desk.events() == ["evidence_added", "evidence_replaced"]


def test_behind_a_submitted_return_it_stays_as_it_is_and_a_newer_file_may_come(desk: Desk):
    item, session = desk.add(), desk.session
    desk.audit_return.state = State.SUBMITTED
    session.flush()
    assert pinned_by(session, item, NOW) is desk.audit_return
    with pytest.raises(EvidenceIsPinned):
        change_evidence(session, item, about=About("X"), where=None, by=desk.by, now=NOW)
    with pytest.raises(EvidenceIsPinned):
        remove_evidence(session, item, by=desk.by, now=NOW)
    assert item.title == "Policy"
    assert desk.behind() == {"1.1": ["Policy"]}
    newer(desk, item, arrived())


def test_a_corrected_date_is_that_of_the_newest_file_and_no_older_one(desk: Desk):
    item = desk.add()
    newer(desk, item, arrived())
    right = About("Policy", date(2026, 9, 2), date(2028, 9, 2))
    change_evidence(desk.session, item, about=right, where=None, by=desk.by, now=NOW)
    dates = [(one.document_date, one.expires_on) for one in item.versions]
    assert dates == [(POLICY.dated, POLICY.expires_on), (right.dated, right.expires_on)]


def test_what_is_removed_stands_nowhere_and_its_rows_stay(desk: Desk):
    item, session = desk.add(), desk.session
    use_again(session, desk.audit_return, "1.3", item, by=desk.by, now=NOW)
    later = NOW + timedelta(hours=1)
    remove_evidence(session, item, by=desk.by, now=later)
    assert desk.behind() == {}
    assert (item.removed_at, item.removed_by_id) == (later, desk.by.id)
    assert session.get(Evidence, item.id) is item
    counted = progress_of(session, desk.audit_return)
    assert counted is not None
    assert counted.answered == 0
    assert "evidence_removed" in desk.events()


def test_history_names_the_item_and_never_its_title(desk: Desk):
    item = desk.add()
    change_evidence(
        desk.session, item, about=About("A child's name"), where=None, by=desk.by, now=NOW
    )
    told = desk.session.scalars(select(History.details)).all()
    assert str(item.id) in str(told)
    assert "Policy" not in str(told)
    assert "child" not in str(told)
