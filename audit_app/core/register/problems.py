"""What can be wrong with a file, and with one value of it, each in words."""

from collections.abc import Sequence

from audit_app.core.register.layouts import LAYOUT_WORDS, WORDS, Field, Layout


class RegisterCannotBeRead(Exception):
    """The file as a whole cannot be read; says why in a sentence."""


class ColumnsMissing(RegisterCannotBeRead):
    """Columns that the layout needs are not there, or have names that nobody has mapped.

    `headers` are those of which nobody knows what they mean, `known` what the others mean.
    """

    def __init__(
        self,
        layout: Layout,
        missing: tuple[Field, ...],
        headers: tuple[str, ...] = (),
        known: tuple[Field, ...] = (),
    ) -> None:
        self.layout, self.missing = layout, missing
        self.headers, self.known = headers, known
        names = " and ".join(WORDS[field] for field in missing)
        super().__init__(
            f"Read as {LAYOUT_WORDS[layout]}, the file has no column for {names}. "
            "Where the column has another name, it can be mapped by hand."
        )


class ValueRefused(Exception):
    """A value makes its row unusable: the field, what is written there, and why."""

    def __init__(self, field: Field, value: str, reason: str) -> None:
        super().__init__(reason)
        self.field, self.value, self.reason = field, value, reason


def listed(words: Sequence[str]) -> str:
    """Write "a, b or c"."""
    *others, last = words
    return f"{', '.join(others)} or {last}" if others else last
