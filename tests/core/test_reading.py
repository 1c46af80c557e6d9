"""A questionnaire file that is wrong: each fault at its line and column, in words to act on."""

from collections.abc import Iterator
from itertools import pairwise
from typing import Any

import pytest
from pydantic import BaseModel

from audit_app.core.field_words import WRITTEN
from audit_app.core.problems import CannotBeRead
from audit_app.core.questionnaire import Questionnaire
from audit_app.core.reading import check_questionnaire, content_hash, read_questionnaire

TINY = """\
format: 1
name: tiny
version: "1"
title: Tiny
reference: TNY
purpose: To be wrong.
asked_of: [group, childminder]
sections:
  - id: "1"
    title: One
    questions:
      - id: "1.1"
        kind: yes_no
        text: Is it?
      - id: "1.2"
        kind: yes_no
        text: Was it?
"""
FIRST, SECOND = "kind: yes_no\n        text: Is it?", "kind: yes_no\n        text: Was it?"


def problems_in(text: str | bytes) -> list[str]:
    """Read a file and give what is wrong, without its name and without warnings."""
    _, problems = check_questionnaire(text, name="f.yaml")
    return [str(one).removeprefix("f.yaml:") for one in problems if not one.is_warning]


def with_first(*lines: str, kind: str = "yes_no") -> str:
    """Give the tiny file with more lines, or another kind, for its first question."""
    more = "".join(f"\n        {line}" for line in lines)
    return TINY.replace(FIRST, f"kind: {kind}\n        text: Is it?{more}")


def with_second(*lines: str, kind: str = "yes_no") -> str:
    """Give the tiny file with more lines, or another kind, for its second question."""
    more = "".join(f"\n        {line}" for line in lines)
    return TINY.replace(SECOND, f"kind: {kind}\n        text: Was it?{more}")


def with_top(*lines: str) -> str:
    """Give the tiny file with more lines at its top."""
    return TINY.replace("sections:", "\n".join([*lines, "sections:"]))


def test_the_file_that_the_tests_spoil_has_nothing_wrong() -> None:
    assert problems_in(TINY) == []


NO_ANCHORS = "anchors (&) and aliases (*) are not allowed: write the text out"

NOT_YAML = {
    "nothing": ("", "1:1: the file is empty"),
    "nothing but a comment": ("# Later.\n", "1:1: the file is empty"),
    "a list that is not closed": (
        TINY.replace("[group, childminder]", "[group, childminder"),
        "7:11: a list that begins with [ is not closed: is a ] or a comma missing?",
    ),
    "a mapping that is not closed": (
        TINY.replace("[group, childminder]", "{group"),
        "7:11: a part that begins with { is not closed: is a } or a comma missing?",
    ),
    "a quotation mark that is not closed": (
        TINY.replace("title: One", "title: 'One"),
        "10:12: a quotation mark is not closed",
    ),
    "a colon inside a text": (
        TINY.replace("Is it?", "Is it: so?"),
        "14:20: a colon followed by a space inside a text: put the text in quotation marks",
    ),
    "a colon that is missing": (
        TINY.replace("text: Is it?", "text Is it?"),
        "15:7: a line is not `name: value`; is a colon or a quotation mark missing just above?",
    ),
    "a line that is out of line": (
        TINY.replace("        text: Is it?", "       text: Is it?"),
        "14:8: this line is not in line with the ones above: look at its spaces",
    ),
    "a text that begins with a sign of YAML": (
        TINY.replace("Is it?", "@ what time is it?"),
        "14:15: a text that begins with this sign needs quotation marks",
    ),
    "a backslash in quotation marks": (
        TINY.replace("Is it?", '"Is \\it?"'),
        "14:20: a backslash inside \" \" stands for something else: use ' '",
    ),
    "an anchor": (TINY.replace("title: One", "title: &one One"), f"10:12: {NO_ANCHORS}"),
    "an anchor and its alias": (
        TINY.replace("title: One", "title: &one One").replace("Is it?", "*one"),
        f"10:12: {NO_ANCHORS}",
    ),
    "an alias of nothing": (TINY.replace("title: One", "title: *one"), f"10:12: {NO_ANCHORS}"),
    "an anchor on a key": (
        TINY.replace("title: One", "&one title: One"),
        "10:5: a key must be a plain word",
    ),
    "a tag that would make an object": (
        TINY.replace("title: One", "title: !!python/object:os.system One"),
        "10:12: the tag !!python/object:os.system is not allowed: take it out",
    ),
    "a tag of one's own": (
        TINY.replace("title: One", "title: !mine One"),
        "10:12: the tag !mine is not allowed: take it out",
    ),
    "a tag that only says what is so": (
        TINY.replace("title: One", "title: !!str One"),
        "10:12: the tag !!str is not allowed: take it out",
    ),
    "a tag with an unknown handle": (
        TINY.replace("title: One", "title: !x!y One"),
        "10:12: a tag (!) is not allowed: take it out, or put the text in quotation marks",
    ),
    "a merge": (
        TINY.replace("    title: One", "    title: One\n    <<: {rated: false}"),
        "11:5: `<<` is not a field that the format knows here",
    ),
    "a tab as indentation": (
        TINY.replace("    title: One", "\ttitle: One"),
        "10:1: a tab is used as indentation: use spaces",
    ),
    "a tab inside a text": (
        TINY.replace("Is it?", "Is\tit?"),
        "14:17: a tab is used here: use spaces",
    ),
    "a key given twice": (with_first("text: Was it?"), "15:9: `text` is given twice"),
    "a key that is a list": (
        TINY.replace("title: Tiny", "? [a, b]\n: c\ntitle: Tiny"),
        "4:3: a key must be a plain word",
    ),
    "a second document": (
        f"{TINY}---\na: 1\n",
        "18:1: only one document to a file: take out the second `---`",
    ),
    "a null character": (
        TINY.replace("Is it?", "Is\x00it?"),
        "14:17: an invisible character (U+0000) stands here: take it out",
    ),
    "half a character": (
        TINY.replace("Is it?", "Is\ud800it?"),
        "14:17: an invisible character (U+D800) stands here: take it out",
    ),
    "half a character, written out": (
        TINY.replace("Is it?", '"Is \\ud800 it?"'),
        "14:9: `text` holds a character that cannot be kept",
    ),
}


