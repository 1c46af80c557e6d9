"""The two audits of a sampled consultation side by side, once both are in."""

from uuid import UUID

from flask import abort, render_template
from flask.typing import ResponseReturnValue

from audit_app.core.comparing_audits import VERDICT_WORDS, Verdict
from audit_app.core.permissions import Permission
from audit_app.services.comparing_audits import comparison_of
from audit_app.storage.queries.consultations import consultation_to_compare
from audit_app.web.access import current_person, may, needs
from audit_app.web.clock import today
from audit_app.web.database import session
from audit_app.web.noting import note_reading
from audit_app.web.returns.sheet_pages import tables_of
from audit_app.web.returns.views import returns

COLOURS = {Verdict.SAME: "blue", Verdict.ONE_APART: "grey", Verdict.DIFFERENT: "purple"}
"""Not those of ratings: agreeing on Red is agreeing."""


@returns.get("/consultations/<uuid:consultation_id>")
@needs(Permission.READ_RETURN)
def consultation(consultation_id: UUID) -> ResponseReturnValue:
    """Show both audits to their auditors and to the coordinator; before that there is nothing."""
    found = consultation_to_compare(session(), current_person(), consultation_id)
    if found is None:
        abort(404)
    compared, audits, sheets = comparison_of(session(), found, today=today())
    for one in audits:
        note_reading(one)
    return render_template(
        "returns/consultation.html",
        consultation=found,
        compared=compared,
        audits=audits,
        tables=[tables_of(sheet) for sheet in sheets],
        is_mine=any(may(Permission.ANSWER_RETURN, one) for one in audits),
        verdicts=VERDICT_WORDS,
        colours=COLOURS,
    )
