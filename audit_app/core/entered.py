"""What is said at the head of a return of the answers in it that somebody else entered."""

from collections.abc import Mapping

from audit_app.core.on_behalf import entered_heads
from audit_app.core.sheet import Sheet


def heads_of_entered(entered: Mapping[str, str], sheet: Sheet) -> list[str]:
    """Say once of a sheet which of its answers were entered for somebody."""
    standing = [
        line.question.id
        for section in sheet.sections
        for line in section.lines
        if line.reply is not None and line.reply.stands
    ]
    return entered_heads([entered[name] for name in standing if name in entered], of=len(standing))
