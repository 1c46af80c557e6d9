"""The plan of a return: drafted by a button, written by people, printed."""

import pytest
from sqlalchemy import select

from audit_app.storage.models import Action, ActionStatus, Answer
from tests.builders import make_action, make_answer, make_person
from tests.web.pages import words_of

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
    assert "1 of 1 cannot be promised yet. Missing: who does it (1)." in page.text
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


def two_ambers(office):
    make_answer(office.records, office.audit_return, "2.1", value="no")
    make_person(office.records, role="contributor", at=office.organisation, name="Bo Rivers")
    office.records.commit()
    office.send(plan(office) + "/draft", opened=plan(office))
    found = office.records.scalars(select(Action).order_by(Action.question_id)).all()
    versions = {f"version-{one.id}": str(one.version) for one in found}
    chosen = [str(one.id) for one in found]
    office.records.rollback()
    return chosen, versions


def kept(office):
    office.records.rollback()
    office.records.expire_all()
    found = {
        one.question_id or one.area_id: (one.who, one.by_when)
        for one in office.records.scalars(select(Action))
    }
    office.records.rollback()
    return found


def test_a_plan_stands_worst_first_in_groups_or_by_section(office):
    two_ambers(office)
    page = office.browser.get(plan(office)).text
    red, amber = page.index('id="group-1"'), page.index('id="group-2"')
    assert "Red" in page[red:amber]
    assert "Amber" in page[amber:]
    by_section = office.browser.get(plan(office) + "?by=section").text
    assert by_section.index("<strong>1.1</strong>") < by_section.index("<strong>2.1</strong>")


def test_several_are_given_to_somebody_in_one_go_and_keep_their_days(office):
    chosen, versions = two_ambers(office)
    before = kept(office)
    address = f"/actions/together/{office.return_id}?group=red"
    page = office.browser.get(address)
    assert "Bo Rivers" in page.text
    saved = office.send(address, chosen=chosen, who_person="Bo Rivers", **versions)
    assert saved.status_code == 303
    assert kept(office) == {name: ("Bo Rivers", day) for name, (_, day) in before.items()}


def test_what_is_not_ticked_stays_and_a_day_may_be_set_for_all_that_is(office):
    chosen, versions = two_ambers(office)
    before = kept(office)
    address = f"/actions/together/{office.return_id}?group=red"
    day = {"by_when-day": "31", "by_when-month": "3", "by_when-year": "2027"}
    office.send(address, chosen=chosen[:1], who="The cook", **day, **versions)
    changed = {name for name, said in kept(office).items() if said != before[name]}
    assert len(changed) == 1
    (said,) = (kept(office)[name] for name in changed)
    assert (said[0], said[1].isoformat()) == ("The cook", "2027-03-31")


@pytest.mark.parametrize(
    ("fields", "says"),
    [
        ({"chosen": [], "who": "Ana"}, "Choose at least one action"),
        ({}, "Say who, or by when, or both"),
        ({"who": "Ana", "by_when-day": "31", "by_when-month": "2"}, "must be a real date"),
        (
            {"by_when-day": "1", "by_when-month": "1", "by_when-year": "2020"},
            "By when must be today or later",
        ),
    ],
)
def test_what_is_wrong_with_several_is_said_and_nothing_is_kept(office, fields, says):
    chosen, versions = two_ambers(office)
    before = kept(office)
    address = f"/actions/together/{office.return_id}?group=red"
    page = office.send(address, **{"chosen": chosen, **versions, **fields})
    assert page.status_code == 422
    assert "<title>Error: " in page.text
    assert says in page.text
    assert kept(office) == before


def test_what_somebody_changed_meanwhile_is_left_and_named(office):
    chosen, versions = two_ambers(office)
    office.send(f"/actions/{chosen[0]}/change", version="1", **WHOLE)
    address = f"/actions/together/{office.return_id}?group=red"
    saved = office.send(address, chosen=chosen, who_person="Bo Rivers", **versions)
    assert saved.status_code == 303
    page = office.browser.get(plan(office))
    assert "1 not saved, because somebody changed it meanwhile: Train everybody" in page.text
    assert {who for who, _ in kept(office).values()} == {"Deputy manager", "Bo Rivers"}


def test_a_group_that_is_not_there_leads_to_the_plan(office):
    page = office.browser.get(f"/actions/together/{office.return_id}?group=nothing")
    assert page.location.endswith("action-plan")


def test_drafting_again_says_which_answer_turned(office):
    office.send(plan(office) + "/draft", opened=plan(office))
    office.records.get_one(Answer, (office.return_id, "1.1")).value = "red"
    office.records.commit()
    assert "1 draft is out of date" in words_of(office.browser.get(plan(office)))
    office.send(plan(office) + "/draft", opened=plan(office))
    page = words_of(office.browser.get(plan(office)))
    assert "1 brought up to date: 1.1 " in page
    assert "was Amber, is Red" in page
