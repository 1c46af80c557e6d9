"""Whatever is wrong with what was sent: nothing is saved, nothing typed is lost, and it is said."""

from collections.abc import Callable
from datetime import UTC, datetime

import pytest
from sqlalchemy.orm import Session
from werkzeug.test import TestResponse

from audit_app.storage.models import Organisation
from tests.builders import make_holding, make_person, make_return
from tests.web.conftest import SignsIn
from tests.web.pages import title_of, token_of, words_of
from tests.web.returns.desk import COMPLETE, Desk
from tests.web.returns.filled_in import fields_of

NEXT_YEAR = str(datetime.now(UTC).year + 1)


def refused(desk: Desk, page: TestResponse, *, link: str, words: str, status: int = 422) -> None:
    """Say that a page was shown again with a summary that leads to the input at fault."""
    assert page.status_code == status
    assert title_of(page).startswith("Error: ")
    assert f'href="#{link}"' in page.text
    assert f'id="{link}"' in page.text
    assert words in words_of(page)
    assert desk.answers() == {}


def test_x_greater_than_y_is_refused_and_kept_on_the_page(desk: Desk):
    page = desk.save("2.2", x="9", y="4", commentary="Counted twice")
    refused(desk, page, link="x", words="9 is more than the 4 it is out of")
    assert fields_of(page)["x"] == ["9"]
    assert fields_of(page)["y"] == ["4"]
    assert fields_of(page)["commentary"] == ["Counted twice"]


def test_x_greater_than_a_y_of_another_answer_is_refused(desk: Desk):
    desk.save("2.2", x="4", y="5")
    page = desk.save("2.3", x="6")
    assert page.status_code == 422
    assert "6 is more than the 4 it is out of" in words_of(page)
    assert desk.answer("2.3") is None


def test_a_date_next_year_is_refused_and_kept_on_the_page(desk: Desk):
    given = {"date-day": "1", "date-month": "5", "date-year": NEXT_YEAR}
    page = desk.save("2.5", **given)
    refused(desk, page, link="date-day", words="The date must be today or in the past")
    assert {name: [value] for name, value in given.items()}.items() <= fields_of(page).items()


def test_a_date_without_a_month_leads_to_the_month(desk: Desk):
    page = desk.save("2.5", **{"date-day": "1", "date-year": "2026"})
    refused(desk, page, link="date-month", words="The date must include a month")


def test_a_comment_of_20000_characters_is_refused_with_the_limit_and_kept_on_the_page(desk: Desk):
    comment = "Äpfel & <b>Birnen</b>\n" * 909 + "!!"
    assert len(comment) == 20_000
    page = desk.save("1.2", answer="yes", commentary=comment)
    refused(desk, page, link="commentary", words="20,000 characters: shorten it to 10,000 or fewer")
    assert fields_of(page)["commentary"] == [comment]
    assert fields_of(page)["answer"] == ["yes"]


def test_words_longer_than_the_question_takes_are_refused(desk: Desk):
    page = desk.save("3.1", answer="x" * 301)
    refused(desk, page, link="answer", words="301 characters: shorten it to 300 or fewer")


def test_a_rating_that_is_not_on_the_scale_is_refused(desk: Desk):
    page = desk.save("1.1", answer="purple", commentary="Really")
    refused(desk, page, link="answer", words="Choose one of the ratings: Red, Amber, Green")
    assert fields_of(page)["commentary"] == ["Really"]


@pytest.mark.parametrize(
    ("question_id", "answer"),
    [
        ("1.2", "maybe"),
        ("1.3", "partly"),
        ("1.4", "daily"),
        ("1.5", "lodger"),
        ("1.5", "dont_know"),
    ],
)
def test_an_answer_that_is_not_on_offer_is_refused(desk: Desk, question_id: str, answer: str):
    refused(desk, desk.save(question_id, answer=answer), link="answer", words="There is a problem")


def test_none_of_these_beside_another_answer_is_refused(desk: Desk):
    page = desk.save("1.5", answer=["adult", "none"])
    refused(desk, page, link="answer", words="Choose either “Nobody” or the answers that apply")
    assert fields_of(page)["answer"] == ["adult", "none"]


