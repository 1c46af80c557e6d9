"""A section is named by its number, and one without by its title and never by an id in words."""

import pytest

from audit_app.core.section_names import number_of, numbered, question_called, section_called


@pytest.mark.parametrize("section_id", ["6", "4.1", "K", "12.3"])
def test_a_short_id_is_a_number(section_id: str):
    assert number_of(section_id) == section_id
    assert numbered(section_id, "Training") == f"{section_id}. Training"
    assert section_called("section", section_id, "Training") == f"section {section_id}"


@pytest.mark.parametrize("section_id", ["about", "case-ae.rec-3"])
def test_an_id_in_words_is_shown_to_nobody(section_id: str):
    assert number_of(section_id) == ""
    assert numbered(section_id, "About you") == "About you"
    assert section_called("Section", section_id, "About you") == "About you"


def test_a_question_with_an_id_in_words_is_called_as_its_section_begins():
    title = "Case AE, recommendation 4: Safeguarding for adolescents"
    assert question_called("case-ae.rec-4.rating", title) == "“Case AE, recommendation 4”"
    assert question_called("11.2", title) == "11.2"
