"""The words by which reviews are sorted, and the bodies and groups that they speak to."""

from typing import Annotated, Literal, TypeVar

from pydantic import Field, StringConstraints

from audit_app.core.asked import Kind, Model, OwnerId, Text

Theme = Literal[
    "professional_curiosity",
    "fora_and_information_sharing",
    "decision_making_and_planning",
    "leadership",
]
"""The four of the thematic learning framework, in its own order."""

Term = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_]*$", max_length=40)]
FactId = Annotated[
    str, StringConstraints(pattern=r"^[a-z][a-z0-9-]*(\.[a-z0-9-]+)+$", max_length=40)
]

T = TypeVar("T")


def at_least_one(values: tuple[T, ...]) -> tuple[T, ...]:
    """Refuse an empty list, after its members were judged: a minimum length would blame both."""
    if not values:
        raise ValueError("give at least one")
    return values


class ThemeWords(Model):
    """What a theme is called, and the fact that puts its challenge to the Board."""

    label: Text
    challenge: FactId


class Sector(Model):
    """A part of the partnership's world, and the kinds of organisation in it."""

    label: Text
    kinds: tuple[Kind, ...]


class Vocabulary(Model):
    """Every word that a review may be sorted by; there are no others."""

    themes: dict[Theme, ThemeWords]
    sub_themes: dict[Term, Text]
    sectors: dict[Term, Sector]


class Owner(Model):
    """A body or group that a review speaks to, under whatever names the reviews print.

    `kinds` are the kinds of organisation it stands for; a group of the partnership has none.
    `everybody` says that it is every organisation of those kinds and not one of them, so that
    nobody needs to say that they answer for it.
    """

    name: Text
    known_as: tuple[Text, ...] = ()
    kinds: tuple[Kind, ...]
    everybody: bool = False
    note: Text | None = None


class Owners(Model):
    """Every owner, by the id that the reviews use."""

    owners: Annotated[dict[OwnerId, Owner], Field(min_length=1)]
