"""Publishing a questionnaire: once and for good, and told in the history of every partnership."""

from datetime import datetime
from typing import NamedTuple

from sqlalchemy.orm import Session

from audit_app.core.reading import content_hash
from audit_app.services.recording import Event, record
from audit_app.storage.models import Person, QuestionnaireVersion
from audit_app.storage.queries.partnerships import partnerships
from audit_app.storage.questionnaire_library import publish


class Publication(NamedTuple):
    """A version that is published now, and whether it was so before."""

    version: QuestionnaireVersion
    was_known: bool


def publish_questionnaire(
    session: Session, text: str, *, by: Person | None, now: datetime
) -> Publication:
    """Publish the text of a questionnaire; the same content again changes nothing.

    Every partnership of the installation may use it, so each is told. Raises CannotBeRead, and
    VersionIsTaken where the name and version stand for other content.
    """
    was_known = session.get(QuestionnaireVersion, content_hash(text)) is not None
    version = publish(session, text, at=now)
    if not was_known:
        for partnership in partnerships(session):
            record(
                session,
                Event.QUESTIONNAIRE_PUBLISHED,
                partnership,
                by=by,
                at=now,
                details={
                    "questionnaire": f"{version.name}/{version.version}",
                    "content_hash": version.content_hash,
                },
            )
    return Publication(version, was_known)
