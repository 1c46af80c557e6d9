"""Why answers that were asked about stay as they are: read from a form, guarded, shown again."""

from collections.abc import Mapping
from typing import Any

from flask import request

from audit_app.storage.models import AuditReturn
from audit_app.web.returns.changes_page import LEFT, questions_to_change
from audit_app.web.returns.fields import FieldProblem
from audit_app.web.returns.opening import opened


def reasons_left() -> dict[str, str]:
    """Read the reasons by question; where a form has no room for them there are none."""
    return {
        name.removeprefix(LEFT): text
        for name, text in request.form.items()
        if name.startswith(LEFT)
    }


def problems_left(wrong: Mapping[str, str]) -> list[FieldProblem]:
    """Put what is wrong with the reasons, by question, at their fields."""
    return [FieldProblem(f"{LEFT}{name}", text) for name, text in wrong.items()]


def texts_left() -> dict[str, str]:
    """Give the reasons by field: others read them, so they are asked about before they are kept."""
    return {f"{LEFT}{name}": text for name, text in reasons_left().items()}


def asked_again(audit_return: AuditReturn) -> dict[str, Any]:
    """Give what a page before sending again shows: what was asked about, and what was typed."""
    return {
        "asked_again": [one for one in questions_to_change(opened(audit_return)) if one.is_named],
        "typed_left": reasons_left(),
        "partnership": audit_return.cycle.partnership.name,
    }
