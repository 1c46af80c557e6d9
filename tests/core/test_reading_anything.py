"""Whatever file comes: it is read, or its problems are told, and nothing ever breaks."""

from collections.abc import Iterator
from copy import deepcopy
from pathlib import Path as File
from random import Random
from typing import Any

from hypothesis import example, given, settings
from hypothesis import strategies as st

from audit_app.core.checking import problems_with
from audit_app.core.marked import Marked, Path
from audit_app.core.problems import CannotBeRead, Problem
from audit_app.core.questionnaire import Questionnaire
from audit_app.core.reading import check_questionnaire
from audit_app.core.validating import validated
from tests.core.random_returns import random_questionnaire, with_descriptors

FILES = sorted((File(__file__).parents[1] / "questionnaires").glob("*.yaml"))
TEXTS = [file.read_text("utf-8") for file in FILES]
SIGNS = "ab01.- :\n\n  #'\"[]{},&*!|>%@`?\t\\~<=\r"
SCALARS = st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20)
JUNK = st.recursive(
    SCALARS,
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3)
    ),
    max_leaves=8,
)


def told(text: str | bytes) -> list[Problem]:
    questionnaire, problems = check_questionnaire(text, name="f.yaml")
    assert questionnaire is not None or problems
    plain = text.decode("latin-1") if isinstance(text, bytes) else text
    # Other characters end a line in YAML too; that there is a place at all is what matters.
    lines = len(plain.splitlines()) + 1
    for problem in problems:
        assert 1 <= problem.line <= lines
        assert problem.column >= 1
        assert problem.message
    return problems


@settings(max_examples=150)
@given(st.text(max_size=300) | st.text(SIGNS, max_size=200))
@example("a: &a x\nb: &a y\n")
@example('"\\U00110000"')
@example("? ? ?")
@example("%YAML 1.1\n---\na: =\n")
@example("a: !<tag:yaml.org,2002:str> b")
@example("\x85")
@example("a: |5\n x")
def test_any_text_is_read_or_refused(text: str) -> None:
    told(text)


@given(st.binary(max_size=200))
@example(b"\xef\xbb\xbf")
@example(b"\xff\xfe\x00")
def test_any_bytes_are_read_or_refused(text: bytes) -> None:
    told(text)


@settings(max_examples=250)
@given(st.sampled_from(TEXTS), st.randoms(use_true_random=False), st.integers(1, 3))
def test_a_real_file_with_slips_of_the_pen_is_read_or_refused(
    text: str, dice: Random, slips: int
) -> None:
    for _ in range(slips):
        text = slip(text, dice)
    told(text)


def slip(text: str, dice: Random) -> str:
    """Make one mistake of the kinds that people make."""
    lines = text.splitlines()
    place = dice.randrange(len(lines)) if lines else 0
    match dice.randrange(7):
        case 0 if lines:
            del lines[place]
        case 1 if lines:
            lines.insert(place, dice.choice(lines))
        case 2 if lines:
            lines[place] = f"  {lines[place]}"
        case 3 if lines:
            lines[place] = lines[place].removeprefix("  ")
        case 4 if lines:
            lines[place] = (
                lines[place].partition(":")[0]
                + ": "
                + dice.choice(
                    ["", "yes", "6.10", "-1", "[]", "{}", "null", "2026-11-20", "'", "text: more"]
                )
            )
        case _:
            at = dice.randint(0, len(text))
            return text[:at] + dice.choice(SIGNS) + text[at + dice.randint(0, 1) :]
    return "\n".join(lines) + "\n"


@settings(max_examples=300)
@given(st.integers(0, 10**9), JUNK)
@example(1, [])
@example(2, {})
def test_a_questionnaire_with_junk_in_any_place_is_read_or_refused(seed: int, junk: Any) -> None:
    dice = Random(seed)
    data = with_descriptors(random_questionnaire(dice, most=5))
    holder, key = dice.choice(list(places_in(data)))
    if dice.random() < 0.3 and isinstance(holder, dict):
        del holder[key]
    else:
        holder[key] = junk
    told_of_data(data)


@settings(max_examples=300)
@given(st.integers(0, 10**9))
def test_a_questionnaire_with_one_thing_in_place_of_another_is_read_or_refused(seed: int) -> None:
    dice = Random(seed)
    data = with_descriptors(random_questionnaire(dice, most=6))
    first, second = dice.choice(list(places_in(data))), dice.choice(list(places_in(data)))
    first[0][first[1]] = deepcopy(second[0][second[1]])
    told_of_data(data)


def told_of_data(data: dict[str, Any]) -> None:
    """Check what a file would say, without writing and reading the file: that takes far longer."""
    marks: dict[Path, tuple[int, int]] = {(): (1, 1)}
    for number, path in enumerate(paths_in(data, ()), 2):
        marks[path] = number, 1
    marked = Marked(data, marks, "f.yaml")
    try:
        problems = problems_with(validated(marked, Questionnaire), marked)
    except CannotBeRead as error:
        problems = error.problems
        assert problems
    assert all(problem.message for problem in problems)


def paths_in(part: Any, path: Path) -> Iterator[Path]:
    for key in keys_of(part):
        yield (*path, key)
        yield from paths_in(part[key], (*path, key))


def places_in(part: Any) -> Iterator[tuple[Any, Any]]:
    for key in keys_of(part):
        yield part, key
        yield from places_in(part[key])


def keys_of(part: Any) -> list[Any]:
    if isinstance(part, dict):
        return list(part)
    return list(range(len(part))) if isinstance(part, list) else []
