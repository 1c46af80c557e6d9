"""Whether a coordinator can bring a register in by its pages, and nobody else can."""

import re
from io import BytesIO
from pathlib import Path
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile

from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session
from werkzeug.datastructures import FileStorage
from werkzeug.test import TestResponse, encode_multipart

from audit_app.services import register_files
from audit_app.storage.models import ColumnMapping, ImportRun, Organisation, Partnership
from tests.builders import make_organisation, make_partnership, make_person
from tests.web.conftest import SignsIn
from tests.web.pages import send, title_of, token_of, words_of

FILES = Path(__file__).parents[2] / "registers"
HERE = "/admin/register/"


def coordinator(sign_in: SignsIn, records: Session, partnership: Partnership) -> FlaskClient:
    return sign_in(make_person(records, role="coordinator", at=partnership))


def upload(client: FlaskClient, content: bytes | str, **fields: Any) -> TestResponse:
    data = content if isinstance(content, bytes) else (FILES / content).read_bytes()
    token = token_of(client.get(HERE))
    given = {
        "csrf_token": token,
        "file": FileStorage(BytesIO(data), filename="register.csv"),
        **fields,
    }
    boundary, body = encode_multipart(given)
    return client.post(HERE, data=body, content_type=f"multipart/form-data; boundary={boundary}")


def organisations(records: Session) -> int:
    """Count them, and let go of the database again."""
    number = len(records.scalars(select(Organisation.id)).all())
    records.rollback()
    return number


def test_a_file_is_looked_at_and_applied(sign_in: SignsIn, records: Session):
    client = coordinator(sign_in, records, make_partnership(records))
    address = upload(client, "ofsted_2021.csv", local_authorities="Wensmere").location
    page = client.get(address)
    assert "6 To add" in words_of(page)
    assert "Goslings, Tarnley" in words_of(page)
    assert "Not on the Early Years Register" in words_of(
        client.get(f"{address}?outcome=out_of_scope")
    )
    assert organisations(records) == 0
    send(client, f"{address}/apply", {}, page=address)
    assert "Applied" in words_of(client.get(address))
    assert organisations(records) == 6


def test_old_and_new_are_shown_side_by_side(sign_in: SignsIn, records: Session):
    client = coordinator(sign_in, records, make_partnership(records))
    for file in ("ofsted_2021.csv", "ofsted_2026.csv"):
        address = upload(client, file, local_authorities="Wensmere").location
        page = words_of(client.get(f"{address}?outcome=change"))
        send(client, f"{address}/apply", {}, page=address)
    assert "2900002 Goslings – Harnsworth Places 40 44" in page


def test_refused_rows_are_shown_and_stop_the_rest_unless_left_out(
    sign_in: SignsIn, records: Session
):
    client = coordinator(sign_in, records, make_partnership(records))
    address = upload(client, "bad_rows.csv").location
    page = words_of(client.get(f"{address}?outcome=refused"))
    assert "Registration date 31/02/2010 This is not a date" in page
    refused = send(client, f"{address}/apply", {}, page=address)
    assert refused.status_code == 400
    assert title_of(refused).startswith("Error: ")
    assert organisations(records) == 0
    send(client, f"{address}/apply", {"without_refused": "yes"}, page=address)
    assert organisations(records) == 1


def test_rows_are_downloaded_without_a_live_formula(sign_in: SignsIn, records: Session):
    client = coordinator(sign_in, records, make_partnership(records))
    address = upload(client, "bad_rows.csv").location
    file = client.get(f"{address}/refused.csv")
    assert file.headers["Content-Disposition"].startswith("attachment")
    assert "'=HYPERLINK" in file.text
    assert ",=HYPERLINK" not in file.text
    assert client.get(f"{address}/nonsense.csv").status_code == 404


def test_a_register_that_changed_meanwhile_is_not_applied(sign_in: SignsIn, records: Session):
    partnership = make_partnership(records)
    client = coordinator(sign_in, records, partnership)
    address = upload(client, "ofsted_2021.csv", local_authorities="Wensmere").location
    make_organisation(records, urn="900003", at=partnership)
    records.commit()
    answer = send(client, f"{address}/apply", {}, page=address)
    assert answer.status_code == 409
    assert "have changed since this was looked at" in words_of(answer)
    assert organisations(records) == 1


def test_what_is_no_register_is_told_in_a_sentence(sign_in: SignsIn, records: Session):
    client = coordinator(sign_in, records, make_partnership(records))
    for content in (b"", b"%PDF-1.7", b"PK\x03\x04broken", b"\x00\x01\x02", b"a,b\n1,2\n"):
        answer = upload(client, content)
        assert answer.status_code == 400
        assert "There is a problem" in words_of(answer)
    assert records.scalars(select(ImportRun)).all() == []


def test_no_file_is_asked_for_again(sign_in: SignsIn, records: Session):
    client = coordinator(sign_in, records, make_partnership(records))
    assert "Choose a file" in words_of(send(client, HERE, {}))


def test_ten_thousand_bad_rows_are_a_report_in_pages_and_nothing_changes(
    sign_in: SignsIn, records: Session
):
    client = coordinator(sign_in, records, make_partnership(records))
    header = (FILES / "bad_rows.csv").read_bytes().splitlines()[0]
    bad = b"EY%d,05/08/2010,Childminder,,Active,ALL,x,Wensmere,6"
    sent = upload(client, b"\n".join([header, *(bad % number for number in range(10_000))]))
    page = words_of(client.get(sent.location))
    assert "10,000 Refused" in page
    assert "This is not the shape of a URN" in page
    assert "10001 EY9999" in words_of(client.get(f"{sent.location}?outcome=refused&page=200"))
    assert len(client.get(f"{sent.location}/refused.csv").text.splitlines()) == 10_001
    refused = send(client, f"{sent.location}/apply", {}, page=sent.location)
    assert refused.status_code == 400
    assert organisations(records) == 0


