"""The words of a round's e-mails, each shown as one person will get it."""

from datetime import timedelta
from typing import NamedTuple
from uuid import UUID, uuid5

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from audit_app.core.london import london_date
from audit_app.core.permissions import Permission
from audit_app.core.rounds.deadlines import Wrong
from audit_app.core.rounds.moves import CycleMove, CycleMoveNotPossible, cycle_may
from audit_app.core.rounds.wording import BLANKS, KINDS, Letter, wrong_letter
from audit_app.services.planning_cycles import CycleRefused, reword_cycle
from audit_app.services.round_letters import Asked, addressed, letters_of, usual_letter
from audit_app.storage.models import Cycle
from audit_app.storage.queries.chasing import Recipient
from audit_app.web.access import current_person, needs
from audit_app.web.admin.rounds.planning import CONFLICT, REFUSED, TOO_LONG_OPEN
from audit_app.web.admin.rounds.reading import long_words, problems, said_wrong, words
from audit_app.web.admin.rounds.views import base_address, round_or_404, rounds
from audit_app.web.clock import now
from audit_app.web.database import session
from audit_app.web.errors import shows_again

SOMEBODY = Recipient("Sam Example", "sam@example.org", None)
SOMEWHERE = "Example Nursery"
SEEN = {
    "round_opened": timedelta(days=-30),
    "round_reminder": timedelta(days=-3),
    "round_overdue": timedelta(days=7),
    "round_extended": timedelta(days=-7),
}
"""On which day, seen from the due day, somebody would read each e-mail."""


class Shown(NamedTuple):
    """One kind of e-mail: when it goes out, its words, and how they read filled in."""

    kind: str
    title: str
    letter: Letter
    preview: Letter
    is_usual: bool


@rounds.get("/<uuid:cycle_id>/e-mails")
@needs(Permission.RUN_ROUNDS)
def letters(cycle_id: UUID) -> ResponseReturnValue:
    """The e-mails of a round."""
    cycle = round_or_404(cycle_id)
    return _page(cycle, letters_of(cycle))


@rounds.post("/<uuid:cycle_id>/e-mails")
@needs(Permission.RUN_ROUNDS)
def save_letters(cycle_id: UUID) -> ResponseReturnValue:
    """Keep the words, or show how they would read."""
    cycle, typed = round_or_404(cycle_id), _typed()
    if request.form.get("go") == "preview":
        wrong = [
            Wrong(f"{kind}-{one.part}", one.text)
            for kind, letter in typed.items()
            for one in wrong_letter(letter)
        ]
        return _page(cycle, typed, wrong), REFUSED if wrong else 200
    try:
        reword_cycle(session(), cycle, letters=typed, by=current_person(), now=now())
    except CycleRefused as refused:
        return _page(cycle, typed, refused.wrong), REFUSED
    except CycleMoveNotPossible as late:
        return _page(cycle, typed, [Wrong("save", str(late))]), CONFLICT
    session().commit()
    flash("The e-mails were saved.", "success")
    return redirect(url_for("rounds.one_round", cycle_id=cycle_id), 303)


@shows_again("rounds.save_letters")
def letters_again(cycle_id: UUID) -> ResponseReturnValue:
    """Show the form with everything that was typed, when its token was out of date."""
    return _page(round_or_404(cycle_id), _typed(), [TOO_LONG_OPEN]), 400


def _typed() -> dict[str, Letter]:
    """Read the words; where both fields were emptied, the usual words are meant."""
    found = {}
    for kind in KINDS:
        letter = Letter(
            words(request.form, f"{kind}-subject"), long_words(request.form, f"{kind}-body")
        )
        empty = not letter.subject and not letter.body
        found[kind] = usual_letter(kind) if empty else letter
    return found


def _page(cycle: Cycle, found: dict[str, Letter], wrong: list[Wrong] | None = None) -> str:
    shown = [
        Shown(
            kind,
            KINDS[kind],
            letter,
            _as_read(cycle, kind, letter),
            letter == usual_letter(kind),
        )
        for kind, letter in found.items()
    ]
    errors = problems(wrong or [])
    return render_template(
        "admin/rounds/letters.html",
        cycle=cycle,
        shown=shown,
        blanks=BLANKS,
        errors=errors,
        wrong=said_wrong(errors),
        may_reword=cycle_may(cycle.state, CycleMove.REWORD),
    )


def _as_read(cycle: Cycle, kind: str, letter: Letter) -> Letter:
    """Fill an e-mail in for somebody invented, on a day on which it would be read."""
    about = Asked(uuid5(cycle.id, "nobody"), cycle.id, SOMEWHERE, cycle.due_at)
    day = london_date(cycle.due_at) + SEEN[kind]
    return addressed(cycle, letter, SOMEBODY, about, today=day, base_address=base_address())
