"""What the board's paper says, with the same figures as its page."""

import re

from audit_app.core.lifecycle import State
from audit_app.core.summary import headline
from audit_app.core.summing_up import summarise
from audit_app.reporting.board_report import board_html, board_report
from tests.reporting.county import AREAS, SECTIONS, board_facts, county, rows
from tests.reporting.pdf_reading import opened, page_words
from tests.reporting.test_return_report import words_of


def test_the_first_sentence_is_that_of_the_boards_page():
    summary = county()

    assert headline(summary).replace("\u00a0", " ") in words_of(
        board_html(summary, about=board_facts())
    )


def test_shares_are_given_of_those_returned_and_of_those_due():
    said = words_of(board_html(county(), about=board_facts()))

    assert "80 of 120 due 66.6 %" in said
    assert "20 of 80 returned 25.0 %; 16.6 % of those due" in said


def test_who_has_not_returned_is_listed_by_name_and_state_without_a_colour():
    summary = county()
    html = board_html(summary, about=board_facts(names_childminders=True))
    table = html.partition("Organisations that have not returned")[2].partition("</table>")[0]

    for row in summary.not_returned:
        assert row.organisation in table
    assert "In progress" in table
    assert "red" not in table
    assert "square" not in table


def test_a_childminders_name_is_not_printed():
    summary = county()
    private = [r for r in (*summary.rows, *summary.not_returned) if r.kind == "Childminder"]
    html = board_html(summary, about=board_facts())

    assert private
    for row in private:
        assert f">{row.organisation}<" not in html
        assert f">{row.organisation}\u00a0" not in html
    assert re.search(r"Childminder \d+, East locality", html)


def test_childminders_are_named_for_those_who_may_read_their_returns():
    summary = county()
    private = [row for row in summary.not_returned if row.kind == "Childminder"]
    html = board_html(summary, about=board_facts(names_childminders=True))

    assert all(row.organisation in html for row in private)


def test_the_grid_has_a_letter_in_every_cell():
    html = board_html(county(), about=board_facts())
    grid = html.partition('<table class="heat-map">')[2].partition("</table>")[0]
    cells = re.findall(r'<td class="cell (\w+)">([^<]*)</td>', grid)

    assert len(cells) == 80 * 13
    letters = {"red": "R", "amber": "A", "green": "G", "not_applicable": "N/A", "none": "–"}
    assert all(letters[rating] == letter for rating, letter in cells)


def test_the_heading_of_the_grid_comes_again_on_every_page_of_it():
    pdf = opened(board_report(county(), about=board_facts()))
    words = [page_words(pdf, number) for number in range(1, len(pdf.pages) + 1)]
    first = next(n for n, said in enumerate(words) if "Organisations and sections\n" in said)
    last = next(n for n, said in enumerate(words) if "Not returned\n" in said and "Kind\n" in said)

    assert last - first >= 2
    assert all("Organisation\nAll\n2\n3\n" in said for said in words[first:last])


def test_the_board_calls_a_section_what_the_questionnaire_calls_it():
    summary = county()._replace(section_word="standard")
    said = words_of(board_html(summary, about=board_facts()))
    assert "Ratings by standard" in said
    assert "Organisations and standards" in said
    assert "Ratings by section" not in said


def test_sections_that_only_ask_for_information_are_left_out():
    said = words_of(board_html(county(), about=board_facts()))

    assert "About your setting" not in said
    assert "Transferring safeguarding records" in said


def test_before_anything_is_returned_the_report_says_so_and_rates_nobody():
    none = [
        row._replace(
            state=State.NOT_STARTED, overall=None, sections={}, areas={}, is_validated=False
        )
        for row in rows(10)
    ]
    summary = summarise(none, sections=SECTIONS, areas=AREAS)
    said = words_of(board_html(summary, about=board_facts(last_cycle=None)))

    assert "Nothing can be said yet: 0 of 10 returned" in said
    assert "Last cycle beside this one" not in said
    assert board_report(summary, about=board_facts(last_cycle=None)).startswith(b"%PDF")


def test_the_share_that_is_only_self_assessed_is_said():
    said = words_of(board_html(county(), about=board_facts()))

    assert "60 of 80 returns (75.0 %) are self-assessed and not yet validated" in said


def test_the_head_of_the_history_is_printed_where_it_is_given():
    assert "ab12cd" in board_html(county(), about=board_facts(history_head="ab12cd"))
