"""Withdrawing a version of a questionnaire, looked at once more, and putting it back."""

from collections.abc import Sequence
from uuid import UUID

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from audit_app.core.permissions import Permission, Role
from audit_app.core.rounds.deadlines import Wrong
from audit_app.services.withdrawing_questionnaires import (
    WithdrawalRefused,
    put_questionnaire_back,
    withdraw_questionnaire,
)
from audit_app.storage.models import Cycle, CycleState, QuestionnaireVersion
from audit_app.storage.queries.questionnaire_use import rounds_asking
from audit_app.web.access import current_person, needs, roles
from audit_app.web.admin.managed import managed
from audit_app.web.admin.questionnaires import questionnaires, version_or_404
from audit_app.web.clock import now
from audit_app.web.database import session


@questionnaires.get("/<string(length=64):content_hash>/withdraw")
@needs(Permission.MANAGE_QUESTIONNAIRES)
def withdraw(content_hash: str) -> ResponseReturnValue:
    """Say what withdrawing does and what it stops, and ask why."""
    version, _ = version_or_404(content_hash)
    if version.withdrawn_at is not None:
        return _back(version)
    return _asked(version)


@questionnaires.post("/<string(length=64):content_hash>/withdraw")
@needs(Permission.MANAGE_QUESTIONNAIRES)
def withdraw_it(content_hash: str) -> ResponseReturnValue:
    """Withdraw the version."""
    version, _ = version_or_404(content_hash)
    because = request.form.get("because", "").replace("\x00", "").replace("\r\n", "\n")
    try:
        withdraw_questionnaire(
            session(),
            version,
            because=because,
            within=None if Role.ADMINISTRATOR in roles() else _own(),
            by=current_person(),
            now=now(),
        )
    except WithdrawalRefused as refused:
        session().rollback()
        if version_or_404(content_hash)[0].withdrawn_at is not None:
            flash("This version is withdrawn already.")
            return _back(version)
        return _asked(version, because=because, wrong=refused.wrong), 422
    session().commit()
    flash("The version is withdrawn. No new round opens with it.", "success")
    return _back(version)


@questionnaires.post("/<string(length=64):content_hash>/put-back")
@needs(Permission.MANAGE_QUESTIONNAIRES)
def put_back(content_hash: str) -> ResponseReturnValue:
    """Let rounds be opened with the version again."""
    version, _ = version_or_404(content_hash)
    try:
        put_questionnaire_back(session(), version, by=current_person(), now=now())
    except WithdrawalRefused as refused:
        session().rollback()
        flash(f"{refused}.")
    else:
        session().commit()
        flash("The version can be used again.", "success")
    return _back(version)


def _own() -> set[UUID]:
    return {one.id for one in managed(Permission.MANAGE_QUESTIONNAIRES)}


def _asked(version: QuestionnaireVersion, *, because: str = "", wrong: Sequence[Wrong] = ()) -> str:
    own = _own()
    found = [one for one in rounds_asking(session(), version) if one.partnership_id in own]
    return render_template(
        "admin/questionnaires/withdraw.html",
        version=version,
        stopped=_in_state(found, CycleState.PLANNED),
        going_on=_in_state(found, CycleState.OPEN),
        because=because,
        errors=[{"text": one.text, "href": "#because"} for one in wrong],
        error=next((one.text for one in wrong if one.part == "because"), None),
    )


def _in_state(found: list[Cycle], state: CycleState) -> list[Cycle]:
    return [one for one in found if one.state is state]


def _back(version: QuestionnaireVersion) -> ResponseReturnValue:
    address = url_for("questionnaires.questionnaire", content_hash=version.content_hash)
    return redirect(address, 303)
