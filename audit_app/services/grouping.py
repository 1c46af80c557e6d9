"""Groups of organisations: the registered person or the trust that answers for several."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any, NamedTuple
from uuid import UUID

from sqlalchemy import insert, or_, select, update
from sqlalchemy.orm import Session

from audit_app.storage.base import uuid7
from audit_app.storage.models import OrganisationGroup


class NotOneGroup(Exception):
    """The registered person's URN and the trust's UID belong to two groups."""


class Named(NamedTuple):
    """What a group is known by, and its name where it is said."""

    urn: str | None
    trust_uid: str | None
    name: str | None


@dataclass
class Groups:
    """Groups by what each is known by, looked for many at a time and made where there are none."""

    session: Session
    by_urn: dict[str, tuple[UUID, str]] = field(default_factory=dict)
    by_uid: dict[str, tuple[UUID, str]] = field(default_factory=dict)

    def prepare(self, wanted: Iterable[Named]) -> None:
        """Find or make all these groups in three statements; to be asked of a few hundred."""
        left = [one for one in wanted if (one.urn or one.trust_uid) and self._known(one) is None]
        if not left:
            return
        urns = {one.urn for one in left if one.urn}
        uids = {one.trust_uid for one in left if one.trust_uid}
        columns = (
            OrganisationGroup.id,
            OrganisationGroup.name,
            OrganisationGroup.registered_person_urn,
            OrganisationGroup.trust_uid,
        )
        found = self.session.execute(
            select(*columns).where(
                or_(
                    OrganisationGroup.registered_person_urn.in_(urns),
                    OrganisationGroup.trust_uid.in_(uids),
                )
            )
        )
        for group_id, name, urn, trust_uid in found:
            self._keep(group_id, name, urn, trust_uid)
        made: list[dict[str, Any]] = []
        for one in left:
            if self._known(one) is None:
                name = one.name or one.urn or one.trust_uid or ""
                values = {"registered_person_urn": one.urn, "trust_uid": one.trust_uid}
                made.append({"id": uuid7(), "name": name, **values})
                self._keep(made[-1]["id"], name, one.urn, one.trust_uid)
        if made:
            self.session.execute(
                insert(OrganisationGroup).execution_options(render_nulls=True), made
            )

    def group_for(self, named: Named) -> UUID | None:
        """Give the id of the group, None where nothing names one; a new name is written.

        Raises NotOneGroup.
        """
        if not named.urn and not named.trust_uid:
            return None
        self.prepare([named])
        found = self._known(named)
        if found is None:
            raise NotOneGroup
        if named.name and named.name != found[1]:
            self.session.execute(
                update(OrganisationGroup)
                .where(OrganisationGroup.id == found[0])
                .values(name=named.name)
                .execution_options(synchronize_session=False)
            )
            self._keep(found[0], named.name, named.urn, named.trust_uid)
        return found[0]

    def _known(self, named: Named) -> tuple[UUID, str] | None:
        """Give the one group of both names; raises NotOneGroup where they lead to two."""
        of_urn = self.by_urn.get(named.urn) if named.urn else None
        of_uid = self.by_uid.get(named.trust_uid) if named.trust_uid else None
        if of_urn and of_uid and of_urn[0] != of_uid[0]:
            raise NotOneGroup
        return of_urn or of_uid

    def _keep(self, group_id: UUID, name: str, urn: str | None, trust_uid: str | None) -> None:
        if urn:
            self.by_urn[urn] = (group_id, name)
        if trust_uid:
            self.by_uid[trust_uid] = (group_id, name)
