"""Reminding an organisation of what it promised: once for each day that was promised."""

from collections import defaultdict
from datetime import datetime

from sqlalchemy.orm import Session

from audit_app.core.action_moves import REMINDED_BEFORE
from audit_app.core.london import london_date
from audit_app.services.letters import letter
from audit_app.services.messaging import write_message
from audit_app.storage.models import Action
from audit_app.storage.queries.actions import actions_to_remind_of
from audit_app.storage.queries.chasing import recipients_of

KIND = "action_due"


def remind_of_actions(session: Session, *, now: datetime, base_address: str) -> int:
    """Write to everybody at an organisation about its actions due within a week; gives how many.

    All that an organisation promised stands in one message to each person. An action is reminded
    of once for each of its days: a new day is a new reminder.
    """
    today, number = london_date(now), 0
    due: dict[tuple[str, str], list[Action]] = defaultdict(list)
    for action in actions_to_remind_of(session, by=today + REMINDED_BEFORE):
        due[str(action.partnership_id), str(action.organisation_id)].append(action)
    organisations = {a.organisation_id for those in due.values() for a in those}
    people = recipients_of(session, [one for one in organisations if one], on=today)
    for those in due.values():
        first = those[0]
        for to in people[first.organisation_id] if first.organisation_id else ():
            words = letter(
                "actions_due",
                person=to.name,
                organisation=first.organisation.name if first.organisation else "",
                partnership=first.partnership.name,
                link=f"{base_address.rstrip('/')}/actions/",
            )
            lines = "".join(_line(action) for action in those)
            write_message(
                session,
                to=to.email,
                kind=KIND,
                subject=words.subject,
                body=f"{words.body}\n{lines}",
                at=now,
                dedup_key=f"{KIND}:{first.id}:{first.by_when}:{to.email}",
                partnership=first.partnership,
            )
            number += 1
        for action in those:
            action.reminded_for = action.by_when
    return number


def _line(action: Action) -> str:
    """Say an action in one line, whatever somebody typed into it."""
    day = f"{action.by_when:%d %B %Y}".lstrip("0") if action.by_when else ""
    return f"* By {day}, {' '.join((action.who or '').split())}: {' '.join(action.what.split())}\n"