@pytest.mark.parametrize(("text", "problem"), NOT_YAML.values(), ids=NOT_YAML)
def test_a_file_that_is_not_plain_yaml_says_where_and_why(text: str, problem: str) -> None:
    assert problems_in(text) == [problem]


KINDS_OF_ORGANISATION = (
    "'group', 'childminder', 'out_of_school', 'school_nursery', 'local_authority', "
    "'district_council', 'nhs', 'police', 'probation', 'youth_justice', 'prison', 'voluntary' "
    "or 'other'"
)
ONE_COMPARISON = (
    "a condition on a question needs exactly one of "
    "is, in, includes, at_least, at_most, more_than, less_than, answered"
)

SHAPES = {
    "only words": ("Hello.", "1:1: the file must be a mapping of names to values"),
    "a list": ("- a\n", "1:1: the file must be a mapping of names to values"),
    "a field missing at the top": (TINY.replace("title: Tiny\n", ""), "1:1: `title` is missing"),
    "a field missing in a question": (
        TINY.replace("\n        text: Is it?", ""),
        "12:9: `text` is missing",
    ),
    "a field the format does not know": (
        with_first("wieght: 3"),
        "15:9: `wieght` is not a field that the format knows here",
    ),
    "a kind the format does not know": (
        with_first(kind="maybe"),
        "13:9: `maybe` is not a kind of question; kinds are 'rating', 'yes_partly_no', 'yes_no', "
        "'choice', 'choices', 'number', 'percentage', 'x_of_y', 'date', 'text', 'table', "
        "'evidence', 'declaration'",
    ),
    "no kind": (
        TINY.replace("        kind: yes_no\n        text: Is", "        text: Is"),
        "12:9: `kind` is missing: say which kind of question this is",
    ),
    "an id that YAML takes for a number, and loses its nought": (
        TINY.replace('id: "1.1"', "id: 6.10"),
        "12:9: `id` must be text: put it in quotation marks",
    ),
    "a version that YAML takes for a number": (
        TINY.replace('version: "1"', "version: 2026"),
        "3:1: `version` must be text: put it in quotation marks",
    ),
    "an id with a space": (
        TINY.replace('id: "1.1"', "id: 1 1"),
        "12:9: `1 1` will not do for `id`: "
        "write it with letters, figures, dots and hyphens, and no spaces",
    ),
    "an empty text": (TINY.replace("text: Is it?", "text:"), "14:9: `text` is empty"),
    "a blank text": (TINY.replace("text: Is it?", 'text: " "'), "14:9: `text` is empty"),
    "a list for a text": (
        TINY.replace("text: Is it?", "text: [Is it?]"),
        "14:9: `text` must be a text, not a list or a mapping",
    ),
    "a text of 10,001 characters": (
        TINY.replace("Is it?", "x" * 10_001),
        "14:9: `text` is too long: the limit is 10000 characters",
    ),
    "words for a question": (
        TINY.replace('- id: "1.2"\n        kind: yes_no\n        text: Was it?', "- just words"),
        "15:9: an entry of `questions` must be a mapping of names to values",
    ),
    "a mapping for a list": (
        TINY.split('      - id: "1.1"')[0].replace("    questions:", "    questions: {}"),
        "11:5: `questions` must be a list",
    ),
    "a word for a list": (with_first("applies_to: group"), "15:9: `applies_to` must be a list"),
    "a kind of organisation that there is not": (
        with_first("applies_to: [nursery]"),
        f"15:22: `nursery` is not allowed for `applies_to`: use {KINDS_OF_ORGANISATION}",
    ),
    "words for a kind of organisation that there is not": (
        with_first("text_for: {nursery: Is it so?}"),
        f"15:20: `nursery` is not allowed for `text_for`: use {KINDS_OF_ORGANISATION}",
    ),
    "a weight below nothing": (with_first("weight: -1"), "15:9: `weight` must be 0 or more"),
    "half a weight": (with_first("weight: 1.5"), "15:9: `weight` must be a whole number"),
    "a weight in words": (with_first("weight: heavy"), "15:9: `weight` must be a whole number"),
    "a band above 100": (
        with_top("scoring: {bands: {green: 150}}"),
        "8:19: `green` must be 100 or less",
    ),
    "a threshold that is no number": (
        with_first("thresholds: {green: .inf, amber: 3}", kind="number"),
        "15:22: `green` must be a number",
    ),
    "a threshold that is not a number": (
        with_first("thresholds: {green: NaN, amber: 3}", kind="number"),
        "15:22: `green` must be a number",
    ),
    "an address that is not safe": (
        with_first("links: [{label: Read, address: 'http://example.org'}]"),
        "15:31: `http://example.org` will not do for `address`: "
        "write it as an address that begins with https://",
    ),
    "a rating without descriptors": (with_first(kind="rating"), "12:9: `descriptors` is missing"),
    "a choice without options": (with_first(kind="choice"), "12:9: `options` is missing"),
    "a condition that compares twice": (
        with_second('when: {question: "1.1", is: "yes", in: ["no"]}'),
        f"18:9: {ONE_COMPARISON}",
    ),
    "a condition that compares with nothing": (
        with_second('when: {question: "1.1"}'),
        f"18:9: {ONE_COMPARISON}",
    ),
    "a condition on a number": (
        with_second('when: {question: 1.1, is: "yes"}'),
        "18:16: `question` must be text: put it in quotation marks",
    ),
    "another format": (
        TINY.replace("format: 1", "format: 2"),
        "1:1: `2` is not allowed for `format`: use 1",
    ),
}


