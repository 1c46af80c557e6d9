"""A small mail server for tests: takes mail, refuses it, or falls silent, as it is told."""

import asyncio
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from email import message_from_bytes, policy
from email.message import EmailMessage

from audit_app.mail_config import MailServer, Tls


@dataclass
class Post:
    """What a server has taken, and how it behaves: a word, or the answer to one command."""

    port: int = 0
    silent_at: str = ""
    answers: dict[str, str] = field(default_factory=dict)
    taken: list[EmailMessage] = field(default_factory=list)
    reached: threading.Event = field(default_factory=threading.Event)

    @property
    def ids(self) -> list[str]:
        """Give the Message-ID of each message taken."""
        return [str(mail["Message-ID"]) for mail in self.taken]

    def server(self, *, seconds: float = 5) -> MailServer:
        """Give the config that leads here."""
        return MailServer(
            "127.0.0.1",
            self.port,
            Tls.NONE,
            "audit@example.org",
            timeout=timedelta(seconds=seconds),
        )

    async def talk(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """Speak as much SMTP as our client does."""
        self.reached.set()
        try:
            if self.silent_at == "BANNER":
                await reader.read()
            writer.write(b"220 test\r\n")
            while line := await reader.readline():
                command = line.decode().strip().upper().split(":")[0].split(" ")[0]
                if command == self.silent_at:
                    await reader.read()
                answer = self.answers.get(command)
                if command == "DATA" and answer is None:
                    writer.write(b"354 go on\r\n")
                    text = await reader.readuntil(b"\r\n.\r\n")
                    if self.silent_at == "TEXT":
                        await reader.read()
                    self.taken.append(message_from_bytes(text[:-3], policy=policy.default))
                writer.write(f"{answer or '250 taken'}\r\n".encode())
                await writer.drain()
                if command == "QUIT":
                    break
        except (ConnectionError, asyncio.IncompleteReadError):
            pass
        finally:
            writer.close()


@contextmanager
def mail_server(*, silent_at: str = "", answers: dict[str, str] | None = None) -> Iterator[Post]:
    """Run a mail server on a free port, and lend what it takes.

    Its loop lives in a thread of its own: a browser of other tests may have one in this thread.
    """
    post = Post(silent_at=silent_at, answers=answers or {})
    loop, ready, ended = asyncio.new_event_loop(), threading.Event(), asyncio.Event()
    thread = threading.Thread(target=loop.run_until_complete, args=(_serve(post, ready, ended),))
    thread.start()
    try:
        assert ready.wait(5), "the mail server of the tests did not start"
        yield post
    finally:
        loop.call_soon_threadsafe(ended.set)
        thread.join()
        loop.close()


async def _serve(post: Post, ready: threading.Event, ended: asyncio.Event) -> None:
    server = await asyncio.start_server(post.talk, "127.0.0.1", 0)
    post.port = server.sockets[0].getsockname()[1]
    ready.set()
    await ended.wait()
    server.close()
    talks = asyncio.all_tasks() - {asyncio.current_task()}
    for talk in talks:
        talk.cancel()
    await asyncio.gather(*talks, return_exceptions=True)
