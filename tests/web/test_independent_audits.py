"""What an auditor says of a consultation reaches nobody else, by any address, until both are in."""

import itertools
from typing import Any, NamedTuple
from uuid import UUID

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy.orm import Session
from werkzeug.routing import Rule

from audit_app.core.lifecycle import State
from audit_app.core.permissions import Role
from audit_app.storage.models import Action, ActionStatus, AuditReturn, Evidence
from tests.builders import (
    make_action,
    make_answer,
    make_audits,
    make_evidence,
    make_holding,
    make_message,
    make_person,
    make_result,
    make_submitted_answers,
)
from tests.web.conftest import SignsIn
from tests.web.pages import send, words_of

SAID = "Nobody asked about the bruise"
ACTION = "Ask about every bruise"
TITLE = "Note of the call.pdf"
SECRETS = (SAID, ACTION, TITLE)


class Told(NamedTuple):
    """Two audits of one consultation, and all that the second auditor told."""

    own: AuditReturn
    other: AuditReturn
    action: Action
    draft: Action
    evidence: Evidence

    @property
    def version_id(self) -> UUID:
        """Give the file of the evidence."""
        return self.evidence.versions[0].id

    def put_in(self, records: Session) -> None:
        """Let the first audit be in as well."""
        self.own.state = State.SUBMITTED
        make_result(records, self.own, overall="green")
        records.commit()


@pytest.fixture
def told(records: Session) -> Told:
    own, other = make_audits(records, states=(State.IN_PROGRESS, State.SUBMITTED))
    make_answer(records, other, "1.1", value="red", self_rating="red", commentary=SAID)
    make_answer(records, other, "1.4", value=SAID)
    result = make_result(records, other, overall="red", sections={"1": "red"})
    make_submitted_answers(records, result)
    return Told(
        own,
        other,
        make_action(records, audit_return=other, question_id="1.1", what=ACTION),
        make_action(
            records, audit_return=other, question_id="1.1", what=ACTION, status=ActionStatus.DRAFT
        ),
        make_evidence(records, behind=other, title=TITLE),
    )


def at(records: Session, told: Told, role: Role) -> Any:
    return make_person(records, role=role, at=told.own.cycle.partnership)


def auditor(records: Session, told: Told) -> Any:
    return make_person(records, role=Role.DESIGNATED_LEAD, at=told.own.organisation)


def auditor_of_both(records: Session, told: Told) -> Any:
    person = auditor(records, told)
    make_holding(records, person, role=Role.SIGNATORY, at=told.other.organisation)
    return person


def auditor_who_coordinates(records: Session, told: Told) -> Any:
    person = auditor(records, told)
    make_holding(records, person, role=Role.COORDINATOR, at=told.own.cycle.partnership)
    return person


def coordinator(records: Session, told: Told) -> Any:
    return at(records, told, Role.COORDINATOR)


def moderator(records: Session, told: Told) -> Any:
    return at(records, told, Role.MODERATOR)


def board_member(records: Session, told: Told) -> Any:
    return at(records, told, Role.BOARD_MEMBER)


NO_HAND_IN_IT = [coordinator, moderator, board_member]
HAND_IN_THE_OTHER = [auditor, auditor_of_both, auditor_who_coordinates]
EVERYBODY_ELSE = NO_HAND_IN_IT + HAND_IN_THE_OTHER


def of_one_return(app: Flask, endpoints: str) -> list[Rule]:
    return [
        rule
        for rule in app.url_map.iter_rules()
        if "return_id" in rule.arguments
        and rule.endpoint.startswith(endpoints)
        and "GET" in (rule.methods or ())
    ]


def opened(browser: FlaskClient, rule: Rule, told: Told) -> tuple[str, int]:
    values: dict[str, Any] = {
        "return_id": told.other.id,
        "cycle_id": told.other.cycle_id,
        "question_id": "1.1",
        "section_id": "1",
        "number": 1,
        "spreadsheet_id": told.other.id,
        "step": "letter",
    }
    with browser.application.test_request_context():
        built = rule.build({name: values[name] for name in rule.arguments})
    assert built is not None
    return built[1], browser.get(built[1]).status_code


@pytest.mark.parametrize("who", EVERYBODY_ELSE)
def test_no_page_paper_or_spreadsheet_of_an_audit_opens_to_anybody_else(
    app: Flask, records: Session, sign_in: SignsIn, told: Told, who: Any
):
    browser = sign_in(who(records, told))
    rules = [*of_one_return(app, "returns."), *of_one_return(app, "moderation.")]
    assert len(rules) > 25
    opens = [opened(browser, rule, told) for rule in rules]
    assert [one for one in opens if one[1] != 404] == []