@pytest.mark.parametrize("figure", ["twelve", "-1", "1.5", "1e3", "9" * 30, "0x1f"])
def test_a_figure_that_is_not_a_whole_number_is_refused_and_kept(desk: Desk, figure: str):
    page = desk.save("2.1", answer=figure)
    refused(desk, page, link="answer", words="There is a problem")
    assert fields_of(page)["answer"] == [figure]


def test_a_figure_and_not_knowing_at_once_are_refused(desk: Desk):
    page = desk.save("2.1", answer="3", dont_know="yes")
    refused(desk, page, link="dont_know", words="not both")
    assert fields_of(page)["answer"] == ["3"]


def test_a_red_answer_without_words_is_refused_where_words_are_needed(desk: Desk):
    page = desk.save("1.1", answer="red")
    refused(desk, page, link="commentary", words="because your answer is Red")
    page = desk.save("1.2", answer="no")
    refused(desk, page, link="commentary", words="because your answer is No")
    assert desk.save("1.1", answer="green").status_code == 303


def test_a_claim_without_a_reason_is_refused(desk: Desk):
    page = desk.save("1.1", not_applicable="yes", not_applicable_reason=" ")
    refused(desk, page, link="not_applicable_reason", words="Say why this does not apply to you")


def test_a_claim_on_a_question_that_applies_to_everybody_is_refused(desk: Desk):
    page = desk.save("1.2", not_applicable="yes", not_applicable_reason="Because")
    refused(desk, page, link="answer", words="applies to everybody")


def test_a_declaration_without_a_name_leads_to_the_name(desk: Desk):
    page = desk.save("3.5", **{**COMPLETE["3.5"], "sign-0-name": ""})
    refused(desk, page, link="sign-0-name", words="Enter the name")
    assert fields_of(page)["sign-0-role"] == ["Manager"]


@pytest.mark.parametrize("question_id", ["9.9", "1", "%00", "..%2f..", "1.1'--", "x" * 300])
def test_a_question_that_is_not_in_the_questionnaire_is_not_found(desk: Desk, question_id: str):
    assert desk.question(question_id).status_code == 404
    page = desk.question("1.2")
    assert desk.send(question_id, page, {"answer": "yes"}).status_code == 404
    assert desk.answers() == {}


def test_a_question_for_another_kind_of_organisation_is_not_found(
    desk_for: Callable[[str], Desk], records: Session
):
    text = (
        "format: 1\nname: kinds\nversion: '1'\ntitle: Kinds\nreference: KND\npurpose: To see.\n"
        "asked_of: [group, childminder]\nsections:\n- id: '1'\n  title: One\n  questions:\n"
        "  - {id: '1.1', kind: yes_no, text: For all?}\n"
        "  - {id: '1.2', kind: yes_no, text: At home?, applies_to: [childminder]}\n"
    )
    desk = desk_for(text)
    assert desk.question("1.2").status_code == 404
    assert desk.send("1.2", desk.question("1.1"), {"answer": "yes"}).status_code == 404


def test_characters_that_nobody_types_are_left_out(desk: Desk):
    done = desk.save(
        "3.4", answer="In the\x00 blue\x1b folder\r\nbelow the stairs", commentary="\x00"
    )
    assert done.status_code == 303
    answer = desk.answer("3.4")
    assert answer is not None
    assert answer.value == "In the blue folder\nbelow the stairs"


def test_a_huge_form_is_refused_in_a_sentence(desk: Desk):
    page = desk.question("3.4")
    done = desk.send("3.4", page, {"answer": "x" * 3_000_000})
    assert done.status_code == 413
    assert desk.answers() == {}


def test_fields_that_are_not_on_the_form_are_passed_over(desk: Desk):
    done = desk.save(
        "1.2", answer="yes", state="validated", validated_rating="green", **{"cell-0-x": "1"}
    )
    assert done.status_code == 303
    answer = desk.answer("1.2")
    assert answer is not None
    assert (answer.value, answer.validated_rating) == ("yes", None)


def test_markup_that_is_typed_stays_words(desk: Desk):
    desk.save("3.4", answer="</textarea><script>alert(1)</script>{{ 7 * 7 }}")
    for page in (desk.question("3.4"), desk.open("/check"), desk.open("/read")):
        assert "<script>alert" not in page.text
        assert "{{ 7 * 7 }}" in page.text


