"""How a message is written as mail: the headers of RFC 5322 round plain text."""

import re
from email.errors import MessageError
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP

from audit_app.jobs.senders import Letter, Refused

NOT_AN_ADDRESS = re.compile(r"[^A-Za-z0-9-]")


def as_mail(letter: Letter, *, sent_from: str) -> EmailMessage:
    """Write a message; the same one comes out each time. Raises Refused for no address."""
    mail = EmailMessage(policy=SMTP)
    try:
        mail["From"] = Address(addr_spec=sent_from)
        mail["To"] = Address(addr_spec=letter.to)
        mail["Subject"] = letter.subject
        mail["Message-ID"] = letter.message_id
    except (MessageError, ValueError, IndexError):
        raise Refused("this is not an address that mail can be sent to") from None
    mail["Date"] = letter.written_at
    # No holiday notes and no receipts, please: a program wrote this (RFC 3834).
    mail["Auto-Submitted"] = "auto-generated"
    mail.set_content(letter.body, charset="utf-8", cte="quoted-printable")
    return mail
