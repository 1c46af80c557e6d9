"""Words that may name a child are asked about before they are saved, and nothing is lost."""

import re
from typing import Any

from sqlalchemy import select
from werkzeug.test import TestResponse

from audit_app.storage.models import Evidence, GuardCount
from tests.web.pages import token_of, words_of
from tests.web.returns.desk import Desk
from tests.web.returns.files import PDF, form

WORDS = "We rang the GP of 943 476 5919 twice."
KEPT = re.compile(r'name="kept" value="([0-9a-f ]+)"')


def marks(page) -> str:
    found = KEPT.search(page.text)
    assert found is not None
    return found[1]


def counted(desk: Desk) -> dict[str, tuple[int, int]]:
    desk.records.expire_all()
    found = {one.kind: (one.shown, one.kept) for one in desk.records.scalars(select(GuardCount))}
    desk.records.rollback()
    return found


def test_an_nhs_number_is_pointed_out_before_anything_is_saved(desk: Desk):
    page = desk.save("1.1", answer="green", commentary=WORDS)
    assert page.status_code == 422
    assert "<title>Error: " in page.text
    assert '<a href="#commentary">“943 476 5919”. This looks like an NHS number' in page.text
    assert WORDS in page.text
    assert "Save it as it is" in page.text
    assert desk.answer("1.1") is None
    assert counted(desk) == {"nhs_number": (1, 0)}


def test_it_is_saved_as_it_is_once_somebody_says_so(desk: Desk):
    asked = desk.save("1.1", answer="green", commentary=WORDS)
    keep = marks(asked)
    saved = desk.send("1.1", asked, {"answer": "green", "commentary": WORDS, "kept": keep})
    assert saved.status_code == 303
    answer = desk.answer("1.1")
    assert answer is not None
    assert answer.commentary == WORDS
    assert counted(desk) == {"nhs_number": (1, 1)}


def test_it_is_saved_when_it_was_taken_out_instead(desk: Desk):
    asked = desk.save("1.1", answer="green", commentary=WORDS)
    fields = {"answer": "green", "commentary": "We rang the GP.", "pointed_out": marks(asked)}
    assert desk.send("1.1", asked, fields).status_code == 303
    assert counted(desk) == {"nhs_number": (1, 0)}


def test_what_was_said_to_stay_is_not_asked_about_at_the_next_save(desk: Desk):
    asked = desk.save("1.1", answer="green", commentary=WORDS)
    desk.send("1.1", asked, {"answer": "green", "commentary": WORDS, "kept": marks(asked)})
    assert desk.save("1.1", answer="amber", commentary=WORDS + " And again.").status_code == 303


def test_saying_that_one_part_may_stay_does_not_let_a_new_one_through(desk: Desk):
    asked = desk.save("1.1", answer="green", commentary=WORDS)
    more = WORDS + " They live at NR1 3DH."
    page = desk.send("1.1", asked, {"answer": "green", "commentary": more, "kept": marks(asked)})
    assert page.status_code == 422
    assert "“NR1 3DH”" in page.text
    assert "“943 476 5919”" not in page.text
    # The button now lets both through: nobody goes round in a circle.
    both = {"answer": "green", "commentary": more, "kept": marks(page)}
    assert desk.send("1.1", page, both).status_code == 303


def test_marks_that_are_none_are_passed_over(desk: Desk):
    page = desk.save("1.1", answer="green", commentary=WORDS, kept="all yes <b> ' OR 1=1")
    assert page.status_code == 422


def test_the_answer_of_a_text_question_and_the_cells_of_a_table_are_read_too(desk: Desk):
    page = desk.save("3.4", answer="Ask jo.plumtree@post.example")
    assert '<a href="#answer">' in page.text
    page = desk.save(
        "3.3", **{"cell-0-full_name": "Ella Brown (03/03/2021)", "cell-0-role": "lead"}
    )
    assert page.status_code == 422


def test_the_own_telephone_number_of_a_setting_is_no_secret(desk: Desk):
    desk.kept().organisation.telephone = "01603 223344"
    desk.records.commit()
    assert desk.save("1.1", answer="green", commentary="Ring 01603 223344.").status_code == 303


def test_what_is_typed_in_a_table_is_asked_about_at_its_cell(desk: Desk):
    page = desk.save(
        "3.3",
        **{
            "cell-0-full_name": "Ella Brown, DOB 3/3/2021",
            "cell-0-role": "lead",
            "cell-0-trained_on-day": "10",
            "cell-0-trained_on-month": "1",
            "cell-0-trained_on-year": "2026",
        },
    )
    assert 'href="#cell-0-full_name">“Ella Brown, DOB 3/3/2021”' in page.text


def sent(desk: Desk, rest: str, page: str, **fields: Any) -> TestResponse:
    given = {"csrf_token": token_of(desk.browser.get(page)), **fields}
    return desk.browser.post(rest, data=given)


def titles(desk: Desk) -> list[str]:
    desk.records.rollback()
    found = list(desk.records.scalars(select(Evidence.title).order_by(Evidence.created_at)))
    desk.records.rollback()
    return found


def test_the_title_of_evidence_is_asked_about_kept_and_counted(desk: Desk):
    page = desk.address("/questions/1.1/evidence")
    typed = {"title": "Letter of 943 476 5919", "where": "Blue folder"}
    asked = sent(desk, f"{page}/cite", page, **typed)
    assert asked.status_code == 422
    assert '<a href="#cite-title">“943 476 5919”. This looks like an NHS number' in asked.text
    assert 'value="Letter of 943 476 5919"' in asked.text
    assert titles(desk) == []
    assert counted(desk) == {"nhs_number": (1, 0)}
    saved = sent(desk, f"{page}/cite", page, **typed, kept=marks(asked), pointed_out=marks(asked))
    assert saved.status_code == 303
    assert counted(desk) == {"nhs_number": (1, 1)}
    item = desk.records.scalars(select(Evidence.id)).one()
    desk.records.rollback()
    at = f"/returns/evidence/{item}"
    again = sent(desk, f"{at}/change", at, title="Letter of 943 476 5919, signed", where="Box")
    assert again.status_code == 303
    other = sent(desk, f"{at}/change", at, title="Letter", where="Folder of 401 023 2137")
    assert other.status_code == 422
    assert '<a href="#change-where">“401 023 2137”' in other.text


def test_the_name_of_a_file_is_asked_about_before_the_file_is_kept(desk: Desk):
    page = desk.address("/questions/1.1/evidence")
    token = token_of(desk.browser.get(page))
    file = ("Report 943 476 5919.pdf", PDF)
    asked = desk.browser.post(page, data=form(file, token=token))
    assert asked.status_code == 422
    assert '<a href="#upload-files">“943 476 5919”' in asked.text
    assert "Choose the files again first." in words_of(asked)
    assert titles(desk) == []
    kept = desk.browser.post(page, data=form(file, token=token, kept=marks(asked)))
    assert kept.status_code == 303
    assert titles(desk) == ["Report 943 476 5919"]
