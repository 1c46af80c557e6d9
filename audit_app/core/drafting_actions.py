"""Which actions are drafted from the answers of a return: what, how we will know, and by when.

Who does it is for people to say. What somebody wrote as their own next step, where the
questionnaire asks for it (`becomes` of a table), stands in their own words.
"""

import re
from collections.abc import Collection, Iterator, Mapping
from datetime import date, timedelta
from typing import Any, NamedTuple

from audit_app.core.action_plan import LONGEST, Key, area_of
from audit_app.core.action_words import how_to_know, what_to_do, within
from audit_app.core.actions import CalledFor, called_for
from audit_app.core.explaining import listed
from audit_app.core.questionnaire import Questionnaire
from audit_app.core.questions import Table
from audit_app.core.replies import Reply
from audit_app.core.results import Result, Standing

DAYS: dict[tuple[str, bool], int] = {
    ("red", True): 14,
    ("red", False): 42,
    ("amber", True): 42,
    ("amber", False): 84,
}
"""By when, in days from now, for a rating and whether it is critical: two weeks, half a term, a
term. These are proposals of our own, which people change."""

AREA_DO = "Go through “{title}” as a whole, and put right what is not Green: {names}."
AREA_KNOW = (
    "When the partnership has looked, every answer in it is Green: "
    "an area is as good as its worst answer."
)
OWN_KNOW = "We look at it again on that day, and can show what is different for children."

NO_REPLIES: Mapping[str, Reply] = {}


class Drafted(NamedTuple):
    """An action as it is proposed.

    `rating` is that of the answer, or of the worst answer of the area; None where nothing rated
    calls for it and somebody wrote it down by themselves. `who` is there only where they said so;
    `is_own` says that the words are the respondent's.
    """

    key: Key
    what: str
    how_known: str
    by_when: date
    rating: str | None = None
    who: str | None = None
    is_own: bool = False


class Step(NamedTuple):
    """A next step that the respondent wrote in a table of actions."""

    written_in: str
    about: str | None
    what: str
    who: str | None
    by_when: date | None


def drafts_for(
    questionnaire: Questionnaire,
    result: Result,
    *,
    kind: str,
    on: date,
    have: Collection[Key] = (),
    replies: Mapping[str, Reply] = NO_REPLIES,
) -> list[Drafted]:
    """Propose an action for each answer and each priority area that calls for one and has none.

    Critical answers come first; an area stands before its answers; Red stands before Amber. Steps
    that the respondent wrote about no answer of these come last.
    """
    drafts: list[Drafted] = []
    taken = set(have)
    called = called_for(questionnaire, result, kind=kind)
    steps = list(own_steps(questionnaire, result, replies))
    for one in called:
        own = _take(steps, one.question_id)
        wanted = [_of_answer(questionnaire, result, one, own, replies, kind=kind, on=on)]
        area = area_of(questionnaire, one.question_id)
        if area is not None and one.because != "critical":
            wanted.insert(0, _of_area(questionnaire, area, called, on=on))
        drafts += [draft for draft in wanted if draft.key not in taken]
        taken |= {draft.key for draft in wanted}
    # An area in which only critical answers call for something stands after them.
    for one in called:
        area = area_of(questionnaire, one.question_id)
        if area is not None and Key(None, area) not in taken:
            drafts.append(_of_area(questionnaire, area, called, on=on))
            taken.add(Key(None, area))
    return [*drafts, *(_of_step(step, on) for step in steps)]


def own_steps(
    questionnaire: Questionnaire, result: Result, replies: Mapping[str, Reply]
) -> Iterator[Step]:
    """Give the next steps that were written where the questionnaire asks for them."""
    for name, found in result.questions.items():
        question, reply = questionnaire.question(name), replies.get(name)
        if not isinstance(question, Table) or question.becomes is None:
            continue
        if reply is None or not reply.stands or found.standing is Standing.HIDDEN:
            continue
        columns = question.becomes.columns
        for row in reply.value if isinstance(reply.value, list) else ():
            said = {part: row.get(column) for part, column in columns.items()}
            if what := _words(said.get("what"), LONGEST["what"]):
                yield Step(
                    name,
                    _named(questionnaire, said.get("about")),
                    what,
                    _words(said.get("who"), LONGEST["who"]),
                    _day(said.get("by_when")),
                )


def day_for(rating: str | None, *, critical: bool, on: date) -> date:
    """Give the day that is proposed: Red sooner than Amber, critical sooner, and a working day."""
    day = on + timedelta(days=DAYS[rating or "amber", critical])
    return day + timedelta(days=max(0, 7 - day.weekday()) if day.weekday() > 4 else 0)


def _of_answer(
    questionnaire: Questionnaire,
    result: Result,
    one: CalledFor,
    own: Step | None,
    replies: Mapping[str, Reply],
    *,
    kind: str,
    on: date,
) -> Drafted:
    name, found = one.question_id, result.questions[one.question_id]
    reply = replies.get(name)
    is_open = found.standing is Standing.UNANSWERED
    facts: dict[str, Any] = {
        "kind": kind,
        "level": None if is_open else found.level,
        "value": None if reply is None else reply.value,
    }
    by_when = day_for(one.rating, critical=one.because == "critical", on=on)
    if own is not None and own.by_when is not None and own.by_when >= on:
        by_when = own.by_when
    return Drafted(
        Key(name),
        what_to_do(questionnaire, name, **facts) if own is None else own.what,
        how_to_know(questionnaire, name, **facts),
        by_when,
        one.rating,
        None if own is None else own.who,
        own is not None,
    )


def _of_area(
    questionnaire: Questionnaire, area_id: str, called: list[CalledFor], *, on: date
) -> Drafted:
    area = next(a for a in questionnaire.priority_areas if a.id == area_id)
    inside = [one for one in called if one.question_id in area.questions]
    names = [name for name in area.questions if name in {one.question_id for one in inside}]
    rating = "red" if any(one.rating == "red" for one in inside) else "amber"
    said = AREA_DO.format(title=area.title, names=listed(names, most=len(names)))
    day = day_for(rating, critical=False, on=on)
    return Drafted(Key(None, area_id), within(said), AREA_KNOW, day, rating)


def _of_step(step: Step, on: date) -> Drafted:
    by_when = step.by_when if step.by_when is not None and step.by_when >= on else None
    day = by_when or day_for(None, critical=False, on=on)
    return Drafted(Key(step.written_in), step.what, OWN_KNOW, day, None, step.who, True)


def _take(steps: list[Step], question_id: str) -> Step | None:
    """Take the first step about a question out of the list."""
    found = next((step for step in steps if step.about == question_id), None)
    if found is not None:
        steps.remove(found)
    return found


def _named(questionnaire: Questionnaire, about: Any) -> str | None:
    """Give the question that somebody named, such as "6.3", "Q6.3" or "6.3 and 6.4"."""
    ids = {name.lower(): name for name in questionnaire.placed}
    for word in re.findall(r"[\w.-]+", str(about or "").lower()):
        for said in (word.rstrip("."), word.rstrip(".").removeprefix("q")):
            if said in ids:
                return ids[said]
    return None


def _words(given: Any, most: int) -> str | None:
    return within(given, most) or None if isinstance(given, str) else None


def _day(given: Any) -> date | None:
    try:
        return date.fromisoformat(given) if isinstance(given, str) else None
    except ValueError:
        return None
