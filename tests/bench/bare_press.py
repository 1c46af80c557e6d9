"""The floor of a report: bare WeasyPrint in a process of its own, kept warm as our press is."""

import subprocess
import sys
from pathlib import Path

from weasyprint import HTML

from audit_app.reporting.press import receive, send

REPORTS = Path(__file__).parents[2] / "reports"
IMPORTED_AS = "tests.bench.bare_press"


class BarePress:
    """A running process that draws HTML with nothing of ours around it."""

    def __init__(self) -> None:
        """Start the process."""
        self.process = subprocess.Popen(
            [sys.executable, "-m", IMPORTED_AS],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            cwd=REPORTS.parent,
        )

    def printed(self, folder: str, html: str) -> bytes:
        """Give the PDF of a document that uses the style sheets of this folder."""
        send(self.process.stdin, folder.encode())
        send(self.process.stdin, html.encode())
        return receive(self.process.stdout)

    @property
    def pid(self) -> int:
        """Give the number of the process."""
        return self.process.pid

    def stop(self) -> None:
        """End the process."""
        self.process.kill()
        self.process.communicate()


def main() -> None:
    """Draw whatever comes in, until nothing does."""
    while folder := receive(sys.stdin.buffer).decode():
        html = receive(sys.stdin.buffer).decode()
        sheets = [
            str(path)
            for name in ("_base", folder)
            for path in sorted((REPORTS / name).glob("*.css"))
        ]
        made = HTML(string=html, base_url=f"{(REPORTS / folder).as_uri()}/").write_pdf(
            stylesheets=sheets, pdf_variant="pdf/ua-1"
        )
        send(sys.stdout.buffer, made)


if __name__ == "__main__":
    main()
