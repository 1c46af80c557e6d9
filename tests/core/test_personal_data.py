"""What the personal data guard points out, and what it leaves alone."""

from itertools import accumulate
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from audit_app.core.nhs_numbers import SPELLINGS, is_nhs_number
from audit_app.core.personal_data import RULES, Kind, marks_in, pointed_out
from audit_app.services.demonstration import sentences

QUESTIONNAIRES = Path(__file__).parents[2] / "questionnaires"

FOUND = [
    ("Her NHS number is 943 476 5919.", Kind.NHS_NUMBER, "943 476 5919"),
    ("NHS:943-476-5919", Kind.NHS_NUMBER, "943-476-5919"),
    ("seen in 2026 943 476 5919 twice", Kind.NHS_NUMBER, "943 476 5919"),
    ("they live at NR1 3DH", Kind.POSTCODE, "NR1 3DH"),
    ("they live at nr13dh now", Kind.POSTCODE, "nr13dh"),
    ("near SW1A 1AA.", Kind.POSTCODE, "SW1A 1AA"),
    ("mum is on 07700 900123", Kind.TELEPHONE, "07700 900123"),
    ("ring (01603) 223344", Kind.TELEPHONE, "(01603) 223344"),
    ("ring +44 7700 900123", Kind.TELEPHONE, "+44 7700 900123"),
    ("ring 020 7946 0018", Kind.TELEPHONE, "020 7946 0018"),
    ("write to jo.plumtree@post.example", Kind.EMAIL, "jo.plumtree@post.example"),
    ("Ella Brown, DOB 3/3/2021", Kind.DATE_OF_BIRTH, "Ella Brown, DOB 3/3/2021"),
    ("Ella Brown (03/03/2021)", Kind.DATE_OF_BIRTH, "Ella Brown (03/03/2021"),
    ("Jo A O’Neill-Smith 03.03.2021", Kind.DATE_OF_BIRTH, "Jo A O’Neill-Smith 03.03.2021"),
    ("Tommy was born on 3rd March 2021", Kind.DATE_OF_BIRTH, "Tommy was born on 3rd March 2021"),
    ("EB, date of birth: 2021-03-03", Kind.DATE_OF_BIRTH, "date of birth: 2021-03-03"),
    ("a boy, 03-03-21 (dob)", Kind.DATE_OF_BIRTH, "03-03-21 (dob"),
]

LEFT_ALONE = [
    "We follow Working Together 2026 and Keeping Children Safe in Education (1 September 2025).",
    "Safeguarding and Child Protection Policy (03/09/2025), reviewed by the committee.",
    "Our URN is EY123456; the school’s is 2500123 and the trust’s UKPRN 10012345.",
    "Ofsted inspected us on 12 June 2024. Quality of Education 12 June 2024: Good.",
    "Reference S11-2026-0042; DBS certificate 001234567890, checked 04/05/2025.",
    "We ring Childline on 0800 1111, the NSPCC on 0808 800 5000 or the police on 101.",
    "The front door is 0344 800 8020; write to lado@county.example or office@nursery.example.",
    "19 of 20 staff (95.0 %), 12/03/2025 10 children, 01.02.2025 12 children, 2024-2025.",
    "What is left: 3.5 4.3 4.4 6.1 6.3 7.3 7.4 8.1 9.1 9.6",
    "This is our s11 2nd return; s16LA of the Act; level 3 2hr course; EYFS 3.24-3.27.",
    "ISBN 0-306-40615-2 is on the shelf.",
    "Level 3 training 3 May 2024, Norfolk Safeguarding Children Partnership 4 May 2024.",
    "Red for 3.4, Amber for 5.1-5.3; 1,234,567 pages; £12.50 for 4 at 09:30-12:15.",
]


@pytest.mark.parametrize(("text", "kind", "part"), FOUND, ids=[one[2] for one in FOUND])
def test_personal_data_is_pointed_out_by_its_kind_and_part(text, kind, part):
    assert [(one.kind, one.part) for one in pointed_out(text)] == [(kind, part)]
    assert text[pointed_out(text)[0].where :].startswith(part)


