"""Files on their way in: each is looked at by itself, so that one refused keeps no other out."""

from collections.abc import Iterable
from contextlib import suppress
from typing import BinaryIO, NamedTuple, cast

import structlog
from werkzeug.datastructures import FileStorage

from audit_app.core.evidence.names import shown_name
from audit_app.services.receiving_files import Arrived, FileRefused, NoRoomForFile, receive
from audit_app.web.clock import now
from audit_app.web.configured import keeping
from audit_app.web.database import session

LOG = structlog.get_logger("audit_app.evidence")
NO_ROOM = (
    "it could not be stored just now, because there is no room or the store does not answer: "
    "try again later, or say where it is instead"
)


class Refusal(NamedTuple):
    """A file that was not kept, and why."""

    name: str
    why: str

    @property
    def words(self) -> str:
        """Say it in one sentence."""
        return f"{self.name} was not added: {self.why}"


def take_in(files: Iterable[FileStorage]) -> tuple[list[Arrived], list[Refusal]]:
    """Look at files and store those that may be taken, with no transaction open meanwhile.

    Nothing has been changed so far, so that ending the transaction loses nothing; on SQLite
    nobody could save anything while a scanner reads.
    """
    session().commit()
    arrived: list[Arrived] = []
    refused: list[Refusal] = []
    for file in files:
        name = shown_name(file.filename or "")
        try:
            kept = receive(
                cast(BinaryIO, file.stream),
                name=file.filename or "",
                keeping=keeping(),
                now=now(),
            )
        except FileRefused as reason:
            refused.append(Refusal(name, str(reason)))
        except NoRoomForFile as reason:
            LOG.error("evidence_not_stored", error=str(reason))
            refused.append(Refusal(name, NO_ROOM))
        else:
            arrived.append(kept)
    return arrived, refused


def let_go(arrived: Iterable[Arrived]) -> None:
    """Remove files that came to belong to nothing; what cannot be removed is swept up later."""
    for one in arrived:
        with suppress(OSError):
            keeping().store.remove(one.stored_name)
