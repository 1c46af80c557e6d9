"""Whether what people wrote is printed as they wrote it, and can never do anything."""

from html.parser import HTMLParser

import pytest
from markupsafe import Markup

from audit_app.core.replies import Reply
from audit_app.reporting.board_report import board_html
from audit_app.reporting.render import ReportCouldNotBeMade, render_pdf
from audit_app.reporting.return_report import return_html, return_report
from audit_app.reporting.wording import ZERO_WIDTH_SPACE
from tests.reporting.county import board_facts, county
from tests.reporting.examples import NOW, early_years, facts, replies_to, sheet, tiny
from tests.reporting.pdf_reading import opened, page_words

HOSTILE = (
    "<script>alert(1)</script></table></section><style>*{background:url(file:///etc/passwd)}"
    '</style><img src="http://127.0.0.1/x"><a href="https://example.org">x</a>\'"> {{ 7 * 7 }} '
    "{% include '/etc/passwd' %} url(file:///etc/passwd) \x00\x08\ufffe \ud800 שלום مرحبا 😀"
)


class Skeleton(HTMLParser):
    """The elements of a page with the names of their attributes: all that text must not touch."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.found: list[tuple[str, ...]] = []
        self.text: list[str] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, *(name for name, _ in attrs)))

    def handle_data(self, data: str) -> None:
        self.text.append(data.replace(ZERO_WIDTH_SPACE, ""))


def html_saying(words: str) -> str:
    replies = replies_to(early_years(), kind="group")
    replies["6.3"] = Reply("amber", words)
    replies["6.7"] = Reply(words)
    told = facts(organisation=words, submitted_by=words, locality=words, urn=words)
    return return_html(sheet(replies=replies), about=told)


def test_hostile_words_add_no_element_and_no_attribute_to_a_return():
    assert Skeleton(html_saying(HOSTILE)).found == Skeleton(html_saying("Plain words")).found


def test_hostile_words_are_printed_as_words():
    said = "".join(Skeleton(html_saying(HOSTILE)).text)

    assert "<script>alert(1)</script>" in said
    assert "{{ 7 * 7 }}" in said
    assert "שלום مرحبا 😀" in said


def test_hostile_names_add_no_element_to_the_boards_report():
    plain = county(20)
    rows = tuple(row._replace(organisation=HOSTILE, kind="Group setting") for row in plain.rows)
    named = plain._replace(rows=rows, not_returned=())
    calm = plain._replace(
        rows=tuple(row._replace(organisation="A", kind="Group setting") for row in plain.rows),
        not_returned=(),
    )

    found = Skeleton(board_html(named, about=board_facts()))

    assert found.found == Skeleton(board_html(calm, about=board_facts())).found
    assert any("<script>alert(1)</script>" in said for said in found.text)


def test_hostile_words_become_a_file_that_opens():
    replies = replies_to(early_years(), kind="group")
    replies["6.3"] = Reply("amber", HOSTILE)
    made = return_report(sheet(replies=replies), about=facts(organisation=HOSTILE))

    assert "<script>alert(1)" in page_words(opened(made), 1)


def test_twenty_thousand_letters_without_a_space_are_printed_in_full():
    words = "x" * 20_000
    replies = {"1.1": Reply("green", words), "2.1": Reply("no", words)}
    pdf = opened(return_report(sheet(tiny(), replies=replies), about=facts()))
    pages = range(1, len(pdf.pages) + 1)

    assert sum(page_words(pdf, number).count("x") for number in pages) >= 40_000


def test_a_long_run_may_be_broken_and_a_digest_stays_whole():
    assert ZERO_WIDTH_SPACE in html_saying("y" * 200)
    assert early_years().content_hash in html_saying("y" * 200)


def test_markup_that_asks_for_another_file_makes_no_report():
    asks = Markup('<img alt="x" src="file:///etc/passwd">')

    with pytest.raises(ReportCouldNotBeMade, match="outside its own folder"):
        return_report(sheet(), about=facts(organisation=asks))


def test_markup_that_asks_the_network_makes_no_report():
    asks = Markup('<img alt="x" src="http://127.0.0.1:9/x.png">')

    with pytest.raises(ReportCouldNotBeMade, match="not its own"):
        return_report(sheet(), about=facts(organisation=asks))


def test_a_picture_without_words_makes_no_report():
    silent = Markup('<img src="../_base/hatching-red.svg">')

    with pytest.raises(ReportCouldNotBeMade, match="alt"):
        return_report(sheet(), about=facts(organisation=silent))


def test_a_name_that_the_template_does_not_know_makes_no_report():
    told = {"about": facts(), "sheet": sheet(), "levels": None}

    with pytest.raises(ReportCouldNotBeMade, match="'is_draft' is undefined"):
        render_pdf("return/report.html", told, title="x", identifier="x", made_at=NOW)


def test_a_template_outside_the_reports_makes_no_report():
    with pytest.raises(ReportCouldNotBeMade):
        render_pdf("../README.md", {}, title="x", identifier="x", made_at=NOW)


def test_an_accent_that_is_no_colour_makes_no_report():
    with pytest.raises(ReportCouldNotBeMade, match="colour"):
        return_report(sheet(), about=facts(accent="red; background: url(x)"))
