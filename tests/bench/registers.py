"""A national register with invented rows, in the columns of August 2021."""

import csv
from collections.abc import Iterator
from pathlib import Path
from random import Random

HEADER = (
    "Web link", "Provider URN", "Registration date", "Provider type", "Provider subtype",
    "Provider status", "Individual Register combinations", "Provider Early Years Register Flag",
    "Provider Compulsory Childcare Register Flag", "Provider Voluntary Childcare Register Flag",
    "Registered person URN", "Registered_Person_Name", "Provider name", "Provider address line 1",
    "Provider address line 2", "Provider address line 3", "Provider town", "Postcode",
    "Telephone Number", "Parliamentary constituency", "Local authority", "Region",
    "Ofsted region", "Deprivation Band", "Places", "Places including estimates",
    "Most recent full: Inspection number", "Most recent full: Inspection date",
    "Most recent full: Overall effectiveness", "Quality of education", "Behaviour and attitudes",
    "Personal development", "Effectiveness of leadership and management",
    "Safeguarding is effective?", "CCR requirements suitability", "VCR requirements suitability",
    "Second most recent full: Overall effectiveness",
    "Second most recent full: Inspection number", "Second most recent full: Inspection date",
    "Third most recent full: Overall effectiveness", "Third most recent full: Inspection number",
    "Third most recent full: Inspection date", "NCOR: Inspection number", "NCOR: Inspection date",
    "NCOR: Overall effectiveness", "CR: Inspection number", "CR: Inspection date",
    "CR: Overall effectiveness",
)  # fmt: skip
"""The 48 columns of the file of 31 August 2021, in their order."""

AUTHORITIES = (
    *(f"Invented County {number}" for number in range(1, 152)),
    "Wensbury, Tarnley & Yarrow",
    "Not Recorded",
)
TYPES = (
    ("Childminder", "", 48),
    ("Childcare on non-domestic premises", "Full day care", 21),
    ("Childcare on non-domestic premises", "Sessional day care", 9),
    ("Childcare on non-domestic premises", "Out-of-school day care", 9),
    ("Home childcarer", "", 13),
)
REGISTERS = (("ALL", "Y", 62), ("VCR only", "N", 17), ("EYR only", "Y", 10), ("EYR-CCR", "Y", 11))


def write_register(file: Path, *, rows: int, seed: int = 4) -> None:
    """Write so many rows, always the same for the same seed."""
    with file.open("w", newline="", encoding="utf-8") as opened:
        writer = csv.writer(opened, quoting=csv.QUOTE_ALL)
        writer.writerow(HEADER)
        writer.writerows(_rows(rows, Random(seed)))


def _rows(number: int, random: Random) -> Iterator[list[str]]:
    types = random.choices(TYPES, [one[2] for one in TYPES], k=number)
    registers = random.choices(REGISTERS, [one[2] for one in REGISTERS], k=number)
    for place in range(number):
        provider_type, subtype, _ = types[place]
        combination, flag, _ = registers[place]
        withheld = provider_type in ("Childminder", "Home childcarer")
        name, line, town, postcode, telephone = (
            ["REDACTED"] * 5
            if withheld
            else [
                f"Puddleducks {place}",
                f"{place % 300} Orchard Lane",
                "Harnsworth",
                f"ZZ{place % 99} {place % 10}QQ",
                f"01632 {place:06}",
            ]
        )
        group = "" if withheld else f"RP{500000 + place // 3}"
        yield [
            "Web link", f"EY{100000 + place}", f"{place % 28 + 1:02}/{place % 12 + 1:02}/2011",
            provider_type, subtype, "Active", combination, flag, "Y", "Y",
            group, f"Goslings {place // 3} Ltd" if group else "", name, line, "", "", town,
            postcode, telephone, "Invented North", AUTHORITIES[place % len(AUTHORITIES)],
            "East of England", "East of England", "Average", str(place % 90), str(place % 90),
            str(1000000 + place), "10/12/2018", "2", "-", "-", "-", "2", "-", "Met", "Met",
            "2", str(800000 + place), "04/11/2015", *[""] * 9,
        ]  # fmt: skip