@pytest.mark.parametrize(("text", "problem"), SHAPES.values(), ids=SHAPES)
def test_a_field_that_is_wrong_says_where_and_why(text: str, problem: str) -> None:
    assert problems_in(text) == [problem]
    assert check_questionnaire(text, name="f.yaml")[0] is None


def test_every_fault_is_told_in_one_run() -> None:
    text = (
        TINY.replace("title: Tiny", "tilte: Tiny")
        .replace("text: Is it?", "text:")
        .replace("kind: yes_no\n        text: Was", "kind: maybe\n        text: Was")
    )
    places = [problem.split(": ")[0] for problem in problems_in(text)]
    assert places == ["1:1", "4:1", "14:9", "16:9"]


def test_every_sound_looking_fault_is_told_in_one_run_too() -> None:
    text = (
        with_top("scoring: {bands: {green: 50, amber: 80}}")
        .replace('id: "1.2"', 'id: "1.1"')
        .replace("text: Is it?", 'text: Is it?\n        when: {question: "9", answered: true}')
    )
    assert problems_in(text) == [
        "8:11: the bands overlap: Amber must begin below Green",
        "16:9: `when` looks at `9`, which is not in this file",
        "17:9: the id `1.1` is used by another question",
    ]


def test_nothing_of_a_file_with_a_fault_is_taken() -> None:
    with pytest.raises(CannotBeRead) as caught:
        read_questionnaire(TINY.replace('id: "1.2"', 'id: "1.1"'), name="f.yaml")
    assert str(caught.value) == "f.yaml:15:9: the id `1.1` is used by another question"