@pytest.mark.parametrize("who", HAND_IN_THE_OTHER)
def test_whoever_makes_the_other_audit_follows_it_nowhere(
    app: Flask, records: Session, sign_in: SignsIn, told: Told, who: Any
):
    browser = sign_in(who(records, told))
    rules = [*of_one_return(app, "rounds."), *of_one_return(app, "actions.")]
    opens = [opened(browser, rule, told) for rule in rules]
    assert [one for one in opens if one[1] != 404] == []


@pytest.mark.parametrize("who", EVERYBODY_ELSE)
def test_no_action_and_no_evidence_of_an_audit_opens_to_anybody_else(
    records: Session, sign_in: SignsIn, told: Told, who: Any
):
    browser = sign_in(who(records, told))
    for address in (
        f"/actions/{told.action.id}",
        f"/actions/{told.draft.id}",
        f"/returns/evidence/{told.evidence.id}",
        f"/returns/evidence/{told.evidence.id}/remove",
        f"/returns/evidence/files/{told.version_id}",
        f"/returns/consultations/{told.other.consultation_id}",
    ):
        assert browser.get(address).status_code == 404, address


@pytest.mark.parametrize("who", EVERYBODY_ELSE)
def test_no_list_board_or_history_tells_of_what_an_auditor_said(
    records: Session, sign_in: SignsIn, told: Told, who: Any
):
    browser = sign_in(who(records, told))
    cycle, organisation = told.own.cycle, told.other.organisation
    pages = {
        address: browser.get(address)
        for address in (
            "/",
            "/returns/",
            "/returns/evidence/",
            *(f"/actions/?show={one}" for one in ("to_do", "overdue", "drafts", "dropped")),
            f"/actions/?search={ACTION}",
            "/moderation/",
            f"/moderation/?cycle={cycle.id}",
            "/board/",
            f"/board/cycles/{cycle.id}",
            f"/board/cycles/{cycle.id}/grid",
            f"/admin/rounds/{cycle.id}/sample",
            f"/admin/organisations/{organisation.id}",
            "/admin/history/",
            "/admin/history/history.csv",
        )
    }
    for (address, page), secret in itertools.product(pages.items(), SECRETS):
        # What somebody searched for stands in the box again.
        assert secret not in words_of(page), address
    board = pages[f"/board/cycles/{cycle.id}"]
    if board.status_code == 200:
        assert "0 of 1 sampled consultations both audits are in" in words_of(board)
    grid = pages[f"/board/cycles/{cycle.id}/grid"]
    assert organisation.name not in words_of(grid)


def test_a_coordinator_who_audits_reads_no_letter_about_the_other_audit(
    records: Session, sign_in: SignsIn, told: Told
):
    about = {"partnership_id": told.own.cycle.partnership_id, "audit_return_id": told.other.id}
    letter = make_message(records, subject="Changes are asked for", **about)
    for who, status in ((auditor_who_coordinates, 404), (coordinator, 200)):
        browser = sign_in(who(records, told))
        assert browser.get(f"/admin/messages/{letter.id}").status_code == status
        listed = words_of(browser.get("/admin/messages/"))
        assert ("Changes are asked for" in listed) is (status == 200)


def test_the_auditor_sees_their_own_all_the_while(records: Session, sign_in: SignsIn, told: Told):
    lead = make_person(records, role=Role.DESIGNATED_LEAD, at=told.other.organisation)
    browser = sign_in(lead)
    assert ACTION in words_of(browser.get("/actions/"))
    assert ACTION in words_of(browser.get("/actions/?show=drafts"))
    assert browser.get(f"/returns/evidence/{told.evidence.id}").status_code == 200
    assert browser.get(f"/returns/{told.other.id}/read").status_code == 200


def test_what_was_promised_is_followed_up_once_both_are_in(
    records: Session, sign_in: SignsIn, told: Told
):
    browser = sign_in(moderator(records, told))
    assert ACTION not in words_of(browser.get("/actions/"))
    told.put_in(records)
    assert ACTION in words_of(browser.get("/actions/"))
    assert browser.get(f"/actions/{told.action.id}").status_code == 200
    assert browser.get(f"/returns/evidence/{told.evidence.id}").status_code == 200
    assert browser.get(f"/returns/{told.other.id}/read").status_code == 200


def test_nobody_enters_an_audit_for_an_agency_before_or_after_both_are_in(
    records: Session, sign_in: SignsIn, told: Told
):
    browser = sign_in(coordinator(records, told))
    for audit in (told.own, told.other):
        one = f"/admin/rounds/{audit.cycle_id}/returns/{audit.id}"
        assert "enter them on their behalf" not in words_of(browser.get(one))
        asked = browser.get(f"{one}/on-behalf")
        assert asked.status_code == 303
        answer = send(browser, f"{one}/on-behalf", {"name": "Ada", "channel": "paper"}, page=one)
        assert answer.status_code == 303
        assert "the two audits stay independent" in words_of(browser.get(one))
        assert browser.get(f"/returns/{audit.id}").status_code == 404
