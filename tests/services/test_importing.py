"""Whether a register is previewed as it is, applied as previewed, and refused where it must be."""

import csv
from collections.abc import Sequence
from contextlib import suppress
from datetime import date, timedelta
from io import BytesIO
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl import Workbook
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from audit_app.core.register.kinds import Wider
from audit_app.core.register.layouts import Layout
from audit_app.core.register.problems import ColumnsMissing, RegisterCannotBeRead
from audit_app.services import register_files
from audit_app.services.applying_imports import (
    ImportIsOver,
    RegisterHasChanged,
    RowsWereRefused,
    apply_import,
)
from audit_app.services.importing import Chosen, keep_mapping, last_chosen, preview
from audit_app.storage.models import (
    Belonging,
    Contact,
    History,
    ImportRow,
    ImportRun,
    ImportState,
    Organisation,
    OrganisationGroup,
    Outcome,
    Partnership,
)
from audit_app.storage.queries import history
from tests.builders import NOW, make_locality, make_organisation, make_partnership

FILES = Path(__file__).parents[1] / "registers"
WENSMERE = Chosen(("Wensmere",))


def look(
    session: Session,
    partnership: Partnership,
    file: str | bytes,
    *,
    chosen: Chosen = WENSMERE,
    layout: Layout | None = None,
) -> ImportRun:
    content = file if isinstance(file, bytes) else (FILES / file).read_bytes()
    return preview(
        session,
        partnership,
        BytesIO(content),
        file_name="register.csv",
        layout=layout,
        chosen=chosen,
        by=None,
        now=NOW,
    )


def bring_in(session: Session, partnership: Partnership, file: str | bytes) -> ImportRun:
    run = look(session, partnership, file)
    apply_import(session, run, by=None, now=NOW)
    return run


def rows(session: Session, run: ImportRun, outcome: Outcome) -> list[ImportRow]:
    wanted = select(ImportRow).where(
        ImportRow.import_run_id == run.id, ImportRow.outcome == outcome
    )
    return list(session.scalars(wanted.order_by(ImportRow.position)))


def changes(run: ImportRun) -> dict[str, int]:
    return {name: run.counts[name] for name in ("add", "change", "close")}


def organisations(session: Session) -> dict[str, Organisation]:
    found = session.scalars(select(Organisation).execution_options(populate_existing=True))
    return {organisation.urn or organisation.name: organisation for organisation in found}


NOTHING = {"add": 0, "change": 0, "close": 0}


def test_a_preview_changes_nothing(session: Session):
    run = look(session, make_partnership(session), "ofsted_2021.csv")
    assert changes(run) == {"add": 6, "change": 0, "close": 0}
    assert run.counts["elsewhere"] == 1
    assert organisations(session) == {}


def test_what_was_previewed_is_applied(session: Session):
    partnership = make_partnership(session)
    bring_in(session, partnership, "ofsted_2021.csv")
    found = organisations(session)
    assert {urn: one.kind for urn, one in found.items()} == {
        "EY900001": "childminder",
        "2900002": "group",
        "900003": "group",
        "EY900004": "out_of_school",
        "EY900005": "group",
        "EY900006": "childminder",
    }
    assert found["EY900001"].name == "Childminder EY900001"
    assert found["EY900001"].postcode is None
    assert found["2900002"].postcode == "ZZ1 1QQ"
    assert found["900003"].opened_on == date(2001, 5, 15)
    assert found["2900002"].last_seen_in_register_on == NOW.date()
    belonging = session.get(Belonging, (found["2900002"].id, partnership.id))
    assert belonging is not None


def test_settings_of_one_registered_person_are_one_group(session: Session):
    bring_in(session, make_partnership(session), "ofsted_2021.csv")
    found = organisations(session)
    assert found["2900002"].group_id == found["900003"].group_id
    assert session.scalars(
        select(OrganisationGroup.name).order_by(OrganisationGroup.name)
    ).all() == ["Goslings Invented Ltd", "Puddleducks Committee"]


def test_what_is_out_of_scope_is_listed_with_the_reason(session: Session):
    run = look(session, make_partnership(session), "ofsted_2021.csv")
    found = {row.urn: row.reason for row in rows(session, run, Outcome.OUT_OF_SCOPE)}
    assert found["EY900007"] == "Not on the Early Years Register."
    assert "Home childcarers" in (found["EY900008"] or "")


