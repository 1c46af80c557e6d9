"""The quick loops of the YAML reader read, place and refuse exactly as the reader's own do."""

from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from ruamel.yaml.parser import Parser
from ruamel.yaml.reader import Reader
from ruamel.yaml.scanner import Scanner

from audit_app.core import marked
from audit_app.core.marked import read_yaml
from audit_app.core.problems import CannotBeRead
from tests.core.shipped import FOLDER

FILES = sorted(FOLDER.rglob("*.yaml"))
A_FILE = "two_sections_and_a_priority_area.yaml"
A_FILE = "two_sections_and_a_priority_area.yaml"
TINY = (FOLDER.parent / "tests" / "questionnaires" / A_FILE).read_text()
PIECES = st.sampled_from(
    [
        "word", "two words", "a: b", "- item", "  ", "\n", "\n  ", "# said", "'quoted text'",
        '"', "[one, two words, 3]", "{a: b c}", "[", "}", "?", "key words: value words here\n",
        ">-\n  folded words\n  and more\n", "|", "&a", "*a", "!t", "\t", "it's here: so",
        "words: with: two", "é ’ “", "\ufeff", "\u2028", "---", "...", "%", "@", "1.5", "null",
    ]
)  # fmt: skip


def read(text: str) -> Any:
    try:
        return read_yaml(text, name="it")
    except CannotBeRead as error:
        return error.problems


def read_slowly(text: str) -> Any:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(marked, "QuickReader", Reader)
        patch.setattr(marked, "QuickScanner", Scanner)
        patch.setattr(marked, "QuickParser", Parser)
        return read(text)


def test_there_are_files_to_read():
    assert len(FILES) > 5


@pytest.mark.parametrize("file", FILES, ids=lambda file: f"{file.parent.name}-{file.stem}")
def test_what_is_shipped_is_read_the_same(file: Path):
    text = file.read_text()
    assert read(text) == read_slowly(text)


@given(st.lists(PIECES, max_size=14).map("".join))
def test_any_text_is_read_or_refused_the_same(text: str):
    assert read(text) == read_slowly(text)


@given(st.integers(0, len(TINY)), PIECES, st.integers(0, 8))
def test_a_questionnaire_with_a_slip_of_the_pen_is_refused_at_the_same_place(
    place: int, piece: str, lost: int
):
    text = TINY[:place] + piece + TINY[place + lost :]
    assert read(text) == read_slowly(text)
