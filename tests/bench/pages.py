"""What a page costs the server: ours beside the same HTML printed by hand on the same server."""

from pathlib import Path
from typing import NamedTuple

from tests.bench.bare_app import PAGES
from tests.bench.lending import folder, sqlite
from tests.bench.measuring import median
from tests.bench.plain_app import SAME
from tests.bench.rows import Row, compared, none_wanted
from tests.bench.serving import Server, served
from tests.bench.town import PASSWORD, half_way_lead, load_town, question_of_kind
from tests.bench.visiting import Visitor
from tests.databases import Database

AIM = 1.5
ROUNDS, A_ROUND = 8, 40


class Asked(NamedTuple):
    """What a page came to: the server's processor time for one, and each one's time in seconds."""

    cpu: float
    seconds: list[float]


def rows() -> list[Row]:
    """Ask for a question with radios, one with a table, and the task list, all half answered."""
    with sqlite() as database, folder() as pages:
        load_town(database, leads=0)
        with (
            served("tests.bench.plain_app:make_app()", database) as ours,
            served("tests.bench.bare_app:make_app()", database, **{PAGES: str(pages)}) as bare,
        ):
            return _compared(database, ours, bare, pages)


def _compared(database: Database, ours: Server, bare: Server, pages: Path) -> list[Row]:
    lead = half_way_lead(database)
    somebody, nobody = Visitor(ours), Visitor(bare)
    somebody.sign_in(lead.email, PASSWORD)
    address = f"/returns/{lead.return_id}"
    found: list[Row] = []
    different = 0
    for name, path in {
        "question page, radios": f"{address}/questions/{question_of_kind(database, 'rating')}",
        "question page, a table": f"{address}/questions/{question_of_kind(database, 'table')}",
        "task list": address,
    }.items():
        file = path.replace("/", "-")
        (pages / f"{file}.html").write_text(somebody.get(path).text)
        different += somebody.get(f"/plain{path}").headers[SAME] != "yes"
        found += _in_turn(
            name,
            {
                "ours": (ours, somebody, path),
                "plain": (ours, somebody, f"/plain{path}"),
                "bare": (bare, nobody, f"/pages/{file}"),
            },
        )
    return [*found, none_wanted("pages whose plain HTML is not the same, byte for byte", different)]


def _in_turn(name: str, ways: dict[str, tuple[Server, Visitor, str]]) -> list[Row]:
    """Ask for a page in each of the ways in turn, so that all meet the same machine."""
    asked: dict[str, list[Asked]] = {way: [] for way in ways}
    for _ in range(ROUNDS):
        for way, (server, visitor, path) in ways.items():
            asked[way].append(_ask(server, visitor, path))
    cpu = {way: median([one.cpu for one in rounds]) for way, rounds in asked.items()}
    wall = {
        way: median([s for one in rounds for s in one.seconds]) for way, rounds in asked.items()
    }
    return [
        compared(f"{name}, CPU, against plain Jinja", cpu["ours"], cpu["plain"], aim=AIM),
        compared("  by the clock, p50", wall["ours"], wall["plain"]),
        compared("  CPU, against bare Flask with no database", cpu["ours"], cpu["bare"]),
    ]


def _ask(server: Server, visitor: Visitor, path: str) -> Asked:
    before = server.cpu
    replies = [visitor.get(path) for _ in range(A_ROUND)]
    if any(reply.status != 200 for reply in replies):
        raise ConnectionError(f"{path} answered {replies[0].status}")
    return Asked((server.cpu - before) / A_ROUND, [reply.seconds for reply in replies])
