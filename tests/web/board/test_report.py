"""The board's report is a whole PDF of the same figures, or a page that says it was not made."""

import pikepdf
import pytest

from audit_app.reporting.render import ReportCouldNotBeMade
from audit_app.web.board import views
from tests.web.board.county import CHILDMINDERS
from tests.web.pages import words_of


def test_the_report_is_a_pdf_to_keep(board_member, county, tmp_path):
    found = board_member.get(f"/board/cycles/{county.cycle.id}/report.pdf")
    assert found.status_code == 200
    assert found.mimetype == "application/pdf"
    assert found.headers["Content-Disposition"].startswith("attachment")
    assert "smallshire-small-audit-2026.pdf" in found.headers["Content-Disposition"]
    file = tmp_path / "report.pdf"
    file.write_bytes(found.data)
    with pikepdf.open(file) as paper:
        assert "Smallshire" in str(paper.docinfo["/Title"])
        assert len(paper.pages) > 1


@pytest.mark.parametrize(
    ("reader", "reads_names"), [("board_member", False), ("coordinator", True)]
)
def test_paper_names_homes_to_those_alone_who_read_the_names_on_screen(
    request, county, reader, reads_names, monkeypatch
):
    printed = []

    def keeps(summary, *, about):
        printed.append(summary)
        return b"%PDF-1.7"

    monkeypatch.setattr("audit_app.reporting.gathering.board_report", keeps)
    browser = request.getfixturevalue(reader)
    browser.get(f"/board/cycles/{county.cycle.id}/report.pdf")
    names = {row.organisation for row in (*printed[0].rows, *printed[0].not_returned)}
    assert names.issuperset(CHILDMINDERS) is reads_names
    assert names.isdisjoint(CHILDMINDERS) is not reads_names


def test_a_report_that_fails_is_a_page_and_no_half_a_file(board_member, county, monkeypatch):
    def fails(*_given, **_values):
        raise ReportCouldNotBeMade("board/report.html")

    monkeypatch.setattr(views, "report_of_cycle", fails)
    found = board_member.get(f"/board/cycles/{county.cycle.id}/report.pdf")
    assert found.status_code == 500
    assert found.mimetype == "text/html"
    assert "The report could not be made" in words_of(found)
    assert "no part of it was sent" in words_of(found)
