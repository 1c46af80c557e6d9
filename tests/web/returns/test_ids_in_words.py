"""No page of a return shows a section by an id in words: its title says the same."""

from collections.abc import Callable

import pytest

from tests.builders import CONSULTATIONS
from tests.web.pages import title_of, words_of
from tests.web.returns.desk import Desk

ID, TITLE = "advice-given", "The advice"
TEXT = CONSULTATIONS.replace('- id: "1"\n', f"- id: {ID}\n").replace(
    "unit: consultation\nasked_of: [local_authority, nhs, police, other]\n", "asked_of: [group]\n"
)


@pytest.mark.parametrize(
    "place",
    [
        "",
        f"/sections/{ID}",
        f"/sections/{ID}/give",
        "/questions/1.1",
        "/check",
        "/read",
        "/rating-so-far",
    ],
)
def test_a_section_with_an_id_in_words_is_named_by_its_title(
    desk_for: Callable[[str], Desk], place: str
):
    page = desk_for(TEXT).open(place)
    assert page.status_code == 200
    assert TITLE in words_of(page)
    assert ID not in words_of(page)
    assert ID not in title_of(page)
