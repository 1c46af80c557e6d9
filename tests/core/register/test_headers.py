"""Whether the header is found wherever it stands and however it is spelt."""

import pytest

from audit_app.core.register.headers import Columns, find_columns
from audit_app.core.register.layouts import Field, Layout
from audit_app.core.register.problems import ColumnsMissing, RegisterCannotBeRead

HEADER = [
    "Web link",
    "Provider URN",
    "Provider type",
    "Provider subtype",
    "Provider Early Years Register Flag",
    "Registered_Person_Name",
    "Provider name",
]


def find(*rows: list[str], by_hand: dict[str, str] | None = None) -> Columns:
    numbered = list(enumerate(rows, start=1))
    return find_columns(numbered, layout=None, by_hand={Layout.OFSTED: by_hand or {}})


def test_titles_above_the_header_are_passed_over():
    assert find(["As at 31 March 2026"], ["", "Notes"], HEADER).row == 3


@pytest.mark.parametrize(
    "spelt", ["Registered_Person_Name", "Registered Person Name", "registered person name"]
)
def test_a_header_is_known_in_every_spelling_it_was_met_in(spelt: str):
    header = [spelt if word == HEADER[5] else word for word in HEADER]
    assert find(header).places[Field.GROUP_NAME] == 5


def test_case_does_not_matter():
    assert find([word.upper() for word in HEADER]).layout is Layout.OFSTED


def test_a_column_that_is_missing_is_named_with_those_that_could_be_it():
    header = [word if word != "Provider type" else "Sort of provider" for word in HEADER]
    with pytest.raises(ColumnsMissing, match="Provider type") as missing:
        find(header)
    assert missing.value.missing == (Field.PROVIDER_TYPE,)
    assert "Sort of provider" in missing.value.headers


def test_a_column_can_be_mapped_by_hand():
    header = [word if word != "Provider type" else "Sort of provider" for word in HEADER]
    found = find(header, by_hand={"Sort of provider": "provider_type"})
    assert found.places[Field.PROVIDER_TYPE] == 2


def test_the_list_of_agencies_is_told_apart():
    header = ["Provider URN", "Provider type", "Provider name", "Individual register combinations"]
    with pytest.raises(RegisterCannotBeRead, match="agencies"):
        find(header, ["CA000006", "Childminder agency", "Invented", "EYR, CCR, VCR"])


def test_a_file_about_something_else_is_refused():
    with pytest.raises(RegisterCannotBeRead, match="looks like the header"):
        find(["Apples", "Pears"], ["1", "2"])
