"""Submitting: once, when everything is answered, by whoever may, and with a reference."""

from tests.web.pages import send, title_of, words_of
from tests.web.returns.desk import COMPLETE, Desk


def submit(desk: Desk, **fields: str) -> str:
    """Submit with the declaration ticked, and give the address that follows."""
    done = send(desk.browser, desk.address("/submit"), {"declare": "y", **fields})
    return done.location or ""


def test_a_complete_return_is_submitted_and_gets_its_reference(desk: Desk):
    desk.complete()
    assert submit(desk) == desk.address("/submitted")
    page = desk.open("/submitted")
    assert "Return submitted Your reference EVK-2026-0001" in words_of(page)
    assert "What happens next" in words_of(page)
    assert 'href="/returns/reference/EVK-2026-0001/version-1.pdf"' in page.text
    assert desk.state() == "submitted"


def test_a_second_post_lands_on_the_confirmation_and_changes_nothing(desk: Desk):
    desk.complete()
    page = desk.open("/submit")
    token = page.text.split('name="csrf_token" value="')[1].split('"')[0]
    given = {"csrf_token": token, "declare": "y"}
    first = desk.browser.post(desk.address("/submit"), data=given)
    second = desk.browser.post(desk.address("/submit"), data=given)
    assert first.location == second.location == desk.address("/submitted")
    assert "EVK-2026-0001" in words_of(desk.open("/submitted"))
    assert desk.open("/submit").location == desk.address("/submitted")


def test_without_the_declaration_nothing_is_submitted(desk: Desk):
    desk.complete()
    page = send(desk.browser, desk.address("/submit"), {})
    assert page.status_code == 422
    assert title_of(page).startswith("Error: Submit your return")
    assert 'href="#declare"' in page.text
    assert 'id="declare"' in page.text
    assert desk.state() == "in_progress"


def test_with_questions_open_nothing_is_submitted_and_each_is_a_link(desk: Desk):
    desk.complete()
    ready = desk.open("/submit")
    token = ready.text.split('name="csrf_token" value="')[1].split('"')[0]
    desk.save("1.2", answer="yes", go="clear")
    page = desk.browser.post(desk.address("/submit"), data={"csrf_token": token, "declare": "y"})
    assert page.status_code == 422
    assert "1.2 Is the policy read by everybody?" in words_of(page)
    assert f'href="{desk.address("/questions/1.2?then=check")}"' in page.text
    assert desk.state() == "in_progress"


def test_the_page_before_submitting_lists_what_is_open(desk: Desk):
    desk.save("1.1", answer="green")
    page = desk.open("/submit")
    assert "These questions must still be answered" in words_of(page)
    assert "Submit</button>" not in page.text


def test_a_return_that_nobody_began_cannot_be_submitted(desk: Desk):
    token = desk.question("1.1").text.split('name="csrf_token" value="')[1].split('"')[0]
    page = desk.browser.post(desk.address("/submit"), data={"csrf_token": token, "declare": "y"})
    assert page.status_code in (303, 422)
    assert desk.state() == "not_started"


def test_the_confirmation_is_not_there_before(desk: Desk):
    assert desk.open("/submitted").location == desk.address()


def test_check_your_answers_shows_every_answer_with_a_way_to_change_it(desk: Desk):
    desk.complete()
    page = desk.open("/check")
    words = words_of(page)
    for said in ("4 of 5", "95 %", "1 September 2026", "Every month", "Nobody", "12 concerns"):
        assert said in words, said
    for question_id in COMPLETE:
        assert f'href="{desk.address(f"/questions/{question_id}?then=check")}"' in page.text
    assert "Go on to submit" in words


def test_check_your_answers_says_what_is_still_open(desk: Desk):
    desk.save("1.1", answer="green")
    words = words_of(desk.open("/check"))
    assert "Still to be answered" in words
    assert "13 questions must still be answered" in words
    assert "Go on to submit" not in words


def test_a_figure_that_no_longer_fits_is_pointed_out_and_holds_the_return_back(desk: Desk):
    desk.complete()
    desk.save("2.2", x="3", y="5")
    words = words_of(desk.open("/check"))
    assert "Answers that no longer fit together" in words
    assert "4 is more than the 3 it is out of" in words
    assert "Look again" in words_of(desk.open("/sections/2"))
    assert "2.3 How many receipts came back?" in words_of(desk.open("/submit"))


def test_a_section_has_no_band_while_the_return_is_a_draft(desk: Desk):
    desk.complete()
    for page in (desk.open("/check"), desk.open("/read"), desk.open()):
        assert "app-rag--green" not in page.text
        assert "app-rag--amber" not in page.text
