"""Promised actions are followed up: the list, progress, a new day, and the end."""

import re
from datetime import UTC, datetime, time, timedelta

from sqlalchemy import select

from audit_app.services.planning_actions import promise_plan
from audit_app.services.reminding_of_actions import remind_of_actions
from audit_app.storage.models import (
    Action,
    ActionStatus,
    AuditReturn,
    OutgoingMessage,
    Person,
)
from tests.builders import (
    make_action,
    make_group,
    make_locality,
    make_organisation,
    make_person,
    make_return,
)
from tests.web.pages import words_of

TODAY = datetime.now(UTC).date()


def day(days: int) -> dict[str, str]:
    moved = TODAY + timedelta(days=days)
    return {f"by_when-{part}": str(getattr(moved, part)) for part in ("day", "month", "year")}


def promised(office, **values):
    values.setdefault("by_when", TODAY + timedelta(days=5))
    action = make_action(office.records, audit_return=office.audit_return, **values)
    office.records.commit()
    return office.only(select(Action).where(Action.id == action.id))


def test_the_list_shows_what_is_to_be_done_overdue_first(office):
    promised(office, what="Later")
    promised(office, what="Long ago", by_when=TODAY - timedelta(days=3))
    promised(office, what="Finished", status="done", closing_words="Yes")
    page = office.browser.get("/actions/")
    assert page.text.index("Long ago") < page.text.index("Later")
    assert "1 is overdue" in page.text
    assert "Finished" not in page.text
    assert "Finished" in office.browser.get("/actions/?show=done").text
    overdue = office.browser.get("/actions/?show=overdue").text
    assert "Long ago" in overdue
    assert "Later" not in overdue


def test_the_list_is_searched_and_whatever_means_nothing_is_passed_over(office):
    promised(office, what="Train the deputies")
    promised(office, what="Write the log")
    assert "Write the log" not in office.browser.get("/actions/?search=deput").text
    for wild in ("?show=x", "?page=x", "?page=9999", "?locality=x", "?search=%25", "?search=\x00"):
        assert office.browser.get("/actions/" + wild).status_code == 200


def test_progress_is_kept_and_shown_with_who_said_it(office):
    action = promised(office)
    page = office.send(
        f"/actions/{action.id}/progress",
        opened=f"/actions/{action.id}",
        version="1",
        words="Half are trained",
        **day(5),
    )
    assert page.status_code == 303
    shown = office.browser.get(f"/actions/{action.id}").text
    assert "Half are trained" in shown
    assert "Amina Shah" in shown
    assert office.kept(action).status is ActionStatus.IN_PROGRESS


def test_a_new_day_without_a_reason_is_refused_with_what_was_typed(office):
    action = promised(office)
    page = office.send(
        f"/actions/{action.id}/progress",
        opened=f"/actions/{action.id}",
        version="1",
        words="",
        **day(40),
    )
    assert page.status_code == 422
    assert "Say why the day moves" in page.text
    assert f'value="{(TODAY + timedelta(days=40)).year}"' in page.text


def test_progress_on_an_action_somebody_else_changed_keeps_the_words(office):
    action = promised(office)
    page = office.send(
        f"/actions/{action.id}/progress",
        opened=f"/actions/{action.id}",
        version="7",
        words="My careful words",
        **day(5),
    )
    assert page.status_code == 409
    assert "My careful words" in page.text
    assert office.kept(action).version == 1


def test_an_action_is_done_with_closing_words(office):
    action = promised(office)
    assert office.send(f"/actions/{action.id}/done", version="1", words="").status_code == 422
    assert (
        office.send(f"/actions/{action.id}/done", version="1", words="All of it").status_code == 303
    )
    assert "All of it" in office.browser.get(f"/actions/{action.id}").text
    again = office.send(
        f"/actions/{action.id}/done", opened=f"/actions/{action.id}", version="2", words="Twice"
    )
    assert again.status_code == 409