@pytest.mark.parametrize("text", LEFT_ALONE)
def test_what_people_of_this_field_write_is_left_alone(text):
    assert pointed_out(text) == ()


@pytest.mark.parametrize(
    "path",
    sorted(QUESTIONNAIRES.rglob("*.yaml")),
    ids=lambda path: f"{path.parent.name}-{path.stem}",
)
def test_nothing_in_the_words_of_the_questionnaires_and_reviews_is_pointed_out(path):
    assert pointed_out(path.read_text(encoding="utf-8")) == ()


def test_nothing_in_the_comments_of_the_demonstration_is_pointed_out():
    said = [text for texts in sentences.COMMENTS.values() for text in texts]
    said += [*sentences.TEXTS, *(text for texts in sentences.CELLS.values() for text in texts)]
    assert not marks_in(said)


def test_several_are_given_in_the_order_of_where_they_stand():
    text = "NR1 3DH, 943 476 5919, jo.plumtree@post.example"
    kinds = [one.kind for one in pointed_out(text)]
    assert kinds == [Kind.POSTCODE, Kind.NHS_NUMBER, Kind.EMAIL]


def test_what_an_organisation_says_of_itself_is_no_secret():
    own = ("NR1 3DH", "01603 223344")
    assert pointed_out("We are at nr13dh; ring (01603) 223344.", own=own) == ()
    assert [one.part for one in pointed_out("They are at NR2 4AB.", own=own)] == ["NR2 4AB"]


def test_a_part_has_one_mark_in_every_spelling_and_the_mark_does_not_say_it():
    spaced, plain = pointed_out("943 476 5919")[0], pointed_out("9434765919")[0]
    assert spaced.mark == plain.mark
    assert "943" not in spaced.mark or len(spaced.mark) == 16
    assert pointed_out("NR1 3DH")[0].mark != spaced.mark


def test_every_kind_has_words_and_asks_a_question():
    assert set(RULES) == set(Kind)
    assert all(rule.words and rule.question.endswith("?") for rule in RULES.values())


@pytest.mark.parametrize(
    ("digits", "valid"),
    [("9434765919", True), ("9434765918", False), ("4505577104", True), ("943476591", False)],
)
def test_an_nhs_number_ends_in_its_check_digit(digits, valid):
    assert is_nhs_number(digits) is valid


nine = st.text("0123456789", min_size=9, max_size=9)
between = st.sampled_from([" ", "-", " - ", ".", "\u00a0", "\u2011", "–"])
around = st.sampled_from(["", " ", "NHS ", "no:", "(", "\n", "child ", "2026, "])


def with_check_digit(first: str) -> str | None:
    return next((first + last for last in "0123456789" if is_nhs_number(first + last)), None)


@given(nine.map(with_check_digit).filter(bool), st.sampled_from(sorted(SPELLINGS)), between, around)
def test_a_valid_nhs_number_is_found_in_any_of_its_spellings(number, sizes, gap, before):
    ends = list(accumulate(sizes))
    spelled = gap.join(number[end - size : end] for size, end in zip(sizes, ends, strict=True))
    found = pointed_out(f"{before}{spelled} was seen")
    assert [one.part for one in found] == [spelled]
    assert found[0].kind is Kind.NHS_NUMBER


@given(st.text("019 .-/()+@aAbrnNR’dob:\n", max_size=300))
def test_what_is_pointed_out_stands_where_it_is_said_to_and_never_twice(text):
    found = pointed_out(text)
    ends = 0
    for one in found:
        assert text[one.where : one.where + len(one.part)] == one.part
        assert one.where >= ends
        ends = one.where + len(one.part)


@pytest.mark.parametrize(
    "piece", ["1", "1 ", "a@", "Aa ", "01 ", "Ab 1/1/11 ", "nr1 3dh ", "9434765919 ", "(0", "a.b@"]
)
def test_a_long_text_takes_no_more_than_its_length(piece):
    """A pattern that runs away would never come back from a text of this length."""
    text = (piece * 200_000)[:200_000]
    assert len(pointed_out(text)) <= len(text)
