"""Loading the demonstration: once, whole, and always the same."""

from datetime import datetime, timedelta
from pathlib import Path
from random import Random
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from audit_app.services.demonstration import county
from audit_app.services.demonstration.accounts import DOMAIN, POSTS
from audit_app.services.demonstration.after_sending import Office
from audit_app.services.demonstration.agencies import heads_of, load_assurance
from audit_app.services.demonstration.bringing import BROUGHT, bring_forward_at
from audit_app.services.demonstration.consultations import load_consultations
from audit_app.services.demonstration.rounds import Asked, load_round, rounds
from audit_app.services.receiving_files import Keeping
from audit_app.services.recording import Event, record
from audit_app.storage.models import (
    Belonging,
    Holding,
    Locality,
    Organisation,
    Partnership,
    Person,
)
from audit_app.storage.questionnaire_library import publish

SEED = 11_2004


def is_loaded(session: Session) -> bool:
    """Say whether the demonstration partnership is there."""
    slug = county.PARTNERSHIP[0]
    return session.scalar(select(Partnership.id).where(Partnership.slug == slug)) is not None


def load_demonstration(
    session: Session,
    *,
    now: datetime,
    questionnaires: Path,
    password_hash: str,
    keeping: Keeping | None = None,
) -> None:
    """Load the invented county with last year's audit complete and this year's under way.

    Its agencies are asked what became of each recommendation, and audit a few consultations.

    Does nothing where it is loaded already. All accounts share the one password whose hash is
    given. `questionnaires` is the folder of published questionnaires. Files of evidence are stored
    where `keeping` says; without it evidence is only cited.
    """
    if is_loaded(session):
        return
    random = Random(SEED)  # noqa: S311 - a story, the same each time, not a secret
    texts = sorted((questionnaires / "early-years-audit").glob("*.yaml"))
    versions = {file.stem: publish(session, file.read_text("utf-8"), at=now) for file in texts}
    slug, name = county.PARTNERSHIP
    partnership = Partnership(slug=slug, name=name, created_at=now)
    session.add(partnership)
    localities = {
        key: Locality(partnership_id=partnership.id, slug=key, name=words[0], position=place)
        for place, (key, words) in enumerate(county.LOCALITIES.items())
    }
    session.add_all(localities.values())
    session.flush()
    asked = [
        _setting(session, setting, partnership, localities, now, password_hash)
        for setting in county.settings(random)
    ]
    agencies = [_organisation(session, *agency, partnership) for agency in county.AGENCIES]
    _people(session, asked, agencies, localities, partnership, now, password_hash)
    session.flush()
    office = Office(*(_who(session, address) for address in ("coordinator", "moderator")))
    for one in rounds(partnership, versions, now, keeping):
        load_round(session, one, asked, office, random)
        bring_forward_at(session, one.cycle, asked[BROUGHT].organisation, now=now)
    heads = heads_of(session, agencies, now)
    load_assurance(session, partnership, heads, office, questionnaires, now, keeping)
    load_consultations(session, partnership, heads, office, questionnaires, now)
    record(session, Event.DEMONSTRATION_LOADED, partnership, by=None, at=now)


def _setting(
    session: Session,
    setting: county.Setting,
    partnership: Partnership,
    localities: dict[str, Locality],
    now: datetime,
    password_hash: str,
) -> Asked:
    """Make one setting and the person who leads safeguarding there."""
    organisation = Organisation(
        name=setting.name,
        kind=setting.kind,
        urn=setting.urn,
        town=setting.town,
        opened_on=(now - timedelta(days=1500 + 7 * setting.number)).date(),
    )
    session.add(organisation)
    session.flush()
    session.add(
        Belonging(
            organisation_id=organisation.id,
            partnership_id=partnership.id,
            locality_id=localities[setting.locality].id,
        )
    )
    held = next(
        (post for post in POSTS if post.setting == setting.number and "lead" in post.role), None
    )
    name = held.name if held else county.person_name(setting.number + 20)
    address = held.address if held else f"setting{setting.number:03}"
    lead = _person(session, f"{address}@{DOMAIN}", name, now, password_hash if held else None)
    _hold(session, lead, "designated_lead", now, organisation_id=organisation.id)
    return Asked(setting, organisation, lead)


def _organisation(
    session: Session,
    name: str,
    kind: str,
    answers_for: tuple[str, ...],
    partnership: Partnership,
) -> Organisation:
    agency = Organisation(name=name, kind=kind, answers_for=sorted(answers_for) or None)
    session.add(agency)
    session.flush()
    session.add(Belonging(organisation_id=agency.id, partnership_id=partnership.id))
    return agency


def _people(
    session: Session,
    asked: list[Asked],
    agencies: list[Organisation],
    localities: dict[str, Locality],
    partnership: Partnership,
    now: datetime,
    password_hash: str,
) -> None:
    """Make the accounts of every role that are not a setting's lead, who is there already."""
    leads = {one.lead.email for one in asked}
    for post in POSTS:
        email = f"{post.address}@{DOMAIN}"
        if email in leads:
            continue
        person = _person(session, email, post.name, now, password_hash)
        place: dict[str, UUID] = {}
        if post.setting is not None:
            place["organisation_id"] = asked[post.setting].organisation.id
        elif post.agency is not None:
            place["organisation_id"] = agencies[post.agency].id
        elif post.role != "administrator":
            place["partnership_id"] = partnership.id
        if post.locality is not None:
            place["locality_id"] = localities[post.locality].id
        _hold(session, person, post.role, now, **place)


def _who(session: Session, address: str) -> Person:
    return session.scalars(select(Person).filter_by(email=f"{address}@{DOMAIN}")).one()


def _person(
    session: Session, email: str, name: str, now: datetime, password_hash: str | None
) -> Person:
    person = Person(
        name=name, email=email, password=password_hash, confirmed_at=now, created_at=now
    )
    session.add(person)
    session.flush()
    return person


def _hold(session: Session, person: Person, role: str, now: datetime, **place: UUID) -> None:
    # Roles began before the first round of the story, so that they stand throughout it.
    session.add(Holding(person_id=person.id, role=role, since=now - timedelta(days=800), **place))
