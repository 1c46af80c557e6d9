"""Asking before a title, a place or the name of a file is kept that may be a child's data."""

from collections.abc import Iterable, Sequence

from werkzeug.datastructures import FileStorage

from audit_app.core.evidence.names import shown_name, title_from
from audit_app.storage.models import AuditReturn, Evidence, Organisation
from audit_app.storage.queries.evidence_kept import links_standing
from audit_app.web.database import session
from audit_app.web.guarding import questions_about
from audit_app.web.returns.evidence_forms import Read
from audit_app.web.returns.fields import FieldProblem


def ask_about_evidence(
    prefix: str,
    read: Read,
    *,
    organisation: Organisation,
    audit_return: AuditReturn | None,
    before: Iterable[str] = (),
    files: Sequence[FileStorage] = (),
) -> list[FieldProblem]:
    """Give what must be asked before this is kept, each at its input; none: keep it.

    What is asked is counted and committed, since nothing else is written then. The name of a file
    becomes its title where none was typed, and can be read by whoever may open the file.
    """
    names = [title_from(shown_name(file.filename or "")) for file in files]
    given = {
        f"{prefix}-title": read.entered.title,
        f"{prefix}-where": read.entered.where,
        f"{prefix}-file{'s' if prefix == 'upload' else ''}": "\n".join(names),
    }
    found = questions_about(
        {field: text for field, text in given.items() if text},
        organisation=organisation,
        audit_return=audit_return,
        before=before,
    )
    if found:
        session().commit()
    return [FieldProblem(one.field, one.text, mark=one.mark) for one in found]


def ask_about_item(
    prefix: str, read: Read, evidence: Evidence, *, files: Sequence[FileStorage] = ()
) -> list[FieldProblem]:
    """Ask of an item that is there: what is said of it already was asked about before."""
    links = links_standing(session(), evidence.id)
    return ask_about_evidence(
        prefix,
        read,
        organisation=evidence.organisation,
        audit_return=links[0].audit_return if links else None,
        before=(evidence.title, evidence.cited_where or ""),
        files=files,
    )


def asked_in(form: str, errors: Iterable[FieldProblem]) -> list[FieldProblem]:
    """Give what is asked in one of the forms of a page."""
    return [one for one in errors if one.mark and one.field.startswith(f"{form}-")]
