"""The e-mails of a round: their blanks, and filling them in."""

import re
from collections.abc import Mapping
from typing import NamedTuple

from audit_app.core.rounds.deadlines import Wrong

KINDS: dict[str, str] = {
    "round_opened": "When the round opens",
    "round_reminder": "Reminder before and on the due day",
    "round_overdue": "Reminder when a return is overdue",
    "round_extended": "When a return is given more time",
}
"""The e-mails of a round, and when each goes out."""

BLANKS: dict[str, str] = {
    "name": "the person it is sent to",
    "organisation": "their organisation",
    "audit": "the title of the round",
    "partnership": "your partnership",
    "due": "the day and time it is due",
    "when": "how far off that is, such as “in 3 days”",
    "link": "the address of their return",
    "contact": "whom to ask, as given for the round",
}
"""What can stand in double brackets, and what it is filled with."""

LONGEST_SUBJECT, LONGEST_BODY = 150, 5_000

_BLANK = re.compile(r"\(\(\s*([^()]{1,60}?)\s*\)\)")


class Letter(NamedTuple):
    """An e-mail in words."""

    subject: str
    body: str


def fill(letter: Letter, values: Mapping[str, str]) -> Letter:
    """Fill the blanks of an e-mail. What is filled in stays on its line and is never a blank."""
    plain = {name: " ".join(text.split()) for name, text in values.items()}
    contact = values.get("contact", "")

    def in_body(found: re.Match[str]) -> str:
        name = found[1].lower()
        # Whom to ask may take several lines, which are ours and not a respondent's.
        return contact if name == "contact" else plain.get(name, found[0])

    def in_subject(found: re.Match[str]) -> str:
        return plain.get(found[1].lower(), found[0])

    subject = " ".join(_BLANK.sub(in_subject, letter.subject).split())
    return Letter(subject, _BLANK.sub(in_body, letter.body).strip() + "\n")


def wrong_letter(letter: Letter) -> list[Wrong]:
    """Give what is wrong with the words of an e-mail, before it is sent to anybody."""
    found = []
    if not letter.subject.strip():
        found.append(Wrong("subject", "Enter a subject"))
    elif len(letter.subject) > LONGEST_SUBJECT:
        found.append(Wrong("subject", f"The subject must be {LONGEST_SUBJECT} characters or fewer"))
    if not letter.body.strip():
        found.append(Wrong("body", "Enter the words of the e-mail"))
    elif len(letter.body) > LONGEST_BODY:
        found.append(Wrong("body", f"The e-mail must be {LONGEST_BODY:,} characters or fewer"))
    for part, text in (("subject", letter.subject), ("body", letter.body)):
        unknown = [name for name in _BLANK.findall(text) if name.lower() not in BLANKS]
        if unknown:
            found.append(Wrong(part, f"There is no blank called (({unknown[0]}))"))
    return found