def test_a_form_without_its_token_saves_nothing_and_keeps_what_was_typed(desk: Desk):
    address = desk.address("/questions/1.2")
    page = desk.browser.post(address, data={"answer": "partly", "commentary": "Long words"})
    refused(desk, page, link="save", words="open too long", status=400)
    assert fields_of(page)["commentary"] == ["Long words"]
    again = desk.send("1.2", page, {**fields_of(page)})
    assert again.status_code == 303
    assert desk.answers()["1.2"].value == "partly"


def test_a_form_without_its_token_cannot_submit(desk: Desk):
    desk.complete()
    assert desk.browser.post(desk.address("/submit"), data={"declare": "y"}).status_code == 400
    assert desk.state() == "in_progress"


def test_a_submitted_return_answered_again_is_refused_and_what_was_typed_is_shown(
    desk: Desk,
):
    desk.complete()
    page = desk.question("1.2")
    desk.browser.post(
        desk.address("/submit"),
        data={"csrf_token": fields_of(page)["csrf_token"][0], "declare": "y"},
    )
    assert desk.state() == "submitted"
    late = desk.send("1.2", page, {"answer": "partly", "commentary": "On second thoughts"})
    assert late.status_code == 409
    assert "This return is closed" in title_of(late)
    assert "Partly" in words_of(late)
    assert "On second thoughts" in words_of(late)
    assert desk.answers()["1.2"].value == "yes"
    kept = desk.question("1.2")
    assert "It is kept for you" in words_of(kept)
    assert "On second thoughts" in words_of(kept)
    desk.browser.post(
        desk.address("/questions/1.2"), data={"csrf_token": token_of(kept), "go": "discard"}
    )
    assert desk.question("1.2").location == desk.address("/read#q-1.2")


def test_another_organisations_return_is_not_found_by_reading_or_writing(
    desk: Desk, records: Session, sign_in: SignsIn
):
    token = fields_of(desk.question("1.2"))["csrf_token"][0]
    elsewhere = make_person(records, role="designated_lead")
    theirs = make_return(records)
    records.commit()
    other = sign_in(elsewhere)
    for rest in ("", "/sections/1", "/questions/1.2", "/check", "/submit", "/submitted", "/read"):
        assert other.get(desk.address(rest)).status_code == 404, rest
        assert desk.browser.get(f"/returns/{theirs.id}{rest}").status_code == 404, rest
    assert other.get(desk.address("/report.pdf")).status_code == 404
    for rest in ("/questions/1.1", "/submit"):
        posted = desk.browser.post(
            f"/returns/{theirs.id}{rest}",
            data={"csrf_token": token, "answer": "green", "declare": "y"},
        )
        assert posted.status_code == 404, rest
    assert desk.answers() == {}


def test_who_moderates_here_and_answers_elsewhere_cannot_answer_here(
    desk: Desk, records: Session, sign_in: SignsIn
):
    both = make_person(records, role="moderator", at=desk.kept().cycle.partnership)
    make_holding(records, both, role="designated_lead")
    here = Desk(sign_in(both), records, desk.return_id, both.id)
    assert here.browser.get("/moderation/").status_code == 200
    token = fields_of(desk.question("1.2"))["csrf_token"][0]
    for rest in ("/read", "/sections/1", "/questions/1.2", "/check", "/submit"):
        assert here.open(rest).status_code == 404, rest
    for rest in ("/questions/1.2", "/submit"):
        posted = here.browser.post(here.address(rest), data={"answer": "no", "csrf_token": token})
        assert posted.status_code in (400, 404), rest
    assert desk.answers() == {}


def test_a_contributor_answers_and_cannot_submit(
    desk: Desk, records: Session, organisation: Organisation, sign_in: SignsIn
):
    desk.complete()
    helper = make_person(records, role="contributor", at=organisation, name="Ben Carter")
    beside = Desk(sign_in(helper), records, desk.return_id, helper.id)
    assert beside.save("1.2", answer="partly").status_code == 303
    token = fields_of(beside.question("1.2"))["csrf_token"][0]
    assert beside.open("/submit").status_code == 404
    posted = beside.browser.post(
        beside.address("/submit"), data={"csrf_token": token, "declare": "y"}
    )
    assert posted.status_code == 404
    assert desk.state() == "in_progress"
    checked = words_of(beside.open("/check"))
    assert "these people may submit the return: Amina Shah" in checked
