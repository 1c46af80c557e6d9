"""Inside the press: take a document, draw it, give it back, until nobody is there any more."""

import os
import signal
import sys

from audit_app.reporting.drawing import NotDrawn, draw
from audit_app.reporting.press import DRAWN, NOT_DRAWN, receive, send


def main() -> None:
    """Answer documents from standard input on standard output; each is a folder, a name, HTML."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    # What a library prints must not end up among the documents.
    answers = os.fdopen(os.dup(sys.stdout.fileno()), "wb")
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())
    while folder := receive(sys.stdin.buffer):
        identifier, html = receive(sys.stdin.buffer), receive(sys.stdin.buffer)
        try:
            made = draw(html.decode(), folder=folder.decode(), identifier=identifier)
        except NotDrawn as error:
            send(answers, NOT_DRAWN + str(error).encode(errors="replace"))
        else:
            send(answers, DRAWN + made)


if __name__ == "__main__":
    main()
