"""Reading what the service has written to people, wherever it stands by now."""

import re
import sqlite3
from contextlib import closing
from email import message_from_bytes
from email.policy import default
from time import sleep

from tests.journeys.serving import Served


def newest(service: Served, pattern: str) -> str:
    """Give what the newest message holds that fits a pattern.

    A message that has left keeps no link or code: then it stands in the folder of mail alone.
    """
    for _ in range(50):
        with closing(sqlite3.connect(service.database)) as database:
            rows = database.execute("SELECT body FROM outgoing_message ORDER BY id DESC").fetchall()
        folder = service.database.parent / "mail"
        files = sorted(folder.glob("*.eml"), key=lambda file: file.stat().st_mtime, reverse=True)
        mails = [message_from_bytes(file.read_bytes(), policy=default) for file in files]
        texts = [body for (body,) in rows] + [str(mail.get_content()) for mail in mails]
        found = next((match for text in texts if (match := re.search(pattern, text))), None)
        if found is not None:
            return found[1]
        sleep(0.2)
    raise AssertionError(f"no message holds {pattern}")
