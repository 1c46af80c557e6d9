"""Which sections an organisation gets by whom it answers for: the service chooses, nobody ticks."""

from collections.abc import Collection, Iterable

from audit_app.core.progress import minutes_for
from audit_app.core.questionnaire import Questionnaire, Section, walk


def is_put_to_owner(section: Section, kind: str, answers_for: Collection[str]) -> bool:
    """Say whether a section is for an organisation of this kind that answers for these owners.

    One that names nobody is for everybody.
    """
    if not section.owners and not section.owner_kinds:
        return True
    return kind in section.owner_kinds or not set(section.owners).isdisjoint(answers_for)


def as_put_to(
    questionnaire: Questionnaire, kind: str, answers_for: Iterable[str] | None
) -> Questionnaire:
    """Give the questionnaire without the sections that are for other owners; same content hash.

    It takes the share of the minutes that its questions have. None leaves it whole, as it is read
    where no organisation is meant.
    """
    if answers_for is None or not questionnaire.names_owners:
        return questionnaire
    asked = (kind, frozenset(answers_for))
    kept = questionnaire.narrowed.get(asked)
    if kept is None:
        kept = _narrowed(questionnaire, *asked)
        questionnaire.narrowed[asked] = kept
    return kept


def is_asked_anything(
    questionnaire: Questionnaire, kind: str, answers_for: Collection[str]
) -> bool:
    """Say whether any section that names owners is for this organisation, or none names any."""
    if not questionnaire.names_owners:
        return True
    return any(
        (one.owners or one.owner_kinds) and is_put_to_owner(one, kind, answers_for)
        for one in questionnaire.all_sections.values()
    )


def owners_named(questionnaire: Questionnaire) -> list[str]:
    """Give the owners that sections name, in the order in which they come."""
    found = [owner for one in questionnaire.all_sections.values() for owner in one.owners]
    return list(dict.fromkeys(found))


def _narrowed(
    questionnaire: Questionnaire, kind: str, answers_for: Collection[str]
) -> Questionnaire:
    sections = _sections(questionnaire.sections, kind, answers_for)
    there = {question.id for question, _ in walk(sections)}
    # Made of the fields alone: a copy would take along what the whole one has worked out of itself.
    fields = {name: getattr(questionnaire, name) for name in Questionnaire.model_fields}
    fields["sections"] = sections
    fields["minutes"] = max(1, minutes_for(questionnaire, there))
    fields["priority_areas"] = [
        area.model_copy(update={"questions": left})
        for area in questionnaire.priority_areas
        if (left := [one for one in area.questions if one in there])
    ]
    fields["indicators"] = [
        one for one in questionnaire.indicators if {one.x.question, one.y.question} <= there
    ]
    return Questionnaire.model_construct(**fields)


def _sections(sections: list[Section], kind: str, answers_for: Collection[str]) -> list[Section]:
    return [
        one.model_copy(update={"sections": _sections(one.sections, kind, answers_for)})
        for one in sections
        if is_put_to_owner(one, kind, answers_for)
    ]
