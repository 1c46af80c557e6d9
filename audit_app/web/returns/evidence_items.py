"""All evidence of a return or of an organisation, one item of it, and its files."""

from collections.abc import Iterable, Iterator
from typing import BinaryIO
from uuid import UUID

import structlog
from flask import Response, abort, render_template
from flask.typing import ResponseReturnValue

from audit_app.core.awaiting import Change, awaiting_words
from audit_app.core.evidence.names import attachment
from audit_app.core.permissions import Permission
from audit_app.services.keeping_evidence import awaited_by, pinned_by
from audit_app.storage.evidence_store import A_BLOCK, EvidenceIsGone
from audit_app.storage.models import Evidence, EvidenceVersion, ScanState
from audit_app.storage.queries.evidence import evidence_of_return as items_behind
from audit_app.storage.queries.evidence import evidence_open_to, files_open_to, version_open_to
from audit_app.storage.queries.evidence_kept import (
    evidence_kept_by,
    items_of,
    links_standing,
    organisations_keeping,
    read_through,
)
from audit_app.web.access import current_person, may, needs
from audit_app.web.clock import now, today
from audit_app.web.configured import keeping
from audit_app.web.database import session
from audit_app.web.noting import note_evidence_read
from audit_app.web.returns.evidence_cards import Card, card_of, file_line, standing
from audit_app.web.returns.evidence_forms import Entered, entered_of
from audit_app.web.returns.evidence_part import rules
from audit_app.web.returns.fields import FieldProblem
from audit_app.web.returns.guarded_evidence import asked_in
from audit_app.web.returns.opening import is_open, is_returned, opened, return_for
from audit_app.web.returns.question_words import words_of
from audit_app.web.returns.views import returns

LOG = structlog.get_logger("audit_app.evidence")
GONE = 410
ALONE = "sandbox; default-src 'none'; frame-ancestors 'none'"
"""What a file may do where a browser shows it all the same: nothing."""


@returns.get("/<uuid:return_id>/evidence")
@needs(Permission.READ_RETURN)
def evidence_of_return(return_id: UUID) -> ResponseReturnValue:
    """Show everything that stands behind the answers of a return."""
    audit_return = return_for(return_id, Permission.READ_RETURN)
    is_mine = may(Permission.ANSWER_RETURN, audit_return)
    if not is_mine and not is_returned(audit_return):
        abort(404)
    found = opened(audit_return)
    sent_at = None if is_mine else audit_return.sent_again_at or audit_return.submitted_at
    behind = items_behind(session(), audit_return, sent_at=sent_at)
    files = None if is_mine else _files_of(one for items in behind.values() for one in items)
    groups = [
        (words_of(found.questionnaire, placed.question, found.kind), name, cards)
        for name, placed in found.questionnaire.placed.items()
        if (cards := [_card(one, files) for one in behind.get(name, [])])
    ]
    return render_template(
        "returns/evidence_of_return.html",
        found=found,
        groups=groups,
        lacking=[
            words_of(found.questionnaire, found.questionnaire.question(name), found.kind)
            for name in found.progress.lacking
        ],
        is_mine=is_mine,
        may_answer=is_mine and is_open(audit_return),
    )


@returns.get("/evidence/")
@needs(Permission.ANSWER_RETURN)
def my_evidence() -> ResponseReturnValue:
    """Show what the organisations of this person have, each item with where it stands."""
    kept = [
        (
            organisation,
            [
                (standing(one.links), card_of(one, today()))
                for one in items_of(session(), current_person(), organisation.id)
            ],
        )
        for organisation in organisations_keeping(session(), current_person())
    ]
    return render_template("returns/evidence_of_organisation.html", kept=kept)


@returns.get("/evidence/<uuid:evidence_id>")
@needs(Permission.READ_RETURN)
def evidence_item(evidence_id: UUID) -> ResponseReturnValue:
    """Show one item: its dates, its files from the newest to the oldest, and where it stands."""
    evidence = evidence_open_to(session(), current_person(), evidence_id)
    if evidence is None:
        abort(404)
    return item_page(evidence)


@returns.get("/evidence/files/<uuid:version_id>")
@needs(Permission.READ_RETURN)
def evidence_file(version_id: UUID) -> ResponseReturnValue:
    """Give a file to be kept, never to be shown in the browser; who else takes it is noted."""
    version = version_open_to(session(), current_person(), version_id)
    if version is None or version.scan_state is ScanState.INFECTED:
        abort(404)
    try:
        file = keeping().store.open(version.stored_name)
    except EvidenceIsGone:
        LOG.error("evidence_gone", version=str(version.id))
        return render_template("returns/evidence_gone.html", version=version), GONE
    _note(version)
    response = Response(_blocks(file), mimetype=version.content_type)
    response.call_on_close(file.close)
    response.headers["Content-Disposition"] = attachment(version.file_name)
    response.content_length = version.size
    response.headers["Content-Security-Policy"] = ALONE
    return response


def item_page(
    evidence: Evidence,
    *,
    errors: list[FieldProblem] | None = None,
    change: Entered | None = None,
    newer: Entered | None = None,
) -> str:
    """Show an item with everything that was typed about it, and what is wrong with that."""
    kept = evidence_kept_by(session(), current_person(), evidence.id)
    pinned = pinned_by(session(), evidence, now())
    files = evidence.versions if kept is not None else _files_of([evidence])[evidence.id]
    told = errors or []
    return render_template(
        "returns/evidence_item.html",
        evidence=evidence,
        card=card_of(evidence, today(), versions=files),
        files=[file_line(one, today()) for one in reversed(files)],
        places=standing(links_standing(session(), evidence.id)) if kept else [],
        is_mine=kept is not None,
        pinned=pinned,
        awaited=awaited_by(session(), evidence) if kept is not None else None,
        awaits=awaiting_words(Change.DESCRIBE_EVIDENCE),
        typed=[form for form, one in (("change", change), ("newer", newer)) if one is not None],
        rules=rules(),
        change=change or entered_of(evidence),
        newer=newer or Entered(title=evidence.title),
        errors=told,
        wrong={one.field: one.text for one in told},
        asked={form: asked_in(form, told) for form in ("change", "newer")},
    )


def _files_of(evidence: Iterable[Evidence]) -> dict[UUID, list[EvidenceVersion]]:
    return files_open_to(session(), current_person(), evidence)


def _card(evidence: Evidence, files: dict[UUID, list[EvidenceVersion]] | None) -> Card:
    return card_of(evidence, today(), versions=None if files is None else files[evidence.id])


def _blocks(file: BinaryIO) -> Iterator[bytes]:
    """Read a file bit by bit, and close it at its end."""
    with file:
        while block := file.read(A_BLOCK):
            yield block


def _note(version: EvidenceVersion) -> None:
    """Note who took a file, unless it is their own organisation's."""
    person = current_person()
    if evidence_kept_by(session(), person, version.evidence_id) is not None:
        return
    audit_return = read_through(session(), person, version.evidence_id)
    if audit_return is not None:
        note_evidence_read(audit_return, version.id)
