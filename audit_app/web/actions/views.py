"""The actions that somebody may see, what was promised first of all, and one of them."""

from uuid import UUID

from flask import Blueprint, current_app, render_template, request, url_for
from flask.typing import ResponseReturnValue

from audit_app.core.action_moves import ActionMove, action_may
from audit_app.core.awaiting import Change
from audit_app.core.permissions import HELD_AT_PARTNERSHIP, Permission
from audit_app.core.problems import CannotBeRead
from audit_app.core.rag import WORDS
from audit_app.services.reading_sources import sources
from audit_app.services.tracing_actions import Thread, thread_of
from audit_app.storage.models import Action, AuditReturn, Locality
from audit_app.storage.queries.actions import actions_of
from audit_app.storage.queries.rounds import localities_of
from audit_app.web.access import current_person, holdings, may, needs
from audit_app.web.actions.forms import FieldError, day_parts, said_wrong
from audit_app.web.actions.opening import action_for, awaiting_said
from audit_app.web.actions.pages import LISTS, Wish, action_row, read_wish
from audit_app.web.clock import today
from audit_app.web.database import session
from audit_app.web.page_links import page_links

actions = Blueprint("actions", __name__, url_prefix="/actions")


@actions.get("/")
@needs(Permission.READ_ACTIONS)
def all_actions() -> ResponseReturnValue:
    """Show the actions of my organisations, or of my part of the partnership; overdue first."""
    wish = read_wish(request.args)
    kept = LISTS[wish.show]
    found = actions_of(
        session(),
        current_person(),
        statuses=kept.statuses,
        overdue_on=today() if kept.is_overdue else None,
        search=wish.search,
        locality_id=wish.locality,
        page=wish.page,
    )
    overdue = actions_of(session(), current_person(), overdue_on=today(), size=1).total
    return render_template(
        "actions/all_actions.html",
        wish=wish,
        lists=_lists(wish),
        rows=[action_row(one) for one in found.rows],
        page=found,
        overdue=overdue,
        localities=_localities(),
        links=page_links(found, lambda number: url_for(".all_actions", **wish.parts(page=number))),
    )


@actions.get("/<uuid:action_id>")
@needs(Permission.READ_ACTIONS)
def one_action(action_id: UUID) -> ResponseReturnValue:
    """Show one action, how it came on, and what can be done with it now."""
    return action_page(action_for(action_id, Permission.READ_ACTIONS))


def action_page(
    action: Action,
    *,
    typed: dict[str, str] | None = None,
    day: dict[str, str] | None = None,
    errors: list[FieldError] | None = None,
    is_stale: bool = False,
) -> str:
    """Print the page of one action, with what was typed and is not saved, and what is wrong."""
    mine = may(Permission.PLAN_ACTIONS, action)
    audit_return = action.audit_return
    may_read_return = audit_return is not None and may(Permission.READ_RETURN, audit_return)
    awaits = awaiting_said(action, Change.CHANGE_ACTION) if mine else ""
    stays = {ActionMove.CHANGE, ActionMove.DROP} if awaits else set()
    return render_template(
        "actions/one_action.html",
        row=action_row(action),
        action=action,
        typed=typed or {},
        day=day or day_parts(action.by_when),
        errors=errors or [],
        wrong=said_wrong(errors or []),
        is_stale=is_stale,
        may={
            move.value: mine and move not in stays and action_may(action.status, move)
            for move in ActionMove
        },
        awaits=awaits,
        may_read_return=may_read_return,
        thread=None if audit_return is None else _thread(action, audit_return, may_read_return),
        rating_words=WORDS,
    )


def _thread(action: Action, audit_return: AuditReturn, may_read_return: bool) -> Thread | None:
    """Follow the action back; sources that cannot be read take away the reviews and no more."""
    try:
        read = sources(current_app.config["AUDIT"].questionnaires)
    except (CannotBeRead, OSError):
        read = None
    return thread_of(
        session(),
        action,
        audit_return,
        sources=read,
        shows_ratings=may_read_return,
        today=today(),
    )


def _lists(wish: Wish) -> list[tuple[str, str, bool]]:
    """Give the lists as links; drafts and what was dropped are for those who wrote them."""
    mine = any(held.organisation_id or held.group_id for held in holdings())
    shown = [name for name in LISTS if mine or name != "drafts"]
    return [
        (LISTS[name].title, url_for(".all_actions", **wish.parts(show=name)), name == wish.show)
        for name in shown
    ]


def _localities() -> list[Locality]:
    """Give the localities that whoever oversees a whole partnership may choose from."""
    whole = {
        held.partnership.id: held.partnership
        for held in holdings()
        if held.partnership is not None
        and held.role in HELD_AT_PARTNERSHIP
        and held.locality_id is None
    }
    return [one for partnership in whole.values() for one in localities_of(session(), partnership)]