@pytest.mark.parametrize("file", ["ofsted_2021.csv", "gias.csv", "our_own.csv"])
def test_importing_twice_changes_nothing(session: Session, file: str):
    partnership = make_partnership(session)
    make_locality(session, partnership=partnership, name="North")
    bring_in(session, partnership, file)
    assert changes(look(session, partnership, file)) == NOTHING


def test_a_later_register_changes_adds_and_closes(session: Session):
    partnership = make_partnership(session)
    bring_in(session, partnership, "ofsted_2021.csv")
    run = look(session, partnership, "ofsted_2026.csv")
    assert changes(run) == {"add": 1, "change": 1, "close": 4}
    change = rows(session, run, Outcome.CHANGE)[0]
    assert (change.facts, change.before) == ({"places": 44}, {"places": 40})
    apply_import(session, run, by=None, now=NOW + timedelta(days=1))
    found = organisations(session)
    assert found["2900002"].places == 44
    assert found["EY900004"].closed_on == NOW.date()
    assert changes(look(session, partnership, "ofsted_2026.csv")) == NOTHING


def test_what_comes_back_to_the_register_opens_again(session: Session):
    partnership = make_partnership(session)
    for file in ("ofsted_2021.csv", "ofsted_2026.csv"):
        bring_in(session, partnership, file)
    run = bring_in(session, partnership, "ofsted_2021.csv")
    assert organisations(session)["EY900004"].closed_on is None
    reopened = [
        row for row in rows(session, run, Outcome.CHANGE) if "closed_on" in (row.facts or {})
    ]
    assert len(reopened) == 4


def test_what_the_register_withholds_does_not_wipe_out_what_is_known(session: Session):
    partnership = make_partnership(session)
    bring_in(session, partnership, "ofsted_2021.csv")
    organisations(session)["EY900001"].name = "Asha at Thornwick"
    session.flush()
    assert changes(look(session, partnership, "ofsted_2021.csv")) == NOTHING


def test_every_bad_row_is_refused_with_column_value_and_reason(session: Session):
    run = look(session, make_partnership(session), "bad_rows.csv")
    found = [
        (row.row, row.column, row.value, (row.reason or "").split()[0])
        for row in rows(session, run, Outcome.REFUSED)
    ]
    assert [(row, column) for row, column, _, _ in found] == [
        (2, "Provider URN"),
        (3, "Provider URN"),
        (4, "Provider URN"),
        (5, "Registration date"),
        (6, "Provider type"),
        (7, "Provider status"),
        (8, "Provider name"),
        (9, "Places"),
        (11, "Provider URN"),
        (12, "Individual Register combinations"),
    ]
    assert found[3][2] == "31/02/2010"
    assert run.counts["add"] == 1


def test_nothing_is_applied_while_rows_are_refused_unless_somebody_says_so(session: Session):
    partnership = make_partnership(session)
    run = look(session, partnership, "bad_rows.csv")
    with pytest.raises(RowsWereRefused):
        apply_import(session, run, by=None, now=NOW)
    assert organisations(session) == {}
    apply_import(session, run, by=None, now=NOW, without_refused=True)
    assert list(organisations(session)) == ["EY910006"]


def test_nothing_is_closed_where_urns_could_not_be_read(session: Session):
    partnership = make_partnership(session)
    bring_in(session, partnership, "ofsted_2021.csv")
    run = look(session, partnership, "bad_rows.csv")
    assert run.counts["close"] == 0
    assert run.counts["not_closed"] == 6


def test_an_import_is_refused_where_the_organisations_changed_meanwhile(session: Session):
    partnership = make_partnership(session)
    bring_in(session, partnership, "ofsted_2021.csv")
    run = look(session, partnership, "ofsted_2026.csv")
    organisations(session)["2900002"].places = 41
    session.flush()
    with pytest.raises(RegisterHasChanged):
        apply_import(session, run, by=None, now=NOW)


def test_an_import_is_refused_where_somebody_added_the_same_meanwhile(session: Session):
    partnership = make_partnership(session)
    run = look(session, partnership, "ofsted_2021.csv")
    make_organisation(session, urn="900003", at=partnership)
    with pytest.raises(RegisterHasChanged):
        apply_import(session, run, by=None, now=NOW)


def test_an_import_is_applied_once(session: Session):
    partnership = make_partnership(session)
    run = bring_in(session, partnership, "ofsted_2021.csv")
    assert run.state is ImportState.APPLIED
    with pytest.raises(ImportIsOver):
        apply_import(session, run, by=None, now=NOW)


