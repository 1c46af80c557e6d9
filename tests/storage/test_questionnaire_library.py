"""A published version never changes, and is read once."""

import pytest
from sqlalchemy import event
from sqlalchemy.orm import Session

from audit_app.core.problems import CannotBeRead
from audit_app.storage import questionnaire_library
from audit_app.storage.questionnaire_library import (
    NotPublished,
    VersionIsTaken,
    latest,
    load,
    publish,
    published,
)
from tests.builders import NOW, QUESTIONNAIRE

LATER = NOW.replace(year=2027)


@pytest.fixture(autouse=True)
def nothing_read(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let each test begin with a process that has read nothing."""
    monkeypatch.setattr(questionnaire_library, "_READ", {})


def of_version(version: str) -> str:
    """Give the same questionnaire as another version."""
    return QUESTIONNAIRE.replace('version: "2026"', f'version: "{version}"')


def test_publishing_the_same_file_twice_changes_nothing(session: Session):
    first = publish(session, QUESTIONNAIRE, at=NOW)
    assert publish(session, QUESTIONNAIRE, at=LATER) is first
    assert first.published_at == NOW
    assert published(session) == [first]


def test_line_ends_of_another_system_are_the_same_content(session: Session):
    first = publish(session, QUESTIONNAIRE, at=NOW)
    assert publish(session, QUESTIONNAIRE.replace("\n", "\r\n"), at=LATER) is first


def test_a_published_version_cannot_be_given_other_content(session: Session):
    first = publish(session, QUESTIONNAIRE, at=NOW)
    with pytest.raises(VersionIsTaken) as refused:
        publish(session, QUESTIONNAIRE.replace("Small audit", "Other audit"), at=LATER)
    assert first.content_hash in str(refused.value)
    assert refused.value.offered in str(refused.value)
    assert refused.value.offered != first.content_hash


def test_a_file_with_problems_is_not_published(session: Session):
    with pytest.raises(CannotBeRead):
        publish(session, QUESTIONNAIRE.replace("kind: rating", "kind: guess"), at=NOW)
    assert published(session) == []


def test_what_is_loaded_is_what_was_published(session: Session):
    version = publish(session, QUESTIONNAIRE, at=NOW)
    questionnaire = load(session, version.content_hash)
    assert questionnaire.key == "small-audit/2026"
    assert questionnaire.content_hash == version.content_hash
    assert list(questionnaire.placed) == ["1.1", "2.1"]


def test_a_questionnaire_is_read_from_the_database_once(session: Session):
    version = publish(session, QUESTIONNAIRE, at=NOW)
    session.commit()
    first = load(session, version.content_hash)
    sent: list[object] = []
    event.listen(session.get_bind(), "before_cursor_execute", lambda *told: sent.append(told))
    assert load(session, version.content_hash) is first
    assert sent == []


def test_only_so_many_versions_are_kept_read(session: Session, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(questionnaire_library, "VERSIONS_KEPT", 2)
    hashes = [
        publish(session, of_version(str(year)), at=NOW).content_hash for year in (2026, 2027, 2028)
    ]
    for content_hash in hashes:
        load(session, content_hash)
    assert list(questionnaire_library._READ) == hashes[1:]


def test_a_hash_that_was_never_published_is_not_found(session: Session):
    with pytest.raises(NotPublished):
        load(session, "0" * 64)


def test_the_latest_version_is_the_one_published_last_and_not_withdrawn(session: Session):
    old = publish(session, QUESTIONNAIRE, at=NOW)
    new = publish(session, of_version("2027"), at=LATER)
    assert latest(session, "small-audit") is new
    new.withdrawn_at = LATER
    assert latest(session, "small-audit") is old
    assert latest(session, "other-audit") is None
