"""The plan of a return: drafted by a button, written by people, printed."""

from sqlalchemy import select

from audit_app.storage.models import Action, ActionStatus
from tests.builders import make_action, make_answer, make_person

WHOLE = {
    "what": "Train everybody",
    "who": "Deputy manager",
    "by_when-day": "31",
    "by_when-month": "3",
    "by_when-year": "2027",
    "how_known": "The training record shows it",
}


def plan(office) -> str:
    return f"/returns/{office.return_id}/action-plan"


def the_action(office) -> Action:
    found: Action = office.only(select(Action))
    return found


def test_a_plan_is_drafted_by_a_button_and_never_by_reading(office):
    page = office.browser.get(plan(office))
    assert "1 answer or area calls for an action and has none yet" in page.text
    assert office.records.scalars(select(Action)).all() == []
    office.records.rollback()
    assert office.send(plan(office) + "/draft", opened=plan(office)).status_code == 303
    page = office.browser.get(plan(office))
    assert "Make this true: Recorded and reviewed." in page.text
    assert "1 of 1 still lacks who, by when or how you will know" in page.text
    office.send(plan(office) + "/draft", opened=plan(office))
    assert the_action(office).question_id == "1.1"


def test_an_action_is_written_and_the_plan_leads_back_to_it(office):
    office.send(plan(office) + "/draft", opened=plan(office))
    action = the_action(office)
    saved = office.send(f"/actions/{action.id}/change", version="1", **WHOLE)
    assert saved.status_code == 303
    assert saved.location.endswith(f"action-plan#action-{action.id}")
    page = office.browser.get(plan(office))
    assert "Deputy manager" in page.text
    assert "31 March 2027" in page.text


def test_what_is_wrong_is_said_at_its_field_and_what_was_typed_stays(office):
    office.send(plan(office) + "/draft", opened=plan(office))
    action = the_action(office)
    wrong = WHOLE | {"by_when-day": "31", "by_when-month": "2", "who": "The <b>cook</b>"}
    page = office.send(f"/actions/{action.id}/change", version="1", **wrong)
    assert page.status_code == 422
    assert "<title>Error: " in page.text
    assert '<a href="#by_when-day">By when must be a real date' in page.text
    assert "The &lt;b&gt;cook&lt;/b&gt;" in page.text
    assert office.kept(action).version == 1


def test_two_people_writing_one_action_see_both_texts(office, sign_in):
    office.send(plan(office) + "/draft", opened=plan(office))
    action = the_action(office)
    other = sign_in(make_person(office.records, role="contributor", at=office.organisation))
    mine = WHOLE | {"what": "What I wrote"}
    assert office.send(f"/actions/{action.id}/change", version="1", **WHOLE).status_code == 303
    there = office._replace(browser=other)
    page = there.send(f"/actions/{action.id}/change", version="1", **mine)
    assert page.status_code == 409
    assert "Somebody changed this action while you were writing" in page.text
    assert "Train everybody" in page.text
    assert "What I wrote" in page.text
    assert office.kept(action).what == "Train everybody"
    assert there.send(f"/actions/{action.id}/change", version="2", **mine).status_code == 303


def test_personal_data_in_a_plan_is_asked_about_first(office):
    page = office.send(f"/actions/add/{office.return_id}", **WHOLE | {"what": "Ring 07700 900123"})
    assert page.status_code == 422
    assert "Save it as it is" in page.text
    kept = page.text.split('name="kept" value="')[1].split('"')[0]
    saved = office.send(
        f"/actions/add/{office.return_id}", kept=kept, **WHOLE | {"what": "Ring 07700 900123"}
    )
    assert saved.status_code == 303
    assert the_action(office).what == "Ring 07700 900123"


def test_an_action_that_is_dropped_keeps_its_reason_and_is_not_drafted_again(office):
    office.send(plan(office) + "/draft", opened=plan(office))
    action = the_action(office)
    assert office.send(f"/actions/{action.id}/drop", version="1", reason="").status_code == 422
    office.send(f"/actions/{action.id}/drop", version="1", reason="Done in May")
    page = office.browser.get(plan(office))
    assert "Done in May" in page.text
    assert "calls for an action and has none yet" not in page.text
    assert office.kept(action).status is ActionStatus.CANCELLED


def test_an_action_whose_answer_became_green_asks_whether_it_is_still_needed(office):
    make_answer(office.records, office.audit_return, "2.1", value="yes")
    make_action(office.records, audit_return=office.audit_return, status="draft", question_id="2.1")
    office.records.commit()
    page = office.browser.get(plan(office))
    assert "Green now: is this still needed?" in page.text


def test_drafts_are_the_organisations_own(office, sign_in):
    draft = make_action(office.records, audit_return=office.audit_return, status="draft")
    draft_id = draft.id
    moderator = sign_in(make_person(office.records, role="moderator", at=office.county))
    assert moderator.get(f"/actions/{draft_id}").status_code == 404
    assert office.browser.get(f"/actions/{draft_id}").status_code == 200


def test_the_plan_is_printed(office):
    make_action(office.records, audit_return=office.audit_return)
    office.records.commit()
    made = office.browser.get(plan(office) + ".pdf")
    assert made.data.startswith(b"%PDF")
    assert "action-plan.pdf" in made.headers["Content-Disposition"]


def test_a_form_that_was_open_too_long_keeps_what_was_typed(office):
    page = office.browser.post(f"/actions/add/{office.return_id}", data=WHOLE)
    assert page.status_code == 400
    assert "Train everybody" in page.text
