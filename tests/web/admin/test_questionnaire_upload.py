"""Uploading a questionnaire: all that is wrong at once, a preview, and publishing once for good."""

from html import unescape
from io import BytesIO
from pathlib import Path

import pytest
from openpyxl import load_workbook
from sqlalchemy import func, select
from werkzeug.datastructures import FileStorage, MultiDict
from werkzeug.test import encode_multipart

from audit_app.core.reading import content_hash, read_questionnaire
from audit_app.services.questionnaire_files import read_questionnaire_file
from audit_app.services.questionnaire_workbook import make_workbook
from audit_app.storage.models import History, QuestionnaireVersion
from tests.builders import make_partnership, make_person, make_questionnaire_version
from tests.core.test_sheets import SMALL
from tests.web.pages import title_of, token_of, words_of

ROOT = Path(__file__).parents[3]
UPLOAD = "/admin/questionnaires/upload"
PUBLISH = "/admin/questionnaires/publish"
PREVIEW = "/admin/questionnaires/preview"


def plain(page) -> str:
    return " ".join(unescape(words_of(page)).split())


@pytest.fixture
def coordinator(records, sign_in):
    partnership = make_partnership(records)
    return sign_in(make_person(records, role="coordinator", at=partnership, name="Ada Wren"))


def uploaded(browser, content, *, name="small.yaml"):
    """Send a file from the page that asks for one."""
    content = content.encode() if isinstance(content, str) else content
    file = FileStorage(BytesIO(content), filename=name, content_type="application/octet-stream")
    # Put together here, because the test client leaves the temporary files of large ones open.
    boundary, body = encode_multipart(
        MultiDict({"csrf_token": token_of(browser.get(UPLOAD)), "file": file})
    )
    kind = f"multipart/form-data; boundary={boundary}"
    return browser.post(UPLOAD, data=body, content_type=kind)


def carried(page) -> dict[str, str]:
    """Give what the form of a preview carries to the next page."""

    def value(name: str) -> str:
        return unescape(page.text.split(f'name="{name}" value="')[1].split('"')[0])

    return {
        "csrf_token": token_of(page),
        "text": value("text"),
        "content_hash": value("content_hash"),
        "kind": "group",
    }


def spreadsheet(text: str = SMALL) -> bytes:
    return make_workbook(read_questionnaire(text, name="small.yaml"))


def number_published(records) -> int:
    """Count what is published now; the test's own session holds nothing open meanwhile."""
    records.rollback()
    number = records.scalar(select(func.count()).select_from(QuestionnaireVersion)) or 0
    records.rollback()
    return number


def test_a_file_is_shown_before_anything_is_kept(coordinator, records):
    page = uploaded(coordinator, SMALL)
    said = plain(page)
    assert page.status_code == 200
    assert title_of(page).startswith("Preview of Small audit 2026")
    assert "Nothing" not in said
    assert "Publish 2026" in said
    assert "How are concerns recorded?" in said
    assert content_hash(SMALL) in said
    assert number_published(records) == 0


def test_publishing_keeps_it_tells_of_it_and_leads_to_its_page(coordinator, records):
    answer = coordinator.post(PUBLISH, data=carried(uploaded(coordinator, SMALL)))
    assert answer.status_code == 302
    page = coordinator.get(answer.headers["Location"])
    assert "small/2026 is published." in plain(page)
    version = records.get(QuestionnaireVersion, content_hash(SMALL))
    assert version is not None
    assert version.source == SMALL
    told = records.scalars(select(History).where(History.event == "questionnaire_published")).one()
    assert told.details == {"questionnaire": "small/2026", "content_hash": content_hash(SMALL)}
    assert told.by_id is not None


def test_a_spreadsheet_is_published_as_the_yaml_that_says_the_same(coordinator, records):
    page = uploaded(coordinator, spreadsheet(), name="small.xlsx")
    coordinator.post(PUBLISH, data=carried(page))
    version = records.scalars(select(QuestionnaireVersion)).one()
    expected = read_questionnaire_file(spreadsheet(), name="small.xlsx").text
    assert version.source == expected
    assert version.content_hash == content_hash(expected or "")


def test_the_largest_shipped_questionnaire_fits_through_the_form(coordinator, records):
    text = (ROOT / "questionnaires" / "recommendation-assurance" / "2026.yaml").read_text("utf-8")
    page = uploaded(coordinator, text, name="2026.yaml")
    assert coordinator.post(PUBLISH, data=carried(page)).status_code == 302
    # What is kept is all of it written out, and needs no review to be read again.
    kept = records.scalars(select(QuestionnaireVersion)).one()
    assert len(read_questionnaire(kept.source, name="kept").placed) == 6 + 43 * 9


