"""How commands print: plain tables that fit a terminal."""

from collections.abc import Sequence

import click

WIDEST = 70


def cut(text: str, most: int = WIDEST) -> str:
    """Shorten words for a table, in one line."""
    plain = " ".join(text.split())
    return plain if len(plain) <= most else f"{plain[: most - 1]}…"


def print_table(heads: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
    """Print rows under their heads in aligned columns; "none" where there are no rows."""
    if not rows:
        click.echo("  none")
        return
    widths = [max(len(row[place]) for row in [heads, *rows]) for place in range(len(heads))]
    for row in [heads, *rows]:
        line = "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True))
        click.echo(f"  {line.rstrip()}")