def test_a_workbook_that_unpacks_to_very_much_is_refused_with_the_page(
    sign_in: SignsIn, records: Session
):
    client = coordinator(sign_in, records, make_partnership(records))
    made = BytesIO()
    with ZipFile(made, "w", ZIP_DEFLATED) as packed:
        packed.writestr("[Content_Types].xml", "<Types/>")
        with packed.open("xl/worksheets/sheet1.xml", "w") as sheet:
            for _ in range(410):
                sheet.write(bytes(1024 * 1024))
    page = upload(client, made.getvalue())
    assert page.status_code == 400
    assert title_of(page).startswith("Error: ")
    assert "larger than one that is read" in words_of(page)
    assert records.scalars(select(ImportRun.id)).all() == []


def test_only_this_page_takes_a_large_file(sign_in: SignsIn, records: Session):
    client = coordinator(sign_in, records, make_partnership(records))
    padding = (b"," * 1000 + b"\n") * 3000
    content = (FILES / "ofsted_2021.csv").read_bytes() + padding
    assert upload(client, content, local_authorities="Wensmere").status_code == 302
    columns = {"layout": "own", "header-1": "x" * (3 * 1024 * 1024)}
    assert send(client, f"{HERE}columns", columns, page=HERE).status_code == 413


def test_a_file_over_the_limit_is_refused_with_a_page(sign_in: SignsIn, records: Session):
    client = coordinator(sign_in, records, make_partnership(records))
    answer = upload(client, b"," * (register_files.LARGEST_REGISTER + 200_000))
    assert answer.status_code == 413
    assert "too much" in words_of(answer)


def test_a_column_can_be_mapped_by_hand_and_is_kept(sign_in: SignsIn, records: Session):
    client = coordinator(sign_in, records, make_partnership(records))
    content = (FILES / "ofsted_2021.csv").read_bytes().replace(b"Provider type", b"Sort")
    page = upload(client, content)
    assert page.status_code == 400
    assert "Say what the columns mean" in words_of(page)
    assert '<label class="govuk-label" for="column-1">Provider type' in page.text
    nothing = {"layout": "ofsted", "header-1": "", "field-1": "provider_type"}
    sent = send(client, f"{HERE}columns", nothing, page=HERE)
    assert "No column was chosen, so nothing was kept." in words_of(client.get(sent.location))
    fields = {"layout": "ofsted", "header-1": "Sort", "field-1": "provider_type"}
    send(client, f"{HERE}columns", fields, page=HERE)
    assert records.scalars(select(ColumnMapping.fields)).all() == [{"Sort": "provider_type"}]
    records.rollback()
    assert upload(client, content, local_authorities="Wensmere").status_code == 302


def test_a_column_that_what_is_chosen_needs_can_be_mapped_too(sign_in: SignsIn, records: Session):
    client = coordinator(sign_in, records, make_partnership(records))
    content = (FILES / "ofsted_2021.csv").read_bytes().replace(b"Local authority", b"Council")
    page = upload(client, content, local_authorities="Wensmere")
    assert page.status_code == 400
    assert "has no column for Local authority" in words_of(page)
    assert '<option value="Council">' in page.text
    assert "Telephone" not in words_of(page)


def test_what_was_chosen_is_there_the_next_time(sign_in: SignsIn, records: Session):
    client = coordinator(sign_in, records, make_partnership(records))
    upload(client, "ofsted_2021.csv", local_authorities="Wensmere", include="home_childcarers")
    page = client.get(HERE)
    assert re.search(r"<textarea[^>]*>\s*Wensmere\s*</textarea>", page.text)
    assert re.search(r'value="home_childcarers"\s+checked', page.text)


def test_anothers_import_is_not_found(sign_in: SignsIn, records: Session):
    theirs = coordinator(sign_in, records, make_partnership(records))
    ours = coordinator(sign_in, records, make_partnership(records))
    address = upload(theirs, "ofsted_2021.csv", local_authorities="Wensmere").location
    for part in ("", "/add.csv"):
        assert ours.get(f"{address}{part}").status_code == 404
    for part in ("/apply", "/give-up"):
        assert send(ours, f"{address}{part}", {}, page=HERE).status_code == 404


def test_a_preview_that_is_given_up_cannot_be_applied(sign_in: SignsIn, records: Session):
    client = coordinator(sign_in, records, make_partnership(records))
    address = upload(client, "ofsted_2021.csv", local_authorities="Wensmere").location
    send(client, f"{address}/give-up", {}, page=address)
    send(client, f"{address}/apply", {}, page=HERE)
    assert "Given up" in words_of(client.get(address))
    assert organisations(records) == 0


def test_the_empty_sheet_of_our_own_layout_can_be_read_again(sign_in: SignsIn, records: Session):
    client = coordinator(sign_in, records, make_partnership(records))
    for kind in ("csv", "xlsx"):
        sheet = client.get(f"{HERE}layout.{kind}").data
        assert "There are no rows below the header" in words_of(upload(client, sheet))
    assert "Trust UID" in words_of(client.get(f"{HERE}layout"))