def test_history_tells_of_each_organisation_and_holds(session: Session):
    partnership = make_partnership(session)
    bring_in(session, partnership, "ofsted_2021.csv")
    events = session.scalars(select(History.event).order_by(History.number)).all()
    assert events.count("organisation_added") == 6
    assert "register_imported" in events
    assert history.verify(session) == []


def test_schools_with_nurseries_come_from_gias(session: Session):
    run = bring_in(session, make_partnership(session), "gias.csv")
    found = organisations(session)
    assert {one.kind for one in found.values()} == {"school_nursery"}
    assert sorted(found) == ["990001", "990002"]
    assert run.counts["out_of_scope"] == 2
    trust = session.get(OrganisationGroup, found["990002"].group_id)
    assert trust is not None
    assert (trust.trust_uid, trust.name) == ("5001", "Invented Learning Trust")


def test_the_whole_file_of_gias_is_read_as_it_is_published(session: Session):
    run = bring_in(session, make_partnership(session), "gias_whole.csv")
    found = organisations(session)
    assert {urn: one.name for urn, one in found.items()} == {
        "990001": "Saint Zoë’s Primary School",
        "990002": "Tarnley Academy",
        "990003": "Harnsworth Nursery School",
    }
    assert {one.kind for one in found.values()} == {"school_nursery"}
    assert found["990001"].address_line_2 == "Nether Tarnley"
    assert found["990001"].opened_on is None
    assert found["990003"].opened_on == date(1946, 1, 1)
    assert run.counts["elsewhere"] == 1
    left = {row.urn: row.reason for row in rows(session, run, Outcome.OUT_OF_SCOPE)}
    assert left == {
        "990004": "A school without nursery classes.",
        "990005": "It works no longer, and is not open here.",
        "990006": "It has not opened yet.",
    }
    partnership = session.get_one(Partnership, run.partnership_id)
    assert changes(look(session, partnership, "gias_whole.csv")) == NOTHING


def test_a_workbook_of_gias_says_the_same_with_its_numbers_and_dates(sqlite_session: Session):
    partnership = make_partnership(sqlite_session)
    bring_in(sqlite_session, partnership, "gias_whole.csv")
    with (FILES / "gias_whole.csv").open(encoding="cp1252", newline="") as file:
        table = [[_as_excel_takes_it(cell) for cell in row] for row in csv.reader(file)]
    assert isinstance(table[1][0], int)
    assert any(isinstance(cell, date) for cell in table[2])
    assert changes(look(sqlite_session, partnership, workbook(table))) == NOTHING


def _as_excel_takes_it(cell: str) -> object:
    """Turn a cell into what a spreadsheet program makes of it: a number, a day, or words."""
    if cell.isdecimal() and not cell.startswith("0"):
        return int(cell)
    day, _, rest = cell.partition("-")
    month, _, year = rest.partition("-")
    if day.isdecimal() and month.isdecimal() and len(year) == 4:
        return date(int(year), int(month), int(day))
    return cell


def test_the_other_register_with_the_same_urn_is_refused(session: Session):
    partnership = make_partnership(session)
    make_organisation(session, urn="990001", register="ofsted", at=partnership)
    run = look(session, partnership, "gias.csv")
    assert [row.urn for row in rows(session, run, Outcome.REFUSED)] == ["990001"]


def test_our_own_layout_brings_agencies_localities_and_contacts(session: Session):
    partnership = make_partnership(session)
    locality = make_locality(session, partnership=partnership, name="North")
    bring_in(session, partnership, "our_own.csv")
    found = organisations(session)
    assert found["Wensmere Constabulary"].kind == "police"
    assert found["Wensmere Integrated Care Board"].kind == "nhs"
    belonging = session.get(Belonging, (found["EY900001"].id, partnership.id))
    assert belonging is not None
    assert belonging.locality_id == locality.id
    assert session.scalars(select(Contact.email)).all() == ["asha.elderfield@police.example.org"]


def test_our_own_layout_closes_nothing_that_it_lacks(session: Session):
    partnership = make_partnership(session)
    make_locality(session, partnership=partnership, name="North")
    bring_in(session, partnership, "ofsted_2021.csv")
    assert look(session, partnership, "our_own.csv").counts["close"] == 0


def test_a_locality_that_is_not_there_is_refused(session: Session):
    run = look(session, make_partnership(session), "our_own.csv")
    refused = rows(session, run, Outcome.REFUSED)
    assert {row.column for row in refused} == {"Locality"}


