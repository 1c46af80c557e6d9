"""Groups of organisations: the registered person or the trust that answers for several."""

from dataclasses import dataclass, field
from uuid import UUID

from sqlalchemy import ColumnElement, select, update
from sqlalchemy.orm import Session

from audit_app.storage.models import OrganisationGroup


class NotOneGroup(Exception):
    """The registered person's URN and the trust's UID belong to two groups."""


@dataclass
class Groups:
    """Groups by what each is known by, found once and made where there is none."""

    session: Session
    known: dict[tuple[str | None, str | None], tuple[UUID, str]] = field(default_factory=dict)

    def group_for(self, *, urn: str | None, trust_uid: str | None, name: str | None) -> UUID | None:
        """Give the id of the group, None where nothing names one; a new name is written.

        Raises NotOneGroup.
        """
        if not urn and not trust_uid:
            return None
        key = (urn or None, trust_uid or None)
        found = self.known.get(key) or self._find(*key)
        if found is None:
            said = name or urn or trust_uid or ""
            made = OrganisationGroup(name=said, registered_person_urn=key[0], trust_uid=key[1])
            self.session.add(made)
            self.session.flush()
            found = (made.id, said)
        elif name and name != found[1]:
            self.session.execute(
                update(OrganisationGroup).where(OrganisationGroup.id == found[0]).values(name=name)
            )
            found = (found[0], name)
        self.known[key] = found
        return found[0]

    def _find(self, urn: str | None, trust_uid: str | None) -> tuple[UUID, str] | None:
        by: list[ColumnElement[bool]] = []
        if urn:
            by.append(OrganisationGroup.registered_person_urn == urn)
        if trust_uid:
            by.append(OrganisationGroup.trust_uid == trust_uid)
        found = [self.session.scalar(select(OrganisationGroup).where(one)) for one in by]
        groups = {group.id: group for group in found if group is not None}
        if len(groups) > 1:
            raise NotOneGroup
        return next(((group.id, group.name) for group in groups.values()), None)
