"""Which way messages leave this installation."""

from audit_app.config import Config
from audit_app.jobs.senders import Way
from audit_app.jobs.senders.folder import Folder
from audit_app.jobs.senders.notify import NotifySender
from audit_app.jobs.senders.smtp import Smtp
from audit_app.mail_config import MailServer, Notify


class NoWayOut(Exception):
    """An installation that is no demonstration has been told no way to send messages."""


def way_out(config: Config) -> Way:
    """Give the way that the environment names; a demonstration has its folder. Raises NoWayOut."""
    if isinstance(config.sender, MailServer):
        return Smtp(config.sender)
    if isinstance(config.sender, Notify):
        return NotifySender(config.sender)
    if config.demonstration:
        return Folder(config.mail_folder)
    raise NoWayOut
