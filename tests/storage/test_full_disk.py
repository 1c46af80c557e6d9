"""On a full disk nothing more is saved or said to be saved, and everybody can still read."""

import os
import subprocess
import sys
from pathlib import Path

from tests.databases import Database

PROGRAM = """
import resource, signal, sys
from sqlalchemy import select
from sqlalchemy.exc import OperationalError
from audit_app.storage.engine import make_engine, reading_session, writing_session
from audit_app.storage.models import Partnership

engine = make_engine(sys.argv[1])
with writing_session(engine) as session:
    session.add(Partnership(slug="before", name="Before"))
    session.commit()

# From here on no file of this process can grow, as on a full disk.
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
engine.pool.dispose()

with writing_session(engine) as session:
    session.add(Partnership(slug="after", name="After"))
    try:
        session.commit()
        print("saved")
    except OperationalError:
        print("not saved")
with reading_session(engine) as session:
    print(*session.scalars(select(Partnership.slug)))
"""


def test_a_full_disk_refuses_a_save_and_still_lets_people_read(sqlite_database: Database):
    said = subprocess.run(
        [sys.executable, "-c", PROGRAM, sqlite_database.url],
        check=False,
        capture_output=True,
        text=True,
        env={**os.environ, "PYTHONPATH": str(Path(__file__).parents[2])},
    )
    assert said.stdout.split("\n")[:2] == ["not saved", "before"], said.stderr
