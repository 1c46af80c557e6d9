"""The completion monitor: looked at, taken away as a file, and acted on from."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from flask import Response, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from audit_app.core.permissions import Permission
from audit_app.core.rounds.deadlines import Wrong
from audit_app.core.rounds.moves import CycleMove, CycleMoveNotPossible, CycleState, cycle_may
from audit_app.services.changing_returns import ChangeRefused, extend
from audit_app.services.chasing import Reminded, remind
from audit_app.services.completion_files import completion_csv, completion_xlsx
from audit_app.services.monitoring import Monitor, monitor_of
from audit_app.storage.models import Cycle
from audit_app.storage.queries.chasing import STILL_OUT
from audit_app.web.access import current_person, fresh, needs
from audit_app.web.admin.choices import page_links, page_number
from audit_app.web.admin.rounds.monitor_page import Wish, monitor_page, read_wish, wished
from audit_app.web.admin.rounds.reading import (
    Problem,
    ask_about,
    problems,
    read_day,
    said_wrong,
    typed_day,
    words,
)
from audit_app.web.admin.rounds.views import base_address, round_or_404, rounds
from audit_app.web.clock import now
from audit_app.web.database import session

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
MOST_SHOWN = 5


@rounds.get("/<uuid:cycle_id>/monitor")
@needs(Permission.RUN_ROUNDS)
def monitor(cycle_id: UUID) -> ResponseReturnValue:
    """Where every return of a round stands."""
    cycle, wish = round_or_404(cycle_id), read_wish(request.args)
    page = monitor_page(_monitor(cycle), wish, page=page_number(request.args.get("page", "")))

    def address(number: int) -> str:
        return _address(cycle, page.wish, page=number)

    return render_template(
        "admin/rounds/monitor.html",
        cycle=cycle,
        page=page,
        links=page_links(page.found, address),
        may_chase=cycle_may(cycle.state, CycleMove.CHASE),
    )


@rounds.get("/<uuid:cycle_id>/monitor.csv")
@needs(Permission.RUN_ROUNDS)
@fresh
def monitor_csv(cycle_id: UUID) -> ResponseReturnValue:
    """The returns wished for as CSV."""
    cycle, at = round_or_404(cycle_id), now()
    rows = wished(_monitor(cycle), read_wish(request.args))
    return _file(cycle, completion_csv(rows, now=at), "csv", "text/csv", at)


@rounds.get("/<uuid:cycle_id>/monitor.xlsx")
@needs(Permission.RUN_ROUNDS)
@fresh
def monitor_xlsx(cycle_id: UUID) -> ResponseReturnValue:
    """The returns wished for as a spreadsheet."""
    cycle, at = round_or_404(cycle_id), now()
    rows = wished(_monitor(cycle), read_wish(request.args))
    return _file(cycle, completion_xlsx(rows, now=at), "xlsx", XLSX, at)


@rounds.post("/<uuid:cycle_id>/remind")
@needs(Permission.RUN_ROUNDS)
def remind_selected(cycle_id: UUID) -> ResponseReturnValue:
    """Remind those selected, or everybody on the list who is still to answer."""
    cycle, wish = round_or_404(cycle_id), read_wish(request.form)
    chosen = _chosen(cycle, wish)
    if not chosen:
        flash("Nobody was selected: tick the returns to remind.", "error")
        return redirect(_address(cycle, wish), 303)
    try:
        found = remind(
            session(),
            cycle,
            return_ids=chosen,
            by=current_person(),
            now=now(),
            base_address=base_address(),
        )
    except CycleMoveNotPossible as refused:
        session().rollback()
        flash(str(refused), "error")
    else:
        session().commit()
        flash(_reminded_words(found), "success" if found.messages else "message")
    return redirect(_address(cycle, wish), 303)


@rounds.post("/<uuid:cycle_id>/extend")
@needs(Permission.RUN_ROUNDS)
def extend_selected(cycle_id: UUID) -> ResponseReturnValue:
    """Give those selected more time: asked for the day and the reason first, then done."""
    cycle, wish = round_or_404(cycle_id), read_wish(request.form)
    chosen = _chosen(cycle, wish)
    if not chosen:
        flash("Nobody was selected: tick the returns to give more time.", "error")
        return redirect(_address(cycle, wish), 303)
    if request.form.get("go") != "extend":
        return _extend_form(cycle, wish, chosen)
    typed = typed_day(request.form, "until")
    until = read_day(typed, "until", "The new day")
    reason = words(request.form, "reason")
    wrong = [until] if isinstance(until, Wrong) else []
    if until is None:
        wrong = [Wrong("until", "Enter the new day")]
    if not reason:
        wrong.append(Wrong("reason", "Say why"))
    if not wrong and (asked := ask_about(None, "reason", reason)):
        return _extend_form(cycle, wish, chosen, asked=asked), 422
    if until is not None and not isinstance(until, Wrong) and not wrong:
        try:
            found = extend(
                session(),
                cycle,
                return_ids=chosen,
                until=until,
                reason=reason,
                by=current_person(),
                now=now(),
                base_address=base_address(),
            )
        except ChangeRefused as refused:
            session().rollback()
            wrong = refused.wrong
        else:
            session().commit()
            left = f" Left as they were: {_some(found.left_out)}." if found.left_out else ""
            flash(f"{_organisations(found.returns)} given more time and told so.{left}", "success")
            return redirect(_address(cycle, wish), 303)
    return _extend_form(cycle, wish, chosen, wrong), 422


def _monitor(cycle: Cycle) -> Monitor:
    return monitor_of(session(), cycle, person=current_person(), now=now())


def _chosen(cycle: Cycle, wish: Wish) -> list[UUID]:
    """Give the returns ticked; or, asked for everybody, those of the list that are still out."""
    if request.form.get("everybody"):
        rows = wished(_monitor(cycle), wish)
        return [row.return_id for row in rows if row.state in STILL_OUT]
    return request.form.getlist("returns", type=UUID)


def _extend_form(
    cycle: Cycle,
    wish: Wish,
    chosen: list[UUID],
    wrong: list[Wrong] | None = None,
    *,
    asked: Sequence[Problem] = (),
) -> str:
    errors = problems(wrong or [], elsewhere={"returns": "until-day", "state": "until-day"})
    errors += asked
    by_id = {row.return_id: row.organisation for row in _monitor(cycle).rows}
    return render_template(
        "admin/rounds/extend.html",
        cycle=cycle,
        wish=wish,
        names=[by_id[one] for one in chosen if one in by_id],
        chosen=[] if request.form.get("everybody") else chosen,
        typed=typed_day(request.form, "until"),
        reason=words(request.form, "reason"),
        errors=errors,
        wrong=said_wrong(errors),
        is_archived=cycle.state is CycleState.ARCHIVED,
    )


def _address(cycle: Cycle, wish: Wish, *, page: int = 1) -> str:
    parts = wish.address_parts(page=page if page > 1 else None)
    return url_for("rounds.monitor", cycle_id=cycle.id, **parts, _anchor="returns")


def _file(cycle: Cycle, content: bytes, ending: str, kind: str, at: datetime) -> Response:
    name = f"{cycle.partnership.slug}-{cycle.questionnaire_version.name}-{cycle.year}-completion"
    disposition = f'attachment; filename="{name}-{at:%Y-%m-%d}.{ending}"'
    return Response(content, mimetype=kind, headers={"Content-Disposition": disposition})


def _reminded_words(found: Reminded) -> str:
    parts = []
    if found.messages:
        e_mails = "1 e-mail" if found.messages == 1 else f"{found.messages:,} e-mails"
        parts.append(f"{_organisations(found.returns)} reminded, {e_mails}.")
    if found.already:
        parts.append(f"{_organisations(found.already)} reminded today already.")
    if found.unreachable:
        parts.append(f"Nobody to write to at {_some(found.unreachable)}.")
    if found.not_out:
        parts.append(f"{_organisations(found.not_out)} left out: nothing is still to come.")
    return " ".join(parts) or "There was nobody to remind."


def _organisations(number: int) -> str:
    return "1 organisation was" if number == 1 else f"{number:,} organisations were"


def _some(names: list[str]) -> str:
    more = f" and {len(names) - MOST_SHOWN:,} more" if len(names) > MOST_SHOWN else ""
    return ", ".join(names[:MOST_SHOWN]) + more
