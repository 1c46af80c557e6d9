"""The questionnaires that were published: added once, never changed, read once per process."""

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from audit_app.core.owning import as_put_to
from audit_app.core.questionnaire import Questionnaire
from audit_app.core.reading import read_questionnaire
from audit_app.storage.models import AuditReturn, QuestionnaireVersion

VERSIONS_KEPT = 64
"""How many versions a process keeps read; each costs a few megabytes at most."""

_READ: dict[str, Questionnaire] = {}


class VersionIsTaken(Exception):
    """This name and version was published before, with other content."""

    def __init__(self, *, key: str, published: str, offered: str) -> None:
        super().__init__(
            f"{key} is already published with other content: the published file has the hash "
            f"{published}, this one {offered}. Give the file a new version."
        )
        self.published, self.offered = published, offered


class NotPublished(LookupError):
    """No questionnaire with this content was ever published."""


def publish(session: Session, text: str, *, at: datetime) -> QuestionnaireVersion:
    """Publish a questionnaire; the same content again changes nothing.

    Raises CannotBeRead for a file with problems, and VersionIsTaken where the name and version
    stand for other content.
    """
    questionnaire = read_questionnaire(text, name="the questionnaire")
    known = version_called(session, questionnaire.name, questionnaire.version)
    if known is None:
        known = QuestionnaireVersion(
            content_hash=questionnaire.content_hash,
            name=questionnaire.name,
            version=questionnaire.version,
            title=questionnaire.title,
            reference=questionnaire.reference,
            source=text,
            published_at=at,
        )
        session.add(known)
        session.flush()
    elif known.content_hash != questionnaire.content_hash:
        raise VersionIsTaken(
            key=questionnaire.key,
            published=known.content_hash,
            offered=questionnaire.content_hash,
        )
    _keep(questionnaire)
    return known


def version_called(session: Session, name: str, version: str) -> QuestionnaireVersion | None:
    """Give the published version with this name and version."""
    return session.scalar(select(QuestionnaireVersion).filter_by(name=name, version=version))


def load(session: Session, content_hash: str) -> Questionnaire:
    """Give the questionnaire that a return pins; the database is asked once per process.

    The content behind a hash cannot change, so what was read stays right for ever.
    """
    kept = _READ.get(content_hash)
    if kept is None:
        kept = _read(session, content_hash)
        _keep(kept)
    return kept


def asked_of(session: Session, audit_return: AuditReturn) -> Questionnaire:
    """Give what a return asks: the version it pins, without what is for others to answer for."""
    whole = load(session, audit_return.content_hash)
    if not whole.names_owners:
        return whole
    return as_put_to(whole, audit_return.organisation.kind, audit_return.answers_for or ())


def latest(session: Session, name: str) -> QuestionnaireVersion | None:
    """Give the version of a questionnaire that was published last and not withdrawn."""
    return session.scalar(
        select(QuestionnaireVersion)
        .where(QuestionnaireVersion.name == name, QuestionnaireVersion.withdrawn_at.is_(None))
        .order_by(QuestionnaireVersion.published_at.desc(), QuestionnaireVersion.version.desc())
        .limit(1)
    )


def published(session: Session) -> list[QuestionnaireVersion]:
    """Give every version, by name and then the latest published first."""
    statement = select(QuestionnaireVersion).order_by(
        QuestionnaireVersion.name, QuestionnaireVersion.published_at.desc()
    )
    return list(session.scalars(statement))


def _keep(questionnaire: Questionnaire) -> None:
    while len(_READ) >= VERSIONS_KEPT:
        _READ.pop(next(iter(_READ)), None)
    _READ[questionnaire.content_hash] = questionnaire


def _read(session: Session, content_hash: str) -> Questionnaire:
    version = session.get(QuestionnaireVersion, content_hash)
    if version is None:
        raise NotPublished(content_hash)
    return read_questionnaire(version.source, name=f"{version.name}/{version.version}.yaml")