def test_line_ends_of_a_browser_change_nothing(coordinator, records):
    fields = carried(uploaded(coordinator, SMALL))
    fields["text"] = fields["text"].replace("\n", "\r\n")
    assert coordinator.post(PUBLISH, data=fields).status_code == 302
    assert records.get(QuestionnaireVersion, content_hash(SMALL)).source == SMALL


def test_another_kind_of_organisation_is_shown_on_request(coordinator):
    text = SMALL.replace(
        '{id: "1.4", kind: yes_no, text: Is somebody told?}',
        '{id: "1.4", kind: yes_no, text: Is somebody told?, applies_to: [group]}',
    )
    page = uploaded(coordinator, text)
    assert "Is somebody told?" in plain(page)
    other = coordinator.post(PREVIEW, data={**carried(page), "kind": "childminder"})
    assert "As it is seen by: Childminder" in plain(other)
    assert "Is somebody told?" not in plain(other)


def test_every_problem_of_a_yaml_file_is_told_at_its_line(coordinator, records):
    text = SMALL.replace("kind: rating", "kind: stars").replace("critical: true", "critical: often")
    page = uploaded(coordinator, text)
    said = plain(page)
    assert page.status_code == 400
    assert title_of(page).startswith("Error: Upload a questionnaire")
    assert "small.yaml has 2 problems. Nothing of it was taken." in said
    assert "Line 13, column 9 `stars` is not a kind of question" in said
    assert "Line 19, column 9 `critical` must be true or false" in said
    assert number_published(records) == 0


def test_every_problem_of_a_spreadsheet_is_told_at_its_cell(coordinator, records):
    book = load_workbook(BytesIO(spreadsheet()))
    book["Questions"]["C2"] = "stars"
    book["Questions"]["L3"] = "often"
    book["Options"]["D2"] = "=A1"
    file = BytesIO()
    book.save(file)
    said = plain(uploaded(coordinator, file.getvalue(), name="small.xlsx"))
    assert "small.xlsx has 3 problems. Nothing of it was taken." in said
    assert "Questions, cell C2 `stars` is not a kind of question" in said
    assert "Questions, cell L3 `often` will not do here: write yes or no" in said
    assert "Options, cell D2 a formula is not taken" in said
    assert number_published(records) == 0


BAD: dict[str, tuple[bytes, str]] = {
    "an alias": (b"a: &x 1\nb: *x\n", "anchors (&) and aliases (*) are not allowed"),
    "a tag": (b"a: !!python/object:os.system ls\n", "is not allowed"),
    "a tab": (b"a:\n\tb: 1\n", "use spaces"),
    "a key twice": (SMALL.encode() + b"name: other\n", "`name` is given twice"),
    "an id twice": (SMALL.replace('"1.6"', '"1.5"').encode(), "used by another question"),
    "a later answer": (SMALL.replace('question: "1.2"', 'question: "1.6"').encode(), "comes later"),
    "an unknown field": (
        SMALL.replace("title: Small", "colour: x\ntitle: Small").encode(),
        "colour",
    ),
    "less than nothing": (
        SMALL.replace("kind: rating", "kind: rating\n        weight: -1").encode(),
        "`weight` must be 0 or more",
    ),
    "a child's name": (
        SMALL.replace("Is somebody told?", "What is the child's name?").encode(),
        "which is never held",
    ),
    "a bomb": (b"a: " + b"[" * 100 + b"]" * 100, "nested too deeply"),
    "not UTF-8": (b"title: \xff\xfe\n", "the file is not UTF-8"),
    "nothing": (b"", "the file is empty"),
    "a picture": (b"\x89PNG\r\n\x1a\n\x00\x00", "Line 1"),
    "no spreadsheet": (b"PK\x03\x04 nothing more", "not a spreadsheet (.xlsx) that can be read"),
}


@pytest.mark.parametrize("name", BAD)
def test_bad_input_is_told_in_words_and_nothing_is_taken(coordinator, records, name):
    content, words = BAD[name]
    page = uploaded(coordinator, content)
    assert page.status_code == 400
    assert words in plain(page)
    assert "Nothing of it was taken." in plain(page)
    assert number_published(records) == 0


