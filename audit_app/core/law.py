"""What a question may call law, guidance or local standard, for whom, and how sure that is."""

from datetime import date
from typing import Annotated, Literal

from pydantic import AfterValidator, StringConstraints, model_validator

from audit_app.core.asked import Kind, Model, Text
from audit_app.core.themes import at_least_one

ReferenceKind = Literal[
    "statute",
    "statutory_guidance",
    "guidance",
    "inspection_framework",
    "local_procedure",
    "local_standard",
]
KINDS_OF_REFERENCE: dict[ReferenceKind, str] = {
    "statute": "Law",
    "statutory_guidance": "Statutory guidance",
    "guidance": "Guidance",
    "inspection_framework": "Inspection framework",
    "local_procedure": "Local procedure",
    "local_standard": "Local standard",
}
"""Every kind of reference and the words for it."""

LOCAL: frozenset[ReferenceKind] = frozenset({"local_procedure", "local_standard"})
Status = Literal["verified", "to_be_checked"]
Standing = Literal["duty", "good_practice"]
ReferenceId = Annotated[str, StringConstraints(pattern=r"^[A-Z0-9]+(-[A-Z0-9]+)*$", max_length=20)]


class Application(Model):
    """Where some kinds of organisation find the reference, and whether it binds them.

    The two EYFS frameworks number their paragraphs separately, so `document` and `paragraph` stand
    here. `text` replaces the words of the reference where they differ for these kinds; `status` is
    to_be_checked where the reference is verified, but not that it says this to these kinds.
    """

    kinds: Annotated[tuple[Kind, ...], AfterValidator(at_least_one)]
    document: Text | None = None
    paragraph: Text | None = None
    paragraph_status: Status | None = None
    standing: Standing = "duty"
    status: Status = "verified"
    text: Text | None = None
    note: Text | None = None

    @model_validator(mode="after")
    def _says_whether_the_paragraph_was_checked(self) -> "Application":
        if (self.paragraph is None) != (self.paragraph_status is None):
            raise ValueError("`paragraph` and `paragraph_status` go together")
        return self


class Reference(Model):
    """One thing that a question may rest on, in our own words and dated.

    `status` is about the words of `text`; `checked` says what was read, what was not, and where.
    `superseded_by` is filled in when a later edition replaces this one.
    """

    id: ReferenceId
    kind: ReferenceKind
    short_title: Text
    title: Text
    edition: Text | None
    in_force_from: date | None
    in_force_note: Text | None = None
    supersedes: Text | None = None
    superseded_by: Text | None = None
    superseded_on: date | None = None
    local: bool = False
    status: Status
    checked: Text
    text: Text
    applies: Annotated[tuple[Application, ...], AfterValidator(at_least_one)]

    @model_validator(mode="after")
    def _is_consistent(self) -> "Reference":
        if self.local != (self.kind in LOCAL):
            raise ValueError("`local` is true for a local procedure or standard, and only for them")
        if self.in_force_from is None and self.in_force_note is None:
            raise ValueError("without `in_force_from`, `in_force_note` must say what is known")
        if self.superseded_on is not None and self.superseded_by is None:
            raise ValueError("`superseded_on` needs `superseded_by`")
        named = [kind for application in self.applies for kind in application.kinds]
        if len(named) != len(set(named)):
            raise ValueError("a kind of organisation is named twice under `applies`")
        return self

    def application(self, kind: str) -> Application | None:
        """Give what holds for this kind of organisation; none where the reference is not for it."""
        return next((found for found in self.applies if kind in found.kinds), None)

    def is_superseded(self, on: date) -> bool:
        """Say whether a later edition has replaced this one by that day."""
        return self.superseded_by is not None and (
            self.superseded_on is None or self.superseded_on <= on
        )


class Law(Model):
    """Every reference, in the order of the file."""

    references: tuple[Reference, ...]

    def reference(self, reference_id: str) -> Reference | None:
        """Find a reference by its id."""
        return next((found for found in self.references if found.id == reference_id), None)


def words_for_respondents(reference: Reference, kind: str, *, on: date | None = None) -> str | None:
    """Say what this kind of organisation may rely on; None where nothing may be said as law.

    Nothing is said of a reference that is still to be checked, that is not for this kind, or that
    a later edition has replaced by `on`. An unchecked paragraph is left out. What is local, and
    what is good practice rather than a duty, is called so.
    """
    application = reference.application(kind)
    if application is None or "to_be_checked" in (reference.status, application.status):
        return None
    if reference.superseded_by is not None and (on is None or reference.is_superseded(on)):
        return None
    said = f"{_where(reference, application, only_checked=True)}: {_words(reference, application)}"
    if reference.kind == "local_standard":
        return f"Local standard, not law: {_words(reference, application)}"
    if reference.local:
        return f"Local procedure, not law. {said}"
    if reference.kind == "inspection_framework":
        return f"What inspectors look at. {said}"
    if application.standing == "good_practice" or reference.kind == "guidance":
        return f"Good practice for you. {said}"
    return said


def words_for_authors(reference: Reference, kind: str) -> str:
    """Say everything that is recorded, with what is still to be checked called so."""
    application = reference.application(kind)
    if application is None:
        return f"{reference.short_title} is not for this kind of organisation."
    said = [
        f"{KINDS_OF_REFERENCE[reference.kind]}. "
        f"{_where(reference, application, only_checked=False)}: {_words(reference, application)}"
    ]
    if "to_be_checked" in (reference.status, application.status):
        said.append("To be checked before it is shown as law.")
    said += [reference.checked, reference.in_force_note or "", application.note or ""]
    if reference.superseded_by:
        said.append(f"Replaced by {reference.superseded_by}.")
    return " ".join(part for part in said if part)


def _words(reference: Reference, application: Application) -> str:
    return application.text or reference.text


def _where(reference: Reference, application: Application, *, only_checked: bool) -> str:
    paragraph = _paragraph(application, only_checked)
    # The short title of a statute may name its section already, and the paragraph names it again.
    by_its_full_name = reference.kind == "statute" and paragraph
    place = application.document or (reference.title if by_its_full_name else reference.short_title)
    edition = f" ({reference.edition})" if reference.edition else ""
    return f"{place}{edition}{paragraph}"


def _paragraph(application: Application, only_checked: bool) -> str:
    if application.paragraph is None:
        return ""
    if application.paragraph_status == "verified":
        return f", {application.paragraph}"
    return "" if only_checked else f", {application.paragraph} (to be checked)"
