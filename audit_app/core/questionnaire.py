"""A questionnaire as published: sections, questions, scales and rules, frozen and indexed by id."""

from collections.abc import Iterator
from decimal import Decimal
from functools import cached_property
from typing import Annotated, Any, Literal, NamedTuple

from pydantic import Field, StringConstraints

from audit_app.core.asked import Id, Kind, Model, OwnerId, Text
from audit_app.core.conditions import Condition
from audit_app.core.question_numbers import numbers_of
from audit_app.core.questions import Code, Part, Percent, Question, Thresholds
from audit_app.core.section_names import number_of


class Level(Model):
    """One level of a scale: what it is called, the colour it maps to, and its points."""

    value: Code
    label: Text
    rag: Literal["red", "amber", "green"]
    points: Annotated[int, Field(strict=True, ge=0, le=1000)]


RAG_SCALE: tuple[Level, ...] = (
    Level(value="red", label="Red", rag="red", points=0),
    Level(value="amber", label="Amber", rag="amber", points=1),
    Level(value="green", label="Green", rag="green", points=2),
)
"""The scale every questionnaire has without declaring it (rag-method, section 3)."""


class Bands(Model):
    """From which score a section is Green or Amber, both inclusive at the bottom; else Red."""

    green: Percent = Decimal(80)
    amber: Percent = Decimal(50)


class Sampling(Model):
    """How many scored questions of a section a moderator must have checked for "validated"."""

    share: Percent = Decimal(25)
    least: Annotated[int, Field(strict=True, ge=0, le=100)] = 3


class Caps(Model):
    """Which rules hold a rating down whatever its points; all of them unless the author says no."""

    critical_red: bool = True
    critical_unanswered: bool = True
    critical_amber: bool = True
    red: bool = True
    section_red: bool = True


class Scoring(Model):
    """The thresholds that the author, for the partnership, chose."""

    bands: Bands = Bands()
    caps: Caps = Caps()
    moderation: Sampling = Sampling()


class Indicator(Model):
    """A share computed from figures in two answers: so many (x) of so many (y)."""

    id: Code
    title: Text
    x: Part
    y: Part
    thresholds: Thresholds | None = None
    why: Text | None = None


class PriorityArea(Model):
    """Questions judged together by their worst answer, never by an average."""

    id: Code
    title: Text
    questions: Annotated[list[Id], Field(min_length=1)]
    indicators: list[Code] = []
    why: Text | None = None
    derives_from: list[str] = []


class Section(Model):
    """A section (or standard), its questions, and the sections within it.

    `owners` and `owner_kinds` put it only to organisations that answer for one of these owners, or
    are of one of these kinds. `repeat` stands in files that `core.repeating` writes out, and never
    in a questionnaire.
    """

    id: Id
    title: Text
    title_for: dict[Kind, Text] = {}
    introduction: Text | None = None
    applies_to: list[Kind] | None = None
    owners: list[OwnerId] = []
    owner_kinds: list[Kind] = []
    repeat: Literal["to_be_assured", "recommendations", "findings"] | None = None
    when: Condition | None = None
    rated: bool = True
    marks: Annotated[int, Field(strict=True, ge=1)] | None = None
    questions: list[Question] = []
    sections: list["Section"] = []

    @property
    def number(self) -> str:
        """Give the id where it is as short as 6, 4.1 or K; an id in words is shown to nobody."""
        return number_of(self.id)


class Placed(NamedTuple):
    """A question and where it stands."""

    question: Question
    path: tuple[Section, ...]
    number: int

    @property
    def section(self) -> Section:
        """Give the innermost section."""
        return self.path[-1]


