"""`make bench`: every benchmark in turn, or those named (ARGS="scoring board"), then one table."""

import os
import sys
import time
from collections.abc import Callable, Iterable

from tests.bench import (
    board,
    content,
    deadline,
    flatness,
    pages,
    register,
    reports,
    rounds,
    saving,
    scoring,
)
from tests.bench.rows import Row, print_rows

BENCHES: dict[str, Callable[[], Iterable[Row]]] = {
    "scoring": scoring.rows,
    "content": content.rows,
    "pages": pages.rows,
    "saving": saving.rows,
    "deadline": deadline.rows,
    "flatness": flatness.rows,
    "register": register.rows,
    "reports": reports.rows,
    "board": board.rows,
    "rounds": rounds.rows,
}


def main(names: list[str]) -> None:
    """Run the benchmarks named; what was measured is printed even where a later one breaks."""
    unknown = [name for name in names if name not in BENCHES]
    if unknown:
        sys.exit(f"There is no {', '.join(unknown)}; there are {', '.join(BENCHES)}.")
    found: list[Row] = []
    begun = time.perf_counter()
    try:
        for name in names or BENCHES:
            print(f"{name} ...", file=sys.stderr, flush=True)
            found += BENCHES[name]()
    finally:
        print_rows(found)
    took = time.perf_counter() - begun
    version = ".".join(str(part) for part in sys.version_info[:3])
    print(f"\n{os.cpu_count()} cores, Python {version}, {took:.0f} s in all.")


if __name__ == "__main__":
    main(sys.argv[1:])
