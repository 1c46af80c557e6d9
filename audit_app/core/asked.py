"""What every question has, whatever its kind: words, whom it is for, weight and provenance."""

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

from audit_app.core.conditions import Condition

Text = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=10_000)]
Id = Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9][A-Za-z0-9._-]*$", max_length=40)]
OwnerId = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9-]*$", max_length=40)]
Kind = Literal[
    "group",
    "childminder",
    "out_of_school",
    "school_nursery",
    "local_authority",
    "district_council",
    "nhs",
    "police",
    "probation",
    "youth_justice",
    "prison",
    "voluntary",
    "other",
]


class Model(BaseModel):
    """A published fact: it cannot be changed, and holds nothing that the format does not know."""

    model_config = ConfigDict(frozen=True, extra="forbid", strict=False, hide_input_in_errors=True)


class Link(Model):
    """Where to read more."""

    label: Text
    address: Annotated[str, StringConstraints(pattern=r"^https://\S+$", max_length=500)]


class Asked(Model):
    """The part of a question that does not depend on its kind.

    `critical` needs its reason, so that nobody can paint a county red without saying why.
    `action` is what would be done where the answer is not Green: a plan is drafted from it.
    `derives_from` names findings, recommendations, responses or learning of the reviews;
    `law` names references of `questionnaires/sources/law.yaml`.
    """

    id: Id
    text: Text
    text_for: dict[Kind, Text] = {}
    hint: Text | None = None
    hint_for: dict[Kind, Text] = {}
    guidance: Text | None = None
    links: list[Link] = []
    evidence_hint: Text | None = None
    action: Text | None = None
    action_for: dict[Kind, Text] = {}
    applies_to: list[Kind] | None = None
    when: Condition | None = None
    with_previous: bool = False
    required: bool = True
    weight: Annotated[int, Field(strict=True, ge=0, le=1000)] = 1
    critical: bool = False
    critical_because: Text | None = None
    not_applicable: Text | None = None
    dont_know: bool = False
    comment_required_for: list[str] = []
    evidence_required_for: list[str] = []
    derives_from: list[str] = []
    law: list[str] = []
    same_meaning_as: Id | None = None
    scoring_version: Annotated[int, Field(strict=True, ge=1)] = 1

    def words(self, kind: str) -> str:
        """Give the question as it is put to this kind of organisation."""
        return self.text_for.get(kind, self.text)  # type: ignore[call-overload, no-any-return]

    def to_be_done(self, kind: str) -> str | None:
        """Give what this kind of organisation does where its answer is not Green, as written."""
        return {**self.action_for}.get(kind, self.action)  # type: ignore[call-overload, no-any-return]
