"""Whether one row is read as the registers mean it, and refused in words where it cannot be."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from audit_app.core.register.cells import Silence, clean, read_date, read_words, said
from audit_app.core.register.kinds import OutOfScope, Wider
from audit_app.core.register.layouts import Field, Layout
from audit_app.core.register.problems import ValueRefused
from audit_app.core.register.reading_rows import Row, read_row
from audit_app.core.register.urns import read_urn

USUAL = Wider()
NURSERY = "Childcare on non-domestic premises"


def read(*, wider: Wider = USUAL, layout: Layout = Layout.OFSTED, **cells: str) -> Row:
    given = {
        "urn": "EY900001",
        "name": "Goslings",
        "provider_type": NURSERY,
        "provider_subtype": "Full day care",
        "provider_status": "Active",
        "registers_held": "ALL",
        **cells,
    }
    return read_row({Field(name): text for name, text in given.items()}, layout=layout, wider=wider)


@pytest.mark.parametrize(
    ("provider_type", "subtype", "kind"),
    [
        (NURSERY, "Full day care", "group"),
        (NURSERY, "Sessional day care", "group"),
        (NURSERY, "Out-of-school day care", "out_of_school"),
        ("Childcare on domestic premises", "", "group"),
        ("Childminder", "", "childminder"),
        ("Childminder", "Out-of-school day care", "childminder"),
        ("Childminder", "Home childcarer", "childminder"),
    ],
)
def test_type_and_subtype_decide_the_kind(provider_type: str, subtype: str, kind: str):
    assert read(provider_type=provider_type, provider_subtype=subtype).facts["kind"] == kind


def test_a_home_childcarer_is_out_of_scope_unless_included():
    with pytest.raises(OutOfScope, match="Home childcarers"):
        read(provider_type="Home childcarer")
    wider = Wider(home_childcarers=True)
    assert read(provider_type="Home childcarer", wider=wider).facts["kind"] == "childminder"


def test_who_is_on_the_childcare_register_only_is_out_of_scope_unless_included():
    with pytest.raises(OutOfScope, match="Early Years Register"):
        read(registers_held="CCR-VCR")
    assert read(registers_held="CCR-VCR", wider=Wider(other_registers=True)).urn == "EY900001"


def test_the_flag_is_believed_before_the_registers():
    with pytest.raises(OutOfScope):
        read(early_years="N", registers_held="ALL")


@pytest.mark.parametrize("urn", ["EY123456", "2512345", "123456", " ey123456 ", "123456.0"])
def test_a_urn_of_each_shape_is_kept_as_text(urn: str):
    assert read_urn(urn, Layout.OFSTED) == urn.strip().upper().removesuffix(".0")


@pytest.mark.parametrize(
    ("urn", "reason"),
    [("CA000006", "agency"), ("2.5E+06", "rounded"), ("12345", "shape"), ("EY12345X", "shape")],
)
def test_another_urn_is_refused_with_words(urn: str, reason: str):
    with pytest.raises(ValueRefused, match=reason):
        read_urn(urn, Layout.OFSTED)


def test_blank_a_dash_and_withheld_are_three_different_silences():
    assert [said(word) for word in ("", "-", "REDACTED")] == list(Silence)


def test_a_blank_is_not_spoken_of_and_a_dash_says_there_is_none():
    facts = read(telephone="-", town="", postcode="REDACTED").facts
    assert facts["telephone"] is None
    assert "town" not in facts
    assert "postcode" not in facts


def test_a_windows_dash_becomes_an_en_dash():
    assert clean("Little Tots \x96 North\xa0 ") == "Little Tots – North"


@pytest.mark.parametrize("text", ["31/08/2021", "31-08-2021", "2021-08-31", "2021-08-31 00:00:00"])
def test_a_date_is_read_with_the_day_before_the_month(text: str):
    assert read_date(Field.OPENED_ON, text) == "2021-08-31"


@pytest.mark.parametrize(
    "text", ["08/31/2021", "31/02/2021", "31/08/21", "yesterday", "٣١/٠٨/٢٠٢١"]
)
def test_what_is_no_date_is_refused(text: str):
    with pytest.raises(ValueRefused):
        read_date(Field.OPENED_ON, text)


@pytest.mark.parametrize("text", ["=1+1", "@SUM(A1)", "+SUM(A1)", "-A1*2", '=HYPERLINK("x")'])
def test_a_formula_is_refused_where_it_matters(text: str):
    with pytest.raises(ValueRefused, match="formula"):
        read_words(Field.NAME, text)


@pytest.mark.parametrize("text", ["+44 1632 960001", "@Home Club", "- Little Stars", "A = B"])
def test_words_that_only_look_a_little_like_a_formula_are_kept(text: str):
    assert read_words(Field.NAME, text) == text


def test_a_childminders_address_is_not_kept():
    facts = read(
        layout=Layout.OWN, kind="Childminder", address_line_1="1 Home Lane", postcode="ZZ1 1ZZ"
    ).facts
    assert "address_line_1" not in facts
    assert "postcode" not in facts


def test_a_closed_school_closes():
    row = read(
        layout=Layout.GIAS,
        urn="990001",
        provider_status="Closed",
        nursery="Has Nursery Classes",
        closed_on="31-08-2020",
    )
    assert row.closes
    assert row.facts["closed_on"] == "2020-08-31"


def test_a_school_without_a_nursery_is_out_of_scope():
    with pytest.raises(OutOfScope, match="without nursery classes"):
        read(layout=Layout.GIAS, urn="990001", provider_status="Open", nursery="Not applicable")


def test_a_group_with_a_name_alone_is_refused():
    with pytest.raises(ValueRefused, match="two groups one"):
        read(layout=Layout.OWN, kind="police", group_name="A Group")


@given(st.text(st.sampled_from("ab  \t\n\x00\x7f\x96\xa0é\ufeff–"), max_size=8))
def test_a_clean_cell_has_single_spaces_and_no_sign_that_cannot_be_printed(text: str):
    found = clean(text)
    assert found == found.strip()
    assert "  " not in found
    assert found.isprintable()
    kept = [sign for sign in found if sign != " "]
    written = text.replace("\x96", "–").replace("\ufeff", "").replace("\xa0", " ")
    assert kept == [sign for sign in written if sign.isprintable() and sign != " "]