def test_a_file_that_is_too_large_is_told_so(coordinator):
    page = uploaded(coordinator, b"# " + b"x" * 1_000_001)
    assert page.status_code == 400
    assert "the file is larger than 1 MB" in plain(page)
    assert uploaded(coordinator, b"x" * 1_500_000).status_code == 413


def test_without_a_file_the_page_asks_for_one(coordinator):
    page = coordinator.post(UPLOAD, data={"csrf_token": token_of(coordinator.get(UPLOAD))})
    assert page.status_code == 400
    assert "Choose a file" in plain(page)


def test_the_name_of_a_file_is_shown_as_text(coordinator):
    page = uploaded(coordinator, b"a: [", name="<img src=x onerror=alert(1)>.yaml")
    assert "<img src=x" not in page.text


def test_warnings_are_shown_and_do_not_stand_in_the_way(coordinator):
    text = SMALL.replace("red: Not at all.", "red: Red")
    page = uploaded(coordinator, text)
    assert "Think again" in plain(page)
    assert "the descriptor only repeats the level" in plain(page)
    assert coordinator.post(PUBLISH, data=carried(page)).status_code == 302


def test_the_same_content_twice_says_so_and_changes_nothing(coordinator, records):
    fields = carried(uploaded(coordinator, SMALL))
    coordinator.post(PUBLISH, data=fields)
    page = uploaded(coordinator, SMALL)
    assert "This is published already, with the same content" in plain(page)
    assert "Publish 2026" not in plain(page)
    # Somebody else had the preview open, or pressed the button twice.
    answer = coordinator.post(PUBLISH, data=fields)
    page = coordinator.get(answer.headers["Location"])
    assert "small/2026 was published before, with the same content." in plain(page)
    assert number_published(records) == 1
    events = list(records.scalars(select(History.event)))
    assert events.count("questionnaire_published") == 1


def test_a_changed_published_version_is_refused_with_both_hashes_named(coordinator, records):
    changed = SMALL.replace("Small audit", "Smaller audit")
    fields = carried(uploaded(coordinator, changed))
    make_questionnaire_version(records, text=SMALL)
    records.commit()
    for page in (uploaded(coordinator, changed), coordinator.post(PUBLISH, data=fields)):
        said = plain(page)
        assert "small/2026 is published already with other content" in said
        assert f"Published {content_hash(SMALL)}" in said
        assert f"Uploaded {content_hash(changed)}" in said
        assert "Publish 2026" not in said
    assert number_published(records) == 1


def test_what_changed_since_the_version_before_is_part_of_the_preview(coordinator, records):
    make_questionnaire_version(records, text=SMALL)
    records.commit()
    new = SMALL.replace('version: "2026"', 'version: "2027"').replace(
        "Is somebody told?", "Is the family told?"
    )
    said = plain(uploaded(coordinator, new))
    assert "What changed since 2026" in said
    assert "1.4 Is the family told? It was: Is somebody told? In other words: the question." in said


def test_what_differs_from_the_preview_is_not_published(coordinator, records):
    fields = carried(uploaded(coordinator, SMALL))
    fields["text"] = fields["text"].replace("Small audit", "Another audit")
    page = coordinator.post(PUBLISH, data=fields)
    assert page.status_code == 400
    assert "What was sent is not what was shown." in plain(page)
    assert number_published(records) == 0


def test_what_is_sent_is_checked_again(coordinator, records):
    fields = carried(uploaded(coordinator, SMALL))
    fields["text"] = "a: &x 1\n"
    fields["content_hash"] = content_hash(fields["text"])
    assert coordinator.post(PUBLISH, data=fields).status_code == 400
    assert number_published(records) == 0


def test_without_a_good_token_the_preview_is_shown_again_and_nothing_is_published(
    coordinator, records
):
    fields = carried(uploaded(coordinator, SMALL))
    page = coordinator.post(PUBLISH, data={**fields, "csrf_token": "stale"})
    assert page.status_code == 400
    assert "This page was open too long. Nothing was published" in plain(page)
    assert number_published(records) == 0
    assert coordinator.post(PUBLISH, data=carried(page)).status_code == 302


@pytest.mark.parametrize("role", ["designated_lead", "moderator", "board_member"])
def test_to_every_other_role_there_is_nothing_to_send_to(records, sign_in, role):
    browser = sign_in(make_person(records, role=role))
    token = token_of(browser.get("/reviews/"))
    for address in (UPLOAD, PREVIEW, PUBLISH):
        answer = browser.post(address, data={"csrf_token": token, "text": SMALL})
        assert answer.status_code == 404
    assert number_published(records) == 0
