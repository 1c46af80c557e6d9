"""The board's cycles stand in a list, the newest first, each with its sentence."""

from tests.builders import make_cycle, make_holding, make_partnership, make_person
from tests.web.board.county import CHILDMINDERS
from tests.web.pages import words_of


def test_each_cycle_stands_with_its_sentence_and_figures_the_newest_first(board_member, county):
    words = words_of(board_member.get("/board/"))
    assert "Arrangements are mostly Amber: 4 of 6 returned" in words
    assert "4 of 6 returned (66.6&nbsp;%) 3 of 4 returned on time (75.0&nbsp;%)" in words
    assert words.count("Percentages are cut after one decimal, never rounded up.") == 1
    assert words.index("Small audit 2026") < words.index("Small audit 2025")
    assert "2 of 2 returned (100.0&nbsp;%)" in words


def test_cycles_of_other_partnerships_are_not_listed(records, sign_in, county):
    other = make_partnership(records)
    make_cycle(records, partnership=other, title="Audit elsewhere")
    person = make_person(records, role="board_member", at=county.partnership)
    make_holding(records, person, role="moderator", at=other)
    assert "Audit elsewhere" not in sign_in(person).get("/board/").text


def test_a_board_without_a_cycle_is_told_so(records, sign_in):
    words = words_of(sign_in(make_person(records, role="board_member")).get("/board/"))
    assert "There is no cycle yet." in words


def test_a_cycle_in_which_nothing_is_due_claims_nothing(records, sign_in):
    partnership = make_partnership(records)
    make_cycle(records, partnership=partnership)
    member = sign_in(make_person(records, role="board_member", at=partnership))
    words = words_of(member.get("/board/"))
    assert "Nothing is due in this cycle yet." in words
    assert "0 of 0" not in words


def test_the_list_holds_no_name_of_a_home(board_member):
    text = board_member.get("/board/").text
    assert not any(name in text for name in CHILDMINDERS)
