"""How long a national register of 70,000 rows takes to preview and to apply, and in what memory."""

import json
import os
import subprocess
import sys
import time
from datetime import UTC, datetime
from pathlib import Path

from audit_app.core.register.kinds import Wider
from audit_app.services.applying_imports import apply_import
from audit_app.services.importing import Chosen, preview
from audit_app.storage.engine import make_engine, writing_session
from audit_app.storage.models import Partnership
from tests.bench import lending
from tests.bench.processes import peak_memory
from tests.bench.registers import AUTHORITIES, write_register
from tests.bench.rows import Row, in_words, limited, noted

ROWS = 70_000
MOST_SECONDS = 60.0
CHOSEN = {
    "all": Chosen((), Wider(other_registers=True, home_childcarers=True)),
    "one": Chosen(AUTHORITIES[:1]),
}
"""Every row, which is the most there can be; and one county of 153, which is what people do."""


def rows() -> list[Row]:
    """Import in a process of its own, so that its memory is nobody else's."""
    found: list[Row] = []
    with lending.folder() as folder:
        file = folder / "register.csv"
        write_register(file, rows=ROWS)
        with lending.sqlite() as database:
            took = [_measured(database.url, file, which) for which in ("one", "all", "all")]
    said = (f"one county of {ROWS:,} rows", f"all {ROWS:,} rows", f"all {ROWS:,} rows again")
    for words, one in zip(said, took, strict=True):
        both = one["preview"] + one["apply"]
        found.append(limited(f"Register, {words}: preview and apply", both, limit=MOST_SECONDS))
        found.append(noted("  of these, the preview", in_words(one["preview"])))
        found.append(noted("  peak memory of the process", f"{one['memory'] / 1024**2:.0f} MiB"))
    return found


def bring_in(url: str, file: Path, chosen: Chosen) -> dict[str, float]:
    """Preview and apply one file, and give the seconds of each and the memory in bytes."""
    now = datetime.now(UTC)
    with writing_session(make_engine(url)) as session, file.open("rb") as opened:
        partnership = session.query(Partnership).first() or Partnership(slug="all", name="All")
        session.add(partnership)
        session.commit()
        begun = time.perf_counter()
        run = preview(
            session,
            partnership,
            opened,
            file_name=file.name,
            layout=None,
            chosen=chosen,
            by=None,
            now=now,
        )
        session.commit()
        seen = time.perf_counter()
        apply_import(session, run, by=None, now=now)
        session.commit()
        applied = time.perf_counter() - seen
    return {"preview": seen - begun, "apply": applied, "memory": peak_memory(os.getpid())}


def _measured(url: str, file: Path, which: str) -> dict[str, float]:
    words = [sys.executable, "-m", "tests.bench.register", url, str(file), which]
    done = subprocess.run(words, check=True, capture_output=True, text=True)
    found: dict[str, float] = json.loads(done.stdout)
    return found


if __name__ == "__main__":
    print(json.dumps(bring_in(sys.argv[1], Path(sys.argv[2]), CHOSEN[sys.argv[3]])))
