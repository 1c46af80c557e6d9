"""Tables: fixed rows, and rows that are added and taken out without a script."""

from tests.web.pages import title_of, words_of
from tests.web.returns.desk import COMPLETE, Desk
from tests.web.returns.filled_in import fields_of


def test_a_row_is_added_and_everything_typed_stays(desk: Desk):
    page = desk.save(
        "3.3", **{"cell-0-full_name": "Amina", "cell-0-trained_on-day": "31"}, go="add_row"
    )
    assert page.status_code == 200
    assert "Person 2" in words_of(page)
    assert fields_of(page)["cell-0-full_name"] == ["Amina"]
    assert fields_of(page)["cell-0-trained_on-day"] == ["31"]
    assert not title_of(page).startswith("Error")
    assert desk.answers() == {}


def test_a_row_is_taken_out_and_the_others_stay(desk: Desk):
    names = {"cell-0-full_name": "Amina", "cell-1-full_name": "Ben", "cell-2-full_name": "Cara"}
    page = desk.save("3.3", **names, commentary="Three", go="remove_row-1")
    assert page.status_code == 200
    assert fields_of(page)["cell-0-full_name"] == ["Amina"]
    assert fields_of(page)["cell-1-full_name"] == ["Cara"]
    assert fields_of(page)["commentary"] == ["Three"]
    assert "cell-2-full_name" not in page.text


def test_the_last_row_is_emptied_and_never_missing(desk: Desk):
    page = desk.save("3.3", **{"cell-0-full_name": "Amina"}, go="remove_row-0")
    assert 'name="cell-0-full_name"' in page.text
    assert "cell-0-full_name" not in fields_of(page)


def test_a_row_that_is_not_there_cannot_be_taken_out(desk: Desk):
    for row in ("7", "-1", "x", "²"):
        page = desk.save("3.3", **{"cell-0-full_name": "Amina"}, go=f"remove_row-{row}")
        assert page.status_code == 200
        assert fields_of(page)["cell-0-full_name"] == ["Amina"]


def test_21_rows_are_refused_with_the_limit_and_kept_on_the_page(desk: Desk):
    rows: dict[str, str] = {}
    for number in range(21):
        for name, value in COMPLETE["3.3"].items():
            rows[name.replace("-0-", f"-{number}-")] = value
    page = desk.save("3.3", **rows)
    assert page.status_code == 422
    assert "Fill in at most 20: 21 given" in words_of(page)
    assert 'href="#cell-0-full_name"' in page.text
    assert {name: fields_of(page).get(name) for name in rows} == {n: [v] for n, v in rows.items()}
    assert desk.answers() == {}


def test_no_more_rows_are_offered_than_the_table_takes(desk: Desk):
    rows = {f"cell-{number}-full_name": "Amina" for number in range(20)}
    page = desk.save("3.3", **rows, go="remove_row-99")
    assert "Add another person" not in words_of(page)
    pressed = desk.save("3.3", **rows, go="add_row")
    assert pressed.status_code == 422
    assert "There is room for 20 at most" in words_of(pressed)


def test_empty_rows_are_left_out_when_the_table_is_saved(desk: Desk):
    rows = {name.replace("-0-", "-3-"): value for name, value in COMPLETE["3.3"].items()}
    assert desk.save("3.3", **rows, **{"cell-0-full_name": " "}).status_code == 303
    assert [row["role"] for row in desk.answers()["3.3"].value or []] == ["lead"]


def test_a_cell_at_fault_is_named_by_row_and_column(desk: Desk):
    page = desk.save("3.3", **{**COMPLETE["3.3"], "cell-0-role": ""})
    assert page.status_code == 422
    assert "Person 1, role: choose one" in words_of(page)
    assert "Error: Choose one" in words_of(page)
    assert 'href="#cell-0-role"' in page.text


def test_a_cell_at_fault_below_an_empty_row_is_named_where_it_is_shown(desk: Desk):
    rows = {name.replace("-0-", "-2-"): value for name, value in COMPLETE["3.3"].items()}
    page = desk.save("3.3", **{**rows, "cell-0-full_name": " ", "cell-2-role": ""})
    assert 'href="#cell-0-role"' in page.text
    assert fields_of(page)["cell-0-full_name"] == ["Amina Shah"]


def test_a_date_in_a_cell_leads_to_its_part(desk: Desk):
    page = desk.save("3.3", **{**COMPLETE["3.3"], "cell-0-trained_on-month": ""})
    assert 'href="#cell-0-trained_on-month"' in page.text
    assert 'id="cell-0-trained_on-month"' in page.text


def test_a_cell_that_is_more_than_its_limit_is_refused(desk: Desk):
    page = desk.save("3.2", **{**COMPLETE["3.2"], "cell-under_2-helped": "7"})
    assert page.status_code == 422
    assert 'href="#cell-under_2-helped"' in page.text
    assert fields_of(page)["cell-under_2-helped"] == ["7"]


def test_an_option_that_is_not_in_the_column_is_refused(desk: Desk):
    page = desk.save("3.3", **{**COMPLETE["3.3"], "cell-0-role": "king"})
    assert page.status_code == 422
    assert desk.answers() == {}