def test_an_organisation_of_another_partnership_is_joined_and_not_rewritten(session: Session):
    ours, theirs = make_partnership(session), make_partnership(session)
    bring_in(session, theirs, "ofsted_2021.csv")
    run = bring_in(session, ours, "ofsted_2026.csv")
    found = organisations(session)
    assert changes(run) == {"add": 3, "change": 0, "close": 0}
    assert found["2900002"].places == 40
    assert session.get(Belonging, (found["2900002"].id, ours.id)) is not None


def test_what_moved_to_another_authority_is_not_closed(session: Session):
    partnership = make_partnership(session)
    bring_in(session, partnership, "ofsted_2021.csv")
    moved = (
        (FILES / "ofsted_2021.csv").read_bytes().replace(b'"Wensmere","24"', b'"Elsewhere","24"')
    )
    run = look(session, partnership, moved)
    assert changes(run) == NOTHING
    reasons = [row.reason or "" for row in rows(session, run, Outcome.OUT_OF_SCOPE)]
    assert any("under Elsewhere" in reason for reason in reasons)


def test_a_name_with_commas_chooses_a_local_authority(session: Session):
    chosen = Chosen(("wensbury, tarnley and yarrow",))
    run = look(session, make_partnership(session), "ofsted_2021.csv", chosen=chosen)
    assert [row.urn for row in rows(session, run, Outcome.ADD)] == ["EY900009"]


def test_an_authority_that_the_file_does_not_have_is_refused_with_those_near(session: Session):
    with pytest.raises(RegisterCannotBeRead, match="The file has Wensmere"):
        look(session, make_partnership(session), "ofsted_2021.csv", chosen=Chosen(("Wensmeer",)))


def test_what_was_chosen_is_offered_again(session: Session):
    partnership = make_partnership(session)
    chosen = Chosen(("Wensmere",), Wider(home_childcarers=True))
    look(session, partnership, "ofsted_2021.csv", chosen=chosen)
    assert last_chosen(session, partnership) == chosen


def test_a_mapped_column_is_remembered(session: Session):
    partnership = make_partnership(session)
    text = (FILES / "ofsted_2021.csv").read_bytes().replace(b"Provider type", b"Sort of provider")
    with pytest.raises(ColumnsMissing):
        look(session, partnership, text)
    fields = {"Sort of provider": "provider_type"}
    keep_mapping(session, partnership, Layout.OFSTED, fields=fields, by=None, now=NOW)
    assert look(session, partnership, text).counts["add"] == 6


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252"])
def test_each_encoding_gives_the_same_words(sqlite_session: Session, encoding: str):
    text = (FILES / "ofsted_2021.csv").read_text(encoding="utf-8")
    run = look(sqlite_session, make_partnership(sqlite_session), text.encode(encoding))
    names = [row.name for row in rows(sqlite_session, run, Outcome.ADD)]
    assert "Goslings – Harnsworth" in names


def test_a_workbook_says_the_same_as_the_csv(sqlite_session: Session):
    partnership = make_partnership(sqlite_session)
    bring_in(sqlite_session, partnership, "ofsted_2021.csv")
    lines = (FILES / "ofsted_2021.csv").read_text(encoding="utf-8").splitlines()
    cells = [[cell.strip('"') for cell in line.split('","')] for line in lines]
    assert changes(look(sqlite_session, partnership, workbook(cells))) == NOTHING


def test_a_formula_in_a_workbook_is_not_worked_out(sqlite_session: Session):
    lines = (FILES / "bad_rows.csv").read_text().splitlines()
    cells = [lines[0].split(","), [*lines[9].split(",")]]
    cells[1][6] = "=1+1"
    run = look(sqlite_session, make_partnership(sqlite_session), workbook(cells))
    assert [row.value for row in rows(sqlite_session, run, Outcome.REFUSED)] == ["=1+1"]


def workbook(cells: Sequence[Sequence[object]]) -> bytes:
    book, made = Workbook(), BytesIO()
    sheet = book.active
    assert sheet is not None
    for row in cells:
        sheet.append(list(row))
    book.save(made)
    return made.getvalue()


def test_a_zip_bomb_is_refused_unopened(sqlite_session: Session):
    made = BytesIO()
    with ZipFile(made, "w", ZIP_DEFLATED) as packed:
        packed.writestr("[Content_Types].xml", "<Types/>")
        with packed.open("xl/worksheets/sheet1.xml", "w") as sheet:
            for _ in range(410):
                sheet.write(bytes(1024 * 1024))
    with pytest.raises(RegisterCannotBeRead, match="larger"):
        look(sqlite_session, make_partnership(sqlite_session), made.getvalue())