def test_windows_line_ends_and_a_byte_order_mark_change_nothing() -> None:
    plain = read_questionnaire(TINY, name="f.yaml")
    for text in (
        TINY.replace("\n", "\r\n"),
        f"\ufeff{TINY}",
        f"\ufeff{TINY}".encode(),
        f"\ufeff{TINY}".replace("\n", "\r\n").encode(),
    ):
        assert read_questionnaire(text, name="f.yaml") == plain
        assert content_hash(text) == plain.content_hash


def test_with_windows_line_ends_a_fault_is_at_the_same_place() -> None:
    text = with_first("wieght: 3").replace("\n", "\r\n")
    assert problems_in(f"\ufeff{text}") == [
        "15:9: `wieght` is not a field that the format knows here"
    ]


def test_a_content_hash_is_of_what_is_said_and_not_taken_from_the_file() -> None:
    read = read_questionnaire(with_top("content_hash: mine"), name="f.yaml")
    assert read.content_hash == content_hash(with_top("content_hash: mine")) != content_hash(TINY)


@pytest.mark.parametrize("encoding", ["utf-16", "latin-1"])
def test_a_file_that_is_not_utf_8_says_so(encoding: str) -> None:
    text = TINY.replace("Is it?", "Is it réal?").encode(encoding)
    assert [said.split(": ", 1)[1] for said in problems_in(text)] == [
        "the file is not UTF-8: save it as UTF-8 and try again"
    ]


@pytest.mark.parametrize("text", [TINY + "#" * 1_000_000, (TINY + "#" * 1_000_000).encode()])
def test_a_file_over_one_megabyte_is_refused_unread(text: str | bytes) -> None:
    assert problems_in(text) == ["1:1: the file is larger than 1 MB"]


def test_a_bomb_of_aliases_is_refused_and_never_grows() -> None:
    names = "abcdefghi"
    bomb = "a: &a [x, x, x, x, x, x, x, x, x]\n" + "".join(
        f"{name}: &{name} [{', '.join([f'*{before}'] * 9)}]\n" for before, name in pairwise(names)
    )
    assert set(problems_in(bomb)) == {f"{line}:4: {NO_ANCHORS}" for line in range(1, 10)}


def test_a_bomb_of_small_parts_is_refused_before_it_is_read_whole() -> None:
    assert problems_in("[" + "a, " * 30_000 + "a]") == [
        "1:74999: the file has more than 25,000 parts"
    ]


@pytest.mark.parametrize(
    "text",
    [
        "[" * 3000,
        "{a: " * 3000,
        "- " * 3000,
        "? " * 3000,
        "\n".join(" " * i + "a:" for i in range(99)),
    ],
    ids=["lists", "mappings", "dashes", "keys", "lines"],
)
def test_what_is_nested_too_deeply_is_refused_where_it_is(text: str) -> None:
    said = problems_in(text)
    assert len(said) == 1
    assert said[0].endswith("lists are nested too deeply")
    assert not said[0].startswith("1:1:")


def test_html_in_a_text_is_text() -> None:
    read = read_questionnaire(TINY.replace("Is it?", "Is <b>it</b> & so?"), name="f.yaml")
    assert read.question("1.1").text == "Is <b>it</b> & so?"


def test_yes_no_and_dates_are_words_and_true_is_not() -> None:
    text = with_first("hint: yes", "guidance: 2026-11-20", "required: false")
    question = read_questionnaire(text, name="f.yaml").question("1.1")
    assert (question.hint, question.guidance, question.required) == ("yes", "2026-11-20", False)


def test_every_way_of_writing_that_the_format_asks_for_has_words() -> None:
    assert set(patterns_in(Questionnaire.model_json_schema())) <= set(WRITTEN)


def patterns_in(schema: Any) -> Iterator[str]:
    if isinstance(schema, dict):
        if isinstance(schema.get("pattern"), str):
            yield schema["pattern"]
        for part in schema.values():
            yield from patterns_in(part)
    elif isinstance(schema, list):
        for part in schema:
            yield from patterns_in(part)


def test_every_part_of_a_questionnaire_refuses_what_it_does_not_know() -> None:
    def models(model: type[BaseModel]) -> Iterator[type[BaseModel]]:
        yield model
        for part in model.__subclasses__():
            yield from models(part)

    published = [model for model in models(BaseModel) if model.__module__.startswith("audit_app.")]
    assert len(published) > 20
    for model in published:
        assert model.model_config.get("extra") == "forbid", model
        assert model.model_config.get("frozen"), model
