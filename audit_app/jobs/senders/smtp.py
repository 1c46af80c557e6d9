"""Messages handed to a mail server by SMTP, each step of which says how sure we can be."""

import smtplib
import ssl
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass

from audit_app.jobs.senders import Letter, NotTaken, Refused, Uncertain, first_line
from audit_app.jobs.senders.writing import as_mail
from audit_app.mail_config import MailServer, Tls
from audit_app.storage.models import Sender

PERMANENT = 500
OK = (250, 251)


@dataclass(frozen=True)
class Smtp:
    """A mail server that is asked to carry our messages."""

    server: MailServer
    sender: Sender = Sender.SMTP

    @contextmanager
    def open(self) -> Iterator["Connection"]:
        """Reach the server and make ourselves known. Raises NotTaken."""
        try:
            client = self._reached()
        except smtplib.SMTPAuthenticationError:
            raise NotTaken("the mail server does not accept our user or password") from None
        except (smtplib.SMTPException, OSError, UnicodeError) as error:
            raise NotTaken(f"the mail server cannot be reached: {words_of(error)}") from None
        try:
            yield Connection(client, self.server.sent_from)
        finally:
            # The messages are where they belong already, whatever comes of the farewell.
            with suppress(smtplib.SMTPException, OSError):
                client.quit()
            client.close()

    def _reached(self) -> smtplib.SMTP:
        server, seconds = self.server, self.server.timeout.total_seconds()
        private = ssl.create_default_context()
        client: smtplib.SMTP
        if server.tls is Tls.TLS:
            client = smtplib.SMTP_SSL(server.host, server.port, timeout=seconds, context=private)
        else:
            client = smtplib.SMTP(server.host, server.port, timeout=seconds)
        try:
            if server.tls is Tls.STARTTLS:
                client.starttls(context=private)
            client.ehlo_or_helo_if_needed()
            if server.user:
                client.login(server.user, server.password)
        except BaseException:
            client.close()
            raise
        return client


@dataclass(frozen=True)
class Connection:
    """A server that listens to us."""

    client: smtplib.SMTP
    sent_from: str

    def hand(self, letter: Letter) -> str:
        """Hand one message over. Until its text has gone out, nothing was taken for certain."""
        text = as_mail(letter, sent_from=self.sent_from).as_bytes()
        try:
            self._heard(self.client.mail(self.sent_from), about_us=True)
            self._heard(self.client.rcpt(letter.to))
        except (OSError, smtplib.SMTPServerDisconnected) as error:
            raise NotTaken(f"the mail server fell silent: {words_of(error)}") from None
        except UnicodeError:
            raise Refused("this is not an address that mail can be sent to") from None
        try:
            code, said = self.client.data(text)
        except smtplib.SMTPDataError as refused:
            raise verdict(refused.smtp_code, refused.smtp_error) from None
        except (OSError, smtplib.SMTPException) as error:
            raise Uncertain(
                f"the mail server fell silent after it had the text: {words_of(error)}"
            ) from None
        if code not in OK:
            self._start_afresh()
            raise verdict(code, said)
        return first_line(said)

    def _heard(self, answer: tuple[int, bytes], *, about_us: bool = False) -> None:
        code, said = answer
        if code not in OK:
            self._start_afresh()
            # What a server has against us is put right, and the message then goes.
            raise NotTaken(str(verdict(code, said))) if about_us else verdict(code, said)

    def _start_afresh(self) -> None:
        """Let the next message not suffer from this one; a dead connection says so by itself."""
        with suppress(smtplib.SMTPException, OSError):
            self.client.rset()


def verdict(code: int, said: str | bytes) -> NotTaken | Refused:
    """Say what a server's answer means: from 500 on it is for good (RFC 5321, 4.2.1)."""
    words = f"the mail server said {code} {first_line(said)}".strip()
    return Refused(words) if code >= PERMANENT else NotTaken(words)


def words_of(error: Exception) -> str:
    """Say what happened to a connection, in few words."""
    if isinstance(error, TimeoutError):
        return "no answer in time"
    if isinstance(error, smtplib.SMTPResponseException):
        return f"{error.smtp_code} {first_line(error.smtp_error)}"
    if isinstance(error, OSError) and error.strerror:
        return first_line(error.strerror)
    return first_line(str(error)) or type(error).__name__