def test_entities_in_a_workbook_are_refused(sqlite_session: Session):
    made = BytesIO()
    with ZipFile(made, "w") as packed:
        packed.writestr("[Content_Types].xml", '<!DOCTYPE x [<!ENTITY a "b">]><Types>&a;</Types>')
    with pytest.raises(RegisterCannotBeRead):
        look(sqlite_session, make_partnership(sqlite_session), made.getvalue())


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"", "empty"),
        (b"%PDF-1.7 ...", "PDF"),
        (b"\xd0\xcf\x11\xe0 old", "old Excel"),
        (b"\x89PNG\r\n\x1a\n\x00\x00", "not a spreadsheet"),
        (b"PK\x03\x04 and then nothing", "not a workbook"),
        (b"Provider URN,Provider type,Provider name\n", "no column for"),
        (b"Apples,Pears\n1,2\n", "looks like the header"),
        ((FILES / "agencies.csv").read_bytes(), "childminder agencies"),
        ((FILES / "bad_rows.csv").read_bytes().splitlines()[0], "no rows below"),
    ],
)
def test_what_is_no_register_is_refused_in_words(
    sqlite_session: Session, content: bytes, reason: str
):
    with pytest.raises(RegisterCannotBeRead, match=reason):
        look(sqlite_session, make_partnership(sqlite_session), content, chosen=Chosen())


def test_a_file_that_is_too_large_is_refused(
    sqlite_session: Session, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(register_files, "LARGEST_REGISTER", 100)
    with pytest.raises(RegisterCannotBeRead, match="larger"):
        look(sqlite_session, make_partnership(sqlite_session), "ofsted_2021.csv")


def test_ten_thousand_bad_rows_are_a_report_and_nothing_else(sqlite_session: Session):
    header = (FILES / "bad_rows.csv").read_bytes().splitlines()[0]
    bad = b"EY%d,05/08/2010,Childminder,,Active,ALL,x,Wensmere,6"
    content = b"\n".join([header, *(bad % number for number in range(10_000))])
    run = look(sqlite_session, make_partnership(sqlite_session), content)
    assert run.counts["refused"] == 10_000
    assert sqlite_session.scalar(select(func.count()).select_from(Organisation)) == 0


FUNCTION_SCOPED = settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
CELL = st.sampled_from(
    [
        "",
        "-",
        "REDACTED",
        "EY900001",
        "2900002",
        "900003",
        "Childminder",
        "ALL",
        "Active",
        "=1",
        "x",
    ]
)


@FUNCTION_SCOPED
@given(content=st.binary(max_size=400))
def test_any_bytes_are_read_or_refused(sqlite_session: Session, content: bytes):
    with sqlite_session.begin_nested() as nested:
        with suppress(RegisterCannotBeRead):
            look(sqlite_session, make_partnership(sqlite_session), content, chosen=Chosen())
        nested.rollback()


@FUNCTION_SCOPED
@given(
    table=st.lists(
        st.tuples(
            st.sampled_from(["EY900001", "2900002", "900003", "EY900004", "no", ""]),
            CELL,
            st.sampled_from(
                ["Childminder", "Childcare on non-domestic premises", "Home childcarer"]
            ),
            st.sampled_from(["", "Full day care", "Out-of-school day care"]),
            st.sampled_from(["ALL", "CCR only", ""]),
            st.sampled_from(["12", "", "-", "many"]),
            st.sampled_from(["", "RP900100", "REDACTED"]),
            st.sampled_from(["One Ltd", "Two Ltd", ""]),
        ),
        min_size=1,
        max_size=6,
    )
)
def test_whatever_is_in_a_register_importing_it_twice_changes_nothing(
    sqlite_session: Session, table: list[tuple[str, ...]]
):
    header = (
        "Provider URN,Provider name,Provider type,Provider subtype,"
        "Individual Register combinations,Places,Registered person URN,Registered person name"
    )
    content = "\n".join([header, *(",".join(row) for row in table)]).encode()
    with sqlite_session.begin_nested() as nested:
        partnership = make_partnership(sqlite_session)
        first = look(sqlite_session, partnership, content, chosen=Chosen())
        apply_import(sqlite_session, first, by=None, now=NOW, without_refused=True)
        assert changes(look(sqlite_session, partnership, content, chosen=Chosen())) == NOTHING
        nested.rollback()
