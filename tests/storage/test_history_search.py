"""The coordinator finds in the history who did what, to whom, and when."""

from datetime import timedelta
from typing import Any

from sqlalchemy.orm import Session

from audit_app.storage.queries.history import append
from audit_app.storage.queries.history_search import every_event, search_history
from tests.builders import NOW, make_organisation, make_partnership, make_person
from tests.databases import Database, statements


def test_events_are_found_by_organisation_person_event_and_day(session: Session):
    partnership = make_partnership(session)
    coordinator = make_person(session, role="coordinator", at=partnership, name="Zoë")
    organisation = make_organisation(session, name="Acorns", at=partnership)
    at: dict[str, Any] = {"partnership_id": partnership.id}
    opened = append(session, stream="p", event="cycle_opened", at=NOW, by_id=coordinator.id, **at)
    seen = append(
        session,
        stream="r",
        event="return_viewed",
        at=NOW + timedelta(days=1),
        organisation_id=organisation.id,
        **at,
    )
    append(session, stream="p", event="cycle_opened", at=NOW)

    def found(**asked: Any) -> list[Any]:
        page = search_history(session, coordinator, partnership, **asked)
        exported = every_event(session, coordinator, partnership, **asked)
        assert [one.event for one in exported] == [one.event for one in reversed(page.rows)]
        assert page.total == len(page.rows)
        return [one.event.id for one in page.rows]

    assert found() == [seen, opened]
    assert found(organisation_id=organisation.id) == [seen]
    assert found(by_id=coordinator.id) == found(events=["cycle_opened"]) == [opened]
    assert found(since=NOW + timedelta(days=1)) == [seen]
    assert found(until=NOW + timedelta(days=1)) == [opened]
    names = [(one.by, one.organisation) for one in every_event(session, coordinator, partnership)]
    assert names == [("Zoë", None), (None, "Acorns")]


def test_a_page_of_events_takes_three_statements_with_what_is_hidden_until_both_are_in(
    database: Database, session: Session
):
    partnership = make_partnership(session)
    coordinator = make_person(session, role="coordinator", at=partnership)
    for _ in range(7):
        append(session, stream="p", event="e", at=NOW, partnership_id=partnership.id)
    session.commit()
    with statements(database.engine) as sent:
        page = search_history(session, coordinator, partnership, page=2, size=5)
    assert (len(page.rows), page.total, page.pages, len(sent)) == (2, 7, 2, 3)
