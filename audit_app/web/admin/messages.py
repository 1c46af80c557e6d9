"""The outbox: what was written to whom, what became of it, and what can be done about it."""

from uuid import UUID

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from audit_app.core.permissions import Permission
from audit_app.services.resending import (
    CannotBeSentAgain,
    CannotHaveComeBack,
    note_bounce,
    send_again,
)
from audit_app.storage.models import OutgoingMessage
from audit_app.storage.queries.messages import Fate, count_by_fate, message_open_to, messages_of
from audit_app.web.access import current_person, needs
from audit_app.web.admin.choices import page_number
from audit_app.web.admin.managed import at, chosen_partnership, managed
from audit_app.web.admin.message_pages import line_of, preview_of
from audit_app.web.clock import now
from audit_app.web.database import session
from audit_app.web.page_links import page_links

messages = Blueprint("messages", __name__, url_prefix="/admin/messages")


@messages.get("/")
@needs(Permission.READ_MESSAGES)
def outbox() -> ResponseReturnValue:
    """List a partnership's messages, all or those that one thing became of."""
    partnership, person = chosen_partnership(), current_person()
    wished = request.args.get("state", "")
    fate = Fate(wished) if wished in set(Fate) else None
    found = messages_of(
        session(),
        person,
        partnership,
        fate=fate,
        page=page_number(request.args.get("page", "")),
    )
    here = {**at(partnership), **({"state": fate.value} if fate else {})}
    moment = now()
    return render_template(
        "admin/messages/outbox.html",
        lines=[line_of(message, now=moment) for message in found.rows],
        page=found,
        links=page_links(found, lambda number: url_for(".outbox", page=number, **here)),
        counts=count_by_fate(session(), person, partnership),
        fate=fate.value if fate else "",
        partnership=partnership,
        partnerships=managed(Permission.READ_MESSAGES),
        at=at(partnership),
    )


@messages.get("/<uuid:message_id>")
@needs(Permission.READ_MESSAGES)
def message(message_id: UUID) -> ResponseReturnValue:
    """Show one message as it was, or will be, sent."""
    found = message_or_404(message_id)
    return render_template("admin/messages/message.html", page=preview_of(found, now=now()))


@messages.post("/<uuid:message_id>/send-again")
@needs(Permission.SEND_MESSAGES)
def again(message_id: UUID) -> ResponseReturnValue:
    """Put a message that was given up or is in doubt among those to be sent."""
    found = message_or_404(message_id)
    try:
        send_again(session(), found, by=current_person(), now=now())
    except CannotBeSentAgain:
        flash("It is on its way or has left already, so it was not put in the queue again.")
    else:
        session().commit()
        flash("The message will be sent again.", "success")
    return redirect(url_for(".message", message_id=message_id))


@messages.post("/<uuid:message_id>/bounced")
@needs(Permission.SEND_MESSAGES)
def bounced(message_id: UUID) -> ResponseReturnValue:
    """Note that a message came back."""
    found = message_or_404(message_id)
    words = request.form.get("words", "").replace("\x00", "")
    try:
        note_bounce(session(), found, words=words, by=current_person(), now=now())
    except CannotHaveComeBack:
        flash("It was not noted: the message has not left, or is noted as come back already.")
    else:
        session().commit()
        flash("It is noted that the message came back.", "success")
    return redirect(url_for(".message", message_id=message_id))


def message_or_404(message_id: UUID) -> OutgoingMessage:
    """Give a message of a partnership that this person coordinates."""
    found = message_open_to(session(), current_person(), message_id)
    if found is None:
        abort(404)
    return found
