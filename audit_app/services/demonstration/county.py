"""The invented county: places, settings, agencies and people. Nobody and nowhere here is real."""

from collections.abc import Iterator
from random import Random
from typing import NamedTuple

PARTNERSHIP = ("wensmere", "Wensmere Safeguarding Children Partnership")

CONTACT: dict[str, str] = {
    "contact_name": "Kezia Nethercote",
    "contact_email": "coordinator@wensmere.example",
    "contact_telephone": "01632 960 117",
}
"""Whom people ask about a round; the number is one of those kept for invented people."""

LOCALITIES: dict[str, tuple[str, float, tuple[str, ...]]] = {
    "north": (
        "North",
        0.945,
        ("Harnsworth", "Little Keld", "Ormsby Fell", "Thornwick", "Skelbeck", "Marrick Cross"),
    ),
    "east": (
        "East",
        0.77,
        ("Eastoller", "Fenny Dray", "Saltmarsh End", "Coldrey", "Wickmere Bridge", "Lode Green"),
    ),
    "south": (
        "South",
        0.92,
        ("Ashcombe Regis", "Broad Tilling", "Chaldean", "Pennyford", "Winterslow Hatch", "Yarrow"),
    ),
    "west": (
        "West",
        0.90,
        ("Wensbury", "Long Stanton Dale", "Overbrook", "Millhollow", "Tarnley", "Castle Orde"),
    ),
    "coast": (
        "Coast",
        0.86,
        ("Gullhaven", "Port Ellery", "Sandgate Staithe", "Shinglecote", "Whitcliff", "Old Quay"),
    ),
}
"""Localities: the name, how strong practice is there in this story, and its invented places."""

NUMBERS: dict[str, int] = {
    "group": 48,
    "childminder": 46,
    "out_of_school": 16,
    "school_nursery": 10,
}
"""How many settings of each kind: 120 in all."""

FIRST = (
    "Acorn Lane", "Bluebell", "Cobweb Corner", "Daisy Chain", "Elm Tree", "Foxglove", "Goslings",
    "Honeypot", "Ivy House", "Jackdaw", "Kingfisher", "Ladybird", "Merry Meadow", "Nutshell",
    "Orchard", "Puddleducks", "Quayside", "Rainbow Row", "Skylark", "Treetops", "Umbrella Yard",
    "Village Green", "Willow Walk", "Yellow Door",
)  # fmt: skip

ENDINGS: dict[str, tuple[str, ...]] = {
    "group": ("Nursery", "Pre-school", "Day Nursery", "Playgroup"),
    "childminder": ("Childminding",),
    "out_of_school": ("After School Club", "Holiday Club"),
    "school_nursery": ("Primary School Nursery",),
}

AGENCIES: tuple[tuple[str, str, tuple[str, ...]], ...] = (
    (
        "Wensmere County Council Children’s Services",
        "local_authority",
        ("childrens-services", "county-council", "early-help"),
    ),
    ("Harnsworth and Tarnley District Council", "district_council", ()),
    ("Ashcombe District Council", "district_council", ()),
    ("Gullhaven Borough Council", "district_council", ()),
    ("Wensmere Integrated Care Board", "nhs", ("health", "designated-doctor")),
    ("Wensmere Hospitals NHS Trust", "nhs", ("clinicians", "nhs-providers")),
    (
        "Wensmere Community and Mental Health NHS Trust",
        "nhs",
        ("mental-health-trust", "community-health-trust", "healthy-child-programme"),
    ),
    ("Wensmere Ambulance Service NHS Trust", "nhs", ()),
    ("Wensmere Constabulary", "police", ("police",)),
    ("Probation Service, Wensmere", "probation", ()),
    ("Wensmere Youth Justice Service", "youth_justice", ()),
    ("HMP Castle Orde", "prison", ()),
    ("Wensmere Voluntary Sector Forum", "voluntary", ()),
    ("Wensmere Diocesan Safeguarding Office", "other", ("school-leaders",)),
    (
        "Wensmere Safeguarding Partnership Business Unit",
        "other",
        (
            "partnership",
            "policies-and-procedures-group",
            "learning-and-improvement-group",
            "case-review-group",
            "essex-board",
        ),
    ),
)
"""Agencies: the name, the kind, and whom of those named by the reviews it answers for."""

GIVEN = (
    "Asha", "Bethan", "Carys", "Dilys", "Efua", "Farah", "Greta", "Hanif", "Imani", "Jorge",
    "Kezia", "Lowri", "Maryam", "Nadia", "Olwen", "Priya", "Rowan", "Sunita", "Tamsin", "Wanda",
)  # fmt: skip
FAMILY = (
    "Ashdown-Vale", "Brackenfell", "Copperwheat", "Dunmallow", "Elderfield", "Farthingale",
    "Greenhalt", "Holloway-Reed", "Inglefold", "Jessamine", "Kettlewood", "Larkhollow",
    "Merriwind", "Nethercote", "Oakenshaw", "Pennywell", "Quillfeather", "Ravensmoor",
    "Silverdene", "Thistlewood",
)  # fmt: skip


class Setting(NamedTuple):
    """An invented setting: how strong it is decides how it answers."""

    number: int
    name: str
    kind: str
    locality: str
    town: str
    urn: str
    strength: float


def settings(random: Random) -> Iterator[Setting]:
    """Give the 120 settings, spread over the localities, always the same for the same seed."""
    kinds = [kind for kind, number in NUMBERS.items() for _ in range(number)]
    seen: set[str] = set()
    places = list(LOCALITIES)
    for number, kind in enumerate(kinds):
        locality = places[number % len(places)]
        _, strength, towns = LOCALITIES[locality]
        town = towns[number // len(places) % len(towns)]
        name = _name(number, kind, town, seen)
        # Childminders answer for less and are a little surer of it; clubs a little less so.
        leaning = {"childminder": 0.02, "out_of_school": -0.03}.get(kind, 0.0)
        spread = random.gauss(leaning, 0.06)
        yield Setting(
            number,
            name,
            kind,
            locality,
            town,
            f"EY{100 + number:06}",
            min(0.96, max(0.5, strength + spread)),
        )


def person_name(number: int) -> str:
    """Give an invented name, a different one for each number up to 400."""
    return f"{GIVEN[number % len(GIVEN)]} {FAMILY[number // len(GIVEN) % len(FAMILY)]}"


def _name(number: int, kind: str, town: str, seen: set[str]) -> str:
    if kind == "school_nursery":
        return f"{town} {ENDINGS[kind][0]}"
    endings = ENDINGS[kind]
    for step in range(len(FIRST)):
        first = FIRST[(number * 7 + step) % len(FIRST)]
        name = f"{first} {endings[number % len(endings)]}, {town}"
        if name not in seen:
            seen.add(name)
            return name
    return f"{FIRST[number % len(FIRST)]} {endings[0]} {number}, {town}"
