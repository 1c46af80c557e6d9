"""Whether the house is built as planned: sentences and imports on top, small files, plain names."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PROGRAM = sorted((ROOT / "audit_app").rglob("*.py"))
TESTS = sorted((ROOT / "tests").rglob("*.py"))
ENTRANCES = [ROOT / "wsgi.py", *sorted((ROOT / "migrations").rglob("*.py"))]

MOST_LINES = 250
NAMES_THAT_SAY_NOTHING = {"common", "handler", "helper", "manager", "misc", "util"}
PROMISES = ("TO" + "DO", "FIX" + "ME", "XX" + "X")
NOT_FOR_CORE = {"alembic", "flask", "sqlalchemy", "weasyprint"}
CLOCKS = {
    "date.today",
    "datetime.now",
    "datetime.today",
    "datetime.utcnow",
    "time.monotonic",
    "time.time",
}
FILES = {"open", "read_bytes", "read_text", "write_bytes", "write_text"}
WAYS_TO_SKIP = {"skip", "skipif", "importorskip", "xfail"}


def every(paths: list[Path]) -> pytest.MarkDecorator:
    return pytest.mark.parametrize(
        "path", paths, ids=[str(path.relative_to(ROOT)) for path in paths]
    )


def test_there_is_a_program_to_look_at():
    assert ROOT / "audit_app" / "__init__.py" in PROGRAM
    assert any(path.parts[-2] == "core" for path in PROGRAM)


@every([*PROGRAM, *ENTRANCES])
def test_a_module_opens_with_a_sentence(path: Path):
    words = ast.get_docstring(tree_of(path)) or ""
    sentence = words.split("\n\n")[0]
    assert sentence.endswith((".", "?")), "its first paragraph is not a sentence"
    assert len(sentence.split()) > 2, "its first sentence says too little"


@every(PROGRAM)
def test_imports_of_our_own_stand_at_the_top(path: Path):
    within = [
        node.lineno
        for function in ast.walk(tree_of(path))
        if isinstance(function, ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda)
        for node in ast.walk(function)
        if isinstance(node, ast.Import | ast.ImportFrom)
        and any(name.split(".")[0] == "audit_app" for name in imported_by(node))
    ]
    assert not within, f"imports inside functions on lines {within}"


@every([*PROGRAM, *ENTRANCES])
def test_a_file_can_be_read_in_one_sitting(path: Path):
    assert len(lines_of(path)) <= MOST_LINES, "split it by noun or by verb"


def test_no_file_or_folder_has_a_name_that_says_nothing():
    places = [path for top in ("audit_app", "tests", "migrations") for path in walk(ROOT / top)]
    empty = [path for path in places if NAMES_THAT_SAY_NOTHING & singular_words(path.stem)]
    assert not empty


@every([path for path in PROGRAM if path.is_relative_to(ROOT / "audit_app" / "core")])
def test_core_knows_neither_the_web_nor_the_database(path: Path):
    names = {name for node in ast.walk(tree_of(path)) for name in imported_by(node)}
    assert not {name.split(".")[0] for name in names} & NOT_FOR_CORE


@every([path for path in PROGRAM if path.is_relative_to(ROOT / "audit_app" / "core")])
def test_core_asks_no_clock_and_opens_no_file(path: Path):
    calls = {
        ast.unparse(node.func) for node in ast.walk(tree_of(path)) if isinstance(node, ast.Call)
    }
    asked = {call for call in calls if ".".join(call.split(".")[-2:]) in CLOCKS}
    opened = {call for call in calls if call.split(".")[-1] in FILES}
    assert not asked | opened


@every([*PROGRAM, *TESTS, *ENTRANCES])
def test_nothing_is_left_for_later(path: Path):
    promised = [
        number
        for number, line in enumerate(lines_of(path), start=1)
        if any(promise in line for promise in PROMISES)
    ]
    assert not promised, f"promises on lines {promised}"


@every(TESTS)
def test_no_test_may_be_skipped(path: Path):
    skips = [
        node.lineno
        for node in ast.walk(tree_of(path))
        if isinstance(node, ast.Attribute) and node.attr in WAYS_TO_SKIP
    ]
    assert not skips, f"skips on lines {skips}"


def tree_of(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"), filename=str(path))


def lines_of(path: Path) -> list[str]:
    return path.read_text(encoding="utf-8").splitlines()


def imported_by(node: ast.AST) -> list[str]:
    if isinstance(node, ast.Import):
        return [alias.name for alias in node.names]
    if isinstance(node, ast.ImportFrom):
        return [node.module or ""]
    return []


def walk(folder: Path) -> Iterator[Path]:
    """Everything we named ourselves: what others publish lies in `static` and keeps its names."""
    passed_over = {"__pycache__", "static"}
    return (path for path in folder.rglob("*") if not passed_over & set(path.parts))


def singular_words(stem: str) -> set[str]:
    return {word.removesuffix("s") for word in stem.lower().replace("-", "_").split("_")}
