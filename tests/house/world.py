"""Two partnerships with one of everything, for walking through every address as everybody."""

from datetime import UTC, datetime, timedelta
from typing import Any, NamedTuple

from sqlalchemy.orm import Session

from audit_app.core.lifecycle import State
from audit_app.core.permissions import HELD_AT_ORGANISATION, Role
from audit_app.services.tokens import token_hash
from audit_app.storage.models import (
    Cycle,
    CycleState,
    Evidence,
    Organisation,
    OrganisationGroup,
    Outcome,
    Partnership,
    Person,
    SampledConsultation,
)
from tests.builders import (
    CONSULTATIONS,
    make_action,
    make_agency,
    make_answer,
    make_audits,
    make_consultation,
    make_contact,
    make_cycle,
    make_evidence,
    make_evidence_link,
    make_group,
    make_import,
    make_invitation,
    make_locality,
    make_message,
    make_organisation,
    make_partnership,
    make_passkey,
    make_person,
    make_result,
    make_return,
    make_return_spreadsheet,
    make_submitted_answers,
)

OF_A_LOCALITY = "moderator of a locality"
OF_A_GROUP = "signatory of a group"
WHO = (*(role.value for role in Role), OF_A_LOCALITY, OF_A_GROUP)
"""Everybody who walks round, besides those who are not signed in."""

NOBODY = "anonymous"

Arguments = dict[str, Any]


class World(NamedTuple):
    """Who walks round, and what stands where: at their own organisation and partnership, at a
    sibling of the same partnership in another locality, and elsewhere in another partnership.
    """

    people: dict[str, Person]
    places: dict[str, Arguments]
    returned: Arguments
    rounds_past: Arguments
    rounds_to_come: Arguments
    samples_to_come: Arguments


def make_world(session: Session) -> World:
    """Make everything that an address can name, three times."""
    county, other_county = make_partnership(session), make_partnership(session)
    east, west = (make_locality(session, partnership=county) for _ in range(2))
    far = make_locality(session, partnership=other_county)
    rounds = {one.id: _rounds(session, one) for one in (county, other_county)}
    world = World({}, {}, {}, {}, {}, {})
    for name, locality in (("own", east), ("sibling", west), ("elsewhere", far)):
        partnership = session.get_one(Partnership, locality.partnership_id)
        organisation = make_organisation(session, at=locality, group=make_group(session))
        past, now_open, to_come = rounds[partnership.id]
        being_written = make_return(
            session, cycle=now_open, organisation=organisation, state=State.IN_PROGRESS
        )
        sent = make_return(session, cycle=past, organisation=organisation, state=State.SUBMITTED)
        make_answer(session, being_written)
        make_answer(session, sent)
        recorded = make_result(session, sent, sections={"1": "green", "2": "green"})
        make_submitted_answers(session, recorded)
        audited, to_come_too = _audits(session, organisation, partnership)
        objects = _objects(session, organisation, partnership)
        make_evidence_link(session, session.get_one(Evidence, objects["evidence_id"]), sent)
        world.places[name] = objects | {
            "cycle_id": now_open.id,
            "locality_id": locality.id,
            "return_id": being_written.id,
            "spreadsheet_id": make_return_spreadsheet(session, being_written).id,
            "number": 1,
            "reference": sent.reference,
            "consultation_id": audited.id,
        }
        world.samples_to_come[name] = to_come_too.id
        world.returned[name] = sent.id
        world.rounds_past[name], world.rounds_to_come[name] = past.id, to_come.id
        if name == "own":
            for role in Role:
                place = _place(role, organisation, county)
                world.people[role.value] = make_person(session, role=role, at=place)
            world.people[OF_A_LOCALITY] = make_person(session, role=Role.MODERATOR, at=east)
            group = session.get_one(OrganisationGroup, organisation.group_id)
            world.people[OF_A_GROUP] = make_person(session, role=Role.SIGNATORY, at=group)
    for person in world.people.values():
        make_passkey(session, person)
    session.commit()
    return world


def _rounds(session: Session, partnership: Partnership) -> tuple[Cycle, Cycle, Cycle]:
    """Make a round that is over, one that runs, and one to come."""
    past, now_open, to_come = (
        make_cycle(
            session,
            partnership=partnership,
            year=year,
            state=state,
            opens_at=_days(opens),
            due_at=_days(opens + 100),
        )
        for year, state, opens in (
            (2025, CycleState.CLOSED, -400),
            (2026, CycleState.OPEN, -7),
            (2027, CycleState.PLANNED, 300),
        )
    )
    return past, now_open, to_come


def _audits(
    session: Session, organisation: Organisation, partnership: Partnership
) -> tuple[SampledConsultation, Cycle]:
    """Make a consultation with both audits in, one of them this organisation's, and a round of
    another sample that is to come.
    """
    cycle, to_come = (
        make_cycle(session, partnership=partnership, text=CONSULTATIONS, state=state)
        for state in (CycleState.OPEN, CycleState.PLANNED)
    )
    auditors = (organisation, make_agency(session, at=partnership))
    one = make_consultation(session, cycle=cycle, auditors=auditors)
    make_consultation(session, cycle=to_come, auditors=auditors)
    for audit in make_audits(session, consultation=one, states=(State.SUBMITTED,) * 2):
        make_answer(session, audit)
    return one, to_come


def _objects(session: Session, organisation: Organisation, partnership: Partnership) -> Arguments:
    """Make what an address can name, at one organisation."""
    colleague = make_person(session, role=Role.CONTRIBUTOR, at=organisation)
    evidence = make_evidence(session, organisation=organisation)
    invited = make_invitation(
        session,
        role=Role.CONTRIBUTOR,
        at=organisation,
        token_hash=token_hash(f"token-{organisation.id}"),
        created_at=_days(-1),
        expires_at=_days(13),
    )
    return {
        "organisation_id": organisation.id,
        "group_id": organisation.group_id,
        "person_id": colleague.id,
        "holding_id": colleague.holdings[0].id,
        "invitation_id": invited.id,
        "contact_id": make_contact(session, organisation).id,
        "import_id": make_import(
            session, partnership=partnership, counts={one.value: 0 for one in Outcome}
        ).id,
        "message_id": make_message(session, partnership_id=partnership.id).id,
        "passkey_id": make_passkey(session, colleague).id,
        "evidence_id": evidence.id,
        "version_id": evidence.versions[0].id,
        "action_id": make_action(session, partnership=partnership, organisation=organisation).id,
        "token": f"token-{organisation.id}",
    }


def _place(role: Role, own: Organisation, county: Partnership) -> Organisation | Partnership | None:
    if role in HELD_AT_ORGANISATION:
        return own
    return None if role is Role.ADMINISTRATOR else county


def _days(number: int) -> datetime:
    return datetime.now(UTC) + timedelta(days=number)