def test_people_of_a_group_see_the_actions_of_all_their_settings(office, sign_in):
    group = make_group(office.records)
    for name in ("North Pines", "South Pines"):
        organisation = make_organisation(office.records, at=office.county, group=group, name=name)
        audit_return = make_return(
            office.records, cycle=office.audit_return.cycle, organisation=organisation
        )
        make_action(office.records, audit_return=audit_return, what=f"At {name}")
    promised(office, what="At Little Oaks")
    head = sign_in(make_person(office.records, role="designated_lead", at=group))
    page = head.get("/actions/").text
    assert "At North Pines" in page
    assert "At South Pines" in page
    assert "At Little Oaks" not in page


def test_moderators_read_the_actions_of_their_locality_and_change_none(office, sign_in):
    action = promised(office, what="In the east")
    west = make_locality(office.records, partnership=office.county, name="West")
    far = make_organisation(office.records, at=west, name="Far Oaks")
    away = make_return(office.records, cycle=office.audit_return.cycle, organisation=far)
    make_action(office.records, audit_return=away, what="In the west")
    whole = sign_in(make_person(office.records, role="coordinator", at=office.county))
    page = whole.get("/actions/").text
    assert "In the east" in page
    assert "In the west" in page
    assert "In the east" not in whole.get(f"/actions/?locality={west.id}").text
    of_west = sign_in(make_person(office.records, role="moderator", at=west))
    page = of_west.get("/actions/").text
    assert "In the east" not in page
    assert "In the west" in page
    assert of_west.get(f"/actions/{action.id}").status_code == 404
    assert whole.get(f"/actions/{action.id}").status_code == 200
    assert whole.get(f"/actions/{action.id}/change").status_code == 404


def test_the_action_of_another_setting_is_not_there(office, sign_in):
    action = promised(office)
    other = make_organisation(office.records, at=office.county)
    stranger = sign_in(make_person(office.records, role="designated_lead", at=other))
    for rest in ("", "/change", "/drop", "/done"):
        assert stranger.get(f"/actions/{action.id}{rest}").status_code == 404
    assert stranger.post(f"/actions/{action.id}/progress", data={}).status_code in (400, 404)


def test_one_click_shows_where_an_action_comes_from(office):
    action = promised(office, question_id="1.1", drafted_rating="red")
    page = words_of(office.browser.get(f"/actions/{action.id}"))
    assert "Where this comes from" in page
    assert "1.1 " in page
    assert re.search(r"It was R ?Red when this was planned *, and is A ?Amber now", page)


def test_a_drafted_action_is_promised_reminded_of_followed_up_and_closed(office):
    """The whole of it with what was drafted, and nobody typing its words again."""
    plan = f"/returns/{office.return_id}/action-plan"
    office.send(plan + "/draft", opened=plan)
    drafted = office.only(select(Action))
    address = f"/actions/together/{office.return_id}?group=amber"
    fields = {"chosen": [str(drafted.id)], f"version-{drafted.id}": str(drafted.version)}
    office.send(address, who_person="Amina Shah", **fields)
    whole = office.kept(drafted)
    promise_plan(
        office.records,
        office.records.get_one(AuditReturn, office.return_id),
        by=office.records.scalars(select(Person)).first(),
        now=datetime.now(UTC),
    )
    office.records.commit()
    assert office.kept(drafted).status is ActionStatus.OPEN
    at = datetime.combine(whole.by_when - timedelta(days=3), time(9), UTC)
    assert remind_of_actions(office.records, now=at, base_address="https://a.example.org") == 1
    (message,) = office.records.scalars(select(OutgoingMessage)).all()
    assert "Amina Shah: Make this true: Recorded and reviewed." in message.body
    office.records.commit()
    version = str(office.kept(drafted).version)
    done = f"/actions/{drafted.id}/done"
    assert "Looked at again, this is true" in office.browser.get(done).text
    office.send(done, version=version, words="Five records were read, and all are whole")
    page = words_of(office.browser.get(f"/actions/{drafted.id}"))
    assert "Five records were read" in page
    assert "It was A Amber when this was planned" in page
