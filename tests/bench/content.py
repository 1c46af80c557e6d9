"""How long reading questionnaires takes: from the file, from the cache, and all that is shipped."""

from functools import partial
from pathlib import Path

from audit_app.core.reading import check_questionnaire, read_questionnaire
from audit_app.services.reading_sources import sources
from audit_app.storage.engine import reading_session, writing_session
from audit_app.storage.questionnaire_library import load
from tests.bench.lending import sqlite
from tests.bench.measuring import Cost, cost_of
from tests.bench.rows import Row, in_words, limited, noted
from tests.builders import make_questionnaire_version

QUESTIONNAIRES = Path(__file__).parents[2] / "questionnaires"
AUDIT = QUESTIONNAIRES / "early-years-audit" / "2026.yaml"
ALL_SHIPPED, FROM_CACHE = 1.0, 100e-6


def rows() -> list[Row]:
    """Read the early years audit, find it again in the cache, and check everything there is."""
    text = AUDIT.read_bytes()
    once = cost_of(partial(read_questionnaire, text, name=AUDIT.name), seconds=0.1, rounds=3)
    shipped = _shipped()
    everything = cost_of(partial(_check, shipped), seconds=0.1, rounds=2)
    return [
        noted("reading the early years audit from its file", in_words(once.wall)),
        limited("loading it from the cache", _from_cache(text.decode()).wall, limit=FROM_CACHE),
        limited(
            f"reading and checking all shipped content ({len(shipped)} files and the sources), CPU",
            everything.cpu,
            limit=ALL_SHIPPED,
        ),
    ]


def _shipped() -> list[Path]:
    found = sorted(QUESTIONNAIRES.glob("*/*.yaml"))
    return [path for path in found if path.parent.name != "sources"]


def _check(files: list[Path]) -> None:
    sources.cache_clear()
    known = sources(QUESTIONNAIRES)
    for file in files:
        check_questionnaire(file.read_bytes(), name=file.name, sources=known)


def _from_cache(text: str) -> Cost:
    with sqlite() as database:
        with writing_session(database.engine) as session:
            name = make_questionnaire_version(session, text=text).content_hash
            session.commit()
        with reading_session(database.engine) as session:
            return cost_of(partial(load, session, name))
