"""Whether the locks are whole: every package pinned and hashed, and the two locks of one mind."""

import re
from pathlib import Path

import pytest

REQUIREMENTS = Path(__file__).parents[2] / "requirements"
LOCKS = ("build.txt", "run.txt", "test.txt")


@pytest.mark.parametrize("lock", LOCKS)
def test_every_package_is_pinned_and_hashed(lock: str):
    blocks = re.split(r"^(?=[a-z])", text_of(lock), flags=re.MULTILINE)[1:]
    assert blocks
    for block in blocks:
        assert re.match(r"[a-z0-9-]+==\S+", block), f"not pinned: {block.splitlines()[0]}"
        assert "--hash=sha256:" in block, f"not hashed: {block.splitlines()[0]}"


@pytest.mark.parametrize("lock", LOCKS)
def test_a_lock_names_no_address(lock: str):
    assert "://" not in text_of(lock)
    assert "index-url" not in text_of(lock)
    assert "find-links" not in text_of(lock)


@pytest.mark.parametrize("smaller", ["build.txt", "run.txt"])
def test_setting_up_the_tests_changes_nothing_under_a_running_server(smaller: str):
    tested = pins(text_of("test.txt"))
    assert all(tested.get(name, pin) == pin for name, pin in pins(text_of(smaller)).items())


def test_whatever_serves_is_also_tested():
    assert pins(text_of("run.txt")).keys() <= pins(text_of("test.txt")).keys()


def text_of(lock: str) -> str:
    return (REQUIREMENTS / lock).read_text(encoding="utf-8")


def pins(text: str) -> dict[str, str]:
    return dict(re.findall(r"^([a-z0-9-]+)==(\S+)", text, flags=re.MULTILINE))