class Questionnaire(Model):
    """One version of a questionnaire, as one file says it.

    `content_hash` is the SHA-256 of the file, given by whoever read it: a return pins it. `unit` is
    what one return is about: the organisation itself, or one sampled consultation, which two
    organisations then audit independently of each other.
    """

    format: Literal[1]
    name: Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9-]*$", max_length=60)]
    version: Annotated[
        str, StringConstraints(pattern=r"^[A-Za-z0-9][A-Za-z0-9._-]*$", max_length=20)
    ]
    title: Text
    short_title: Text | None = None
    reference: Annotated[str, StringConstraints(pattern=r"^[A-Z][A-Z0-9]{1,5}$")]
    purpose: Text
    minutes: Annotated[int, Field(strict=True, ge=1, le=10_000)] = 60
    section_word: Literal["section", "standard"] = "section"
    signed_by: Literal["lead", "signatory"] = "lead"
    unit: Literal["organisation", "consultation"] = "organisation"
    asked_of: Annotated[list[Kind], Field(min_length=1)]
    changes: Text | None = None
    scales: dict[Code, list[Level]] = {}
    scoring: Scoring = Scoring()
    priority_areas: list[PriorityArea] = []
    indicators: list[Indicator] = []
    sections: Annotated[list[Section], Field(min_length=1)]
    content_hash: str = ""

    @cached_property
    def placed(self) -> dict[str, Placed]:
        """Every question by its id, in the order asked."""
        found = walk(self.sections)
        return {
            question.id: Placed(question, path, number)
            for number, (question, path) in enumerate(found, 1)
        }

    @cached_property
    def numbers(self) -> dict[str, str]:
        """The number under which each question is shown, by its id."""
        return numbers_of((name, one.section.id) for name, one in self.placed.items())

    @cached_property
    def all_sections(self) -> dict[str, Section]:
        """Every section by its id, parents before the sections within them."""
        return {path[-1].id: path[-1] for path in section_paths(self.sections)}

    @cached_property
    def pages(self) -> dict[str, tuple[str, ...]]:
        """The questions on the page of each question, in the order asked; most stand alone."""
        found: list[list[str]] = []
        for name, placed in self.placed.items():
            if placed.question.with_previous and found:
                found[-1].append(name)
            else:
                found.append([name])
        return {name: tuple(page) for page in found for name in page}

    @cached_property
    def plans(self) -> dict[str, Any]:
        """What scoring made ready of this questionnaire, by kind of organisation (`core.plans`)."""
        return {}

    @cached_property
    def names_owners(self) -> bool:
        """Say whether any section is put only to those who answer for somebody."""
        return any(one.owners or one.owner_kinds for one in self.all_sections.values())

    @cached_property
    def narrowed(self) -> dict[tuple[str, frozenset[str]], "Questionnaire"]:
        """What was narrowed to those who answer for somebody (`core.owning`)."""
        return {}

    def question(self, question_id: str) -> Question:
        """Give a question by its id; KeyError where this version has none."""
        return self.placed[question_id].question

    def scale(self, name: str) -> tuple[Level, ...]:
        """Give the levels of a scale, in the order written."""
        return RAG_SCALE if name == "rag" and name not in self.scales else tuple(self.scales[name])

    def asked(self, kind: str) -> list[Placed]:
        """Give the questions put to this kind of organisation, before any condition."""
        return [placed for placed in self.placed.values() if is_put_to(placed, kind)]

    @property
    def key(self) -> str:
        """Give name and version as people write it, `early-years-audit/2026`."""
        return f"{self.name}/{self.version}"


def is_put_to(placed: Placed, kind: str) -> bool:
    """Say whether the question and every section around it apply to this kind of organisation."""
    parts = (*placed.path, placed.question)
    return all(part.applies_to is None or kind in part.applies_to for part in parts)


def section_paths(
    sections: list[Section], above: tuple[Section, ...] = ()
) -> Iterator[tuple[Section, ...]]:
    """Walk the sections in the order asked, each with the sections around it."""
    for section in sections:
        path = (*above, section)
        yield path
        yield from section_paths(section.sections, path)


def walk(sections: list[Section]) -> Iterator[tuple[Question, tuple[Section, ...]]]:
    """Walk the questions in the order asked, each with the sections around it."""
    for path in section_paths(sections):
        for question in path[-1].questions:
            yield question, path
