"""Giving a section to a colleague, taking one that is nobody's, and giving it back."""

from uuid import UUID

from flask import abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from audit_app.core.awaiting import AwaitsSignature, Change
from audit_app.core.permissions import Permission
from audit_app.core.progress import SectionProgress
from audit_app.core.rounds.deadlines import Wrong
from audit_app.core.section_names import section_called
from audit_app.services.answering import ReturnIsClosed
from audit_app.services.giving_sections import (
    GiftRefused,
    SectionHasMoved,
    give_section,
    take_back,
    take_section,
)
from audit_app.storage.queries.colleagues import people_of, roles_of_people
from audit_app.web.access import current_person, may, needs
from audit_app.web.clock import now
from audit_app.web.configured import config
from audit_app.web.database import session
from audit_app.web.guarding import questions_about
from audit_app.web.returns.awaiting import awaiting_said
from audit_app.web.returns.fields import FieldProblem
from audit_app.web.returns.giving_form import (
    GivingPage,
    TypedGift,
    gift_of,
    giving_page,
    read_gift,
    seen_gift,
)
from audit_app.web.returns.opening import Opened, is_open, opened, return_for
from audit_app.web.returns.question_words import section_title
from audit_app.web.returns.section_holders import holders_of
from audit_app.web.returns.views import returns

REFUSED, CONFLICT = 422, 409


CLOSED = "The return is closed, so nothing was changed."
MOVED = "Somebody else took or gave this {} in the meantime. Nothing was changed."


@returns.get("/<uuid:return_id>/sections/<section_id>/give")
@needs(Permission.GIVE_SECTION)
def give(return_id: UUID, section_id: str) -> ResponseReturnValue:
    """Ask to whom a section is given, by when, and with which note."""
    found, place = _section(return_id, section_id, Permission.GIVE_SECTION)
    if said := awaiting_said(found.audit_return, Change.GIVE_SECTION):
        return _closed(return_id, said)
    if not is_open(found.audit_return):
        return redirect(url_for("returns.read", return_id=return_id))
    return _page(_giving(found, place))


@returns.post("/<uuid:return_id>/sections/<section_id>/give")
@needs(Permission.GIVE_SECTION)
def give_it(return_id: UUID, section_id: str) -> ResponseReturnValue:
    """Give the section and write to the colleague, or show the form again with what is wrong."""
    found, place = _section(return_id, section_id, Permission.GIVE_SECTION)
    typed = read_gift(request.form)
    gift, wrong = gift_of(typed, people_of(session(), found.audit_return.organisation_id))
    if gift is None:
        return _page(_giving(found, place, typed=typed, wrong=wrong)), REFUSED
    if asked := _ask_about(found, gift.note):
        session().commit()
        return _page(_giving(found, place, typed=typed)._replace(errors=asked)), REFUSED
    try:
        give_section(
            session(),
            found.audit_return,
            place.section,
            gift=gift,
            seen=seen_gift(request.form),
            by=current_person(),
            now=now(),
            base_address=config().base_address,
        )
    except GiftRefused as refused:
        return _page(_giving(found, place, typed=typed, wrong=refused.wrong)), REFUSED
    except SectionHasMoved:
        return _moved(found, place, typed)
    except AwaitsSignature as refused:
        wrong = [Wrong("to", str(refused))]
        return _page(_giving(found, place, typed=typed, wrong=wrong)), CONFLICT
    except ReturnIsClosed:
        return _closed(return_id)
    session().commit()
    name = "you" if gift.to.id == current_person().id else gift.to.name
    flash(f"{_name(found, place)} was given to {name}.")
    return redirect(url_for("returns.section", return_id=return_id, section_id=section_id), 303)


@returns.post("/<uuid:return_id>/sections/<section_id>/take")
@needs(Permission.ANSWER_RETURN)
def take(return_id: UUID, section_id: str) -> ResponseReturnValue:
    """Take a section that is nobody's."""
    found, place = _section(return_id, section_id, Permission.ANSWER_RETURN)
    try:
        take_section(
            session(),
            found.audit_return,
            place.section,
            seen=seen_gift(request.form),
            by=current_person(),
            now=now(),
        )
    except SectionHasMoved:
        flash(MOVED.format(found.questionnaire.section_word))
    except AwaitsSignature as refused:
        return _closed(return_id, refused)
    except ReturnIsClosed:
        return _closed(return_id)
    else:
        session().commit()
        flash(f"{_name(found, place)} is yours now.")
    return redirect(url_for("returns.section", return_id=return_id, section_id=section_id), 303)


@returns.post("/<uuid:return_id>/sections/<section_id>/take-back")
@needs(Permission.ANSWER_RETURN)
def take_it_back(return_id: UUID, section_id: str) -> ResponseReturnValue:
    """Let a section be nobody's again: one's own, or anybody's for those who may give it."""
    found, place = _section(return_id, section_id, Permission.ANSWER_RETURN)
    on = holders_of(found).sections[section_id]
    if not on.is_yours and not may(Permission.GIVE_SECTION, found.audit_return):
        abort(404)
    try:
        take_back(
            session(),
            found.audit_return,
            place.section,
            seen=seen_gift(request.form),
            by=current_person(),
            now=now(),
        )
    except SectionHasMoved:
        flash(MOVED.format(found.questionnaire.section_word))
    except AwaitsSignature as refused:
        return _closed(return_id, refused)
    except ReturnIsClosed:
        return _closed(return_id)
    else:
        session().commit()
        flash(f"Nobody has {_name(found, place).lower()} now. What was answered is kept.")
    return redirect(url_for("returns.section", return_id=return_id, section_id=section_id), 303)


def _section(
    return_id: UUID, section_id: str, permission: Permission
) -> tuple[Opened, SectionProgress]:
    found = opened(return_for(return_id, permission))
    place = next((one for one in found.progress.sections if one.section.id == section_id), None)
    if place is None:
        abort(404)
    return found, place


def _giving(
    found: Opened,
    place: SectionProgress,
    *,
    typed: TypedGift | None = None,
    wrong: list[Wrong] | None = None,
) -> GivingPage:
    return giving_page(
        found,
        place.section,
        holders_of(found).sections[place.section.id],
        people_of(session(), found.audit_return.organisation_id),
        me=current_person(),
        roles=roles_of_people(session(), found.audit_return.organisation_id),
        typed=typed,
        wrong=wrong,
    )


def _ask_about(found: Opened, note: str) -> list[FieldProblem]:
    """Give what in a note may be a child's data: it leaves by e-mail."""
    questions = questions_about(
        {"note": note},
        organisation=found.audit_return.organisation,
        audit_return=found.audit_return,
    )
    return [FieldProblem(one.field, one.text, mark=one.mark) for one in questions]


def _page(page: GivingPage) -> str:
    return render_template("returns/give.html", page=page, errors=page.errors, moved=False)


def _moved(found: Opened, place: SectionProgress, typed: TypedGift) -> ResponseReturnValue:
    """Show who has it now, with what was typed ready to be sent again."""
    return render_template(
        "returns/give.html", page=_giving(found, place, typed=typed), errors=[], moved=True
    ), CONFLICT


def _closed(return_id: UUID, why: object = "") -> ResponseReturnValue:
    flash(f"{why}. Nothing was changed." if why else CLOSED, "error" if why else "message")
    return redirect(url_for("returns.read", return_id=return_id), 303)


def _name(found: Opened, place: SectionProgress) -> str:
    word, section = found.questionnaire.section_word.capitalize(), place.section
    return section_called(word, section.id, section_title(section, found.kind))
