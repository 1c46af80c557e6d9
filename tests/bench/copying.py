"""Very many returns, made quickly: the database itself copies those of a few sample settings."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Connection, insert, literal, null, select, update

from audit_app.storage.base import Base, uuid7
from audit_app.storage.models import (
    Answer,
    AuditReturn,
    Belonging,
    Organisation,
    Result,
    ResultArea,
    ResultSection,
)
from tests.bench.bare_tables import BareCopy

A = AuditReturn.__table__.c
R = Result.__table__.c


def copy_settings(connection: Connection, samples: Sequence[UUID], number: int) -> None:
    """Add so many organisations, each with the returns, results and answers of a sample in turn."""
    if not number:
        return
    given: dict[UUID, list[UUID]] = {sample: [] for sample in samples}
    for place in range(number):
        given[samples[place % len(samples)]].append(uuid7())
    for sample, made in given.items():
        _copy_organisation(connection, sample, made)
    of_samples = connection.execute(
        select(A.id, A.organisation_id, A.standing_result_id).where(
            A.organisation_id.in_(samples), A.standing_result_id.is_not(None)
        )
    )
    copies = [
        _copy(return_id, result_id, organisation_id)
        for return_id, sample, result_id in of_samples.all()
        for organisation_id in given[sample]
    ]
    connection.execute(insert(BareCopy), copies)
    of_return, of_result = BareCopy.sample_id, BareCopy.sample_result_id
    _copy_rows(
        connection,
        AuditReturn,
        A.id == of_return,
        id=BareCopy.copy_id,
        organisation_id=BareCopy.organisation_id,
        reference=BareCopy.reference,
        standing_result_id=null(),
    )
    _copy_rows(
        connection,
        Result,
        R.id == of_result,
        id=BareCopy.result_id,
        audit_return_id=BareCopy.copy_id,
        figures=literal({}, R.figures.type),
    )
    for rows in (ResultSection, ResultArea):
        _copy_rows(connection, rows, rows.result_id == of_result, result_id=BareCopy.result_id)
    _copy_rows(
        connection, Answer, Answer.audit_return_id == of_return, audit_return_id=BareCopy.copy_id
    )
    stands = select(BareCopy.result_id).where(BareCopy.copy_id == A.id).scalar_subquery()
    connection.execute(
        update(AuditReturn)
        .where(A.id.in_(select(BareCopy.copy_id)))
        .values(standing_result_id=stands)
    )


def _copy(return_id: UUID, result_id: UUID, organisation_id: UUID) -> dict[str, Any]:
    copy_id = uuid7()
    return {
        "copy_id": copy_id,
        "sample_id": return_id,
        "result_id": uuid7(),
        "sample_result_id": result_id,
        "organisation_id": organisation_id,
        "reference": f"BENCH-{copy_id.hex}",
    }


def _copy_organisation(connection: Connection, sample: UUID, made: list[UUID]) -> None:
    """Add organisations of the sample's kind and in its locality, each with its own name."""
    if not made:
        return
    like = connection.execute(
        select(Organisation.kind, Belonging.partnership_id, Belonging.locality_id)
        .join(Belonging, Belonging.organisation_id == Organisation.id)
        .where(Organisation.id == sample)
    ).one()
    connection.execute(
        insert(Organisation),
        [{"id": one, "name": f"Setting {one.hex[-12:]}", "kind": like.kind} for one in made],
    )
    places = {"partnership_id": like.partnership_id, "locality_id": like.locality_id}
    connection.execute(insert(Belonging), [{"organisation_id": one, **places} for one in made])


def _copy_rows(
    connection: Connection, model: type[Base], joined: ColumnElement[bool], **changed: Any
) -> None:
    columns = model.__table__.columns
    chosen = select(*(changed.get(column.name, column) for column in columns))
    connection.execute(insert(model).from_select(columns.keys(), chosen.join(BareCopy, joined)))
