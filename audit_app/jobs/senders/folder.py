"""Messages put into a folder as files, for a demonstration: none leaves this machine."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from audit_app.jobs.senders import Letter, NotTaken
from audit_app.jobs.senders.writing import NOT_AN_ADDRESS, as_mail
from audit_app.storage.models import Sender

SENT_FROM = "audit@demonstration.example"


@dataclass(frozen=True)
class Folder:
    """A folder that takes messages. A message handed over twice is one file."""

    folder: Path
    sender: Sender = Sender.FILE

    @contextmanager
    def open(self) -> Iterator["Folder"]:
        """Make the folder, readable by its owner only."""
        try:
            self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        except OSError as error:
            raise NotTaken(f"the folder of messages: {error.strerror}") from None
        yield self

    def hand(self, letter: Letter) -> str:
        """Write one file, whole or not at all."""
        text = as_mail(letter, sent_from=SENT_FROM).as_bytes()
        day = letter.written_at.strftime("%Y%m%d-%H%M%S")
        name = f"{day}-{NOT_AN_ADDRESS.sub('', letter.message_id.split('@')[0])}.eml"
        aside = self.folder / f".{name}"
        try:
            with os.fdopen(os.open(aside, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as f:
                f.write(text)
            aside.replace(self.folder / name)
        except OSError as error:
            raise NotTaken(f"the folder of messages: {error.strerror}") from None
        return name
