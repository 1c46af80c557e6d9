"""The look keeps its promises: letters we may use, ratings all can tell apart, nothing inline."""

import re
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest

from tests.web.specimens import EXAMPLES, HOLDER_OF, TEMPLATES, environment, rendered

WEB = Path(__file__).parents[2] / "audit_app" / "web"
STATIC = WEB / "static"
VENDORED = STATIC / "vendor" / "govuk-frontend-6.3.0"


class Elements(HTMLParser):
    def __init__(self, html: str) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str | None]]] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, dict(attrs)))


def page(**values: Any) -> str:
    return environment().get_template("_base/base.html").render(page_title="Records", **values)


def luminance(colour: str) -> float:
    channels = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    r, g, b = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels)
    return 0.2126 * r + 0.7152 * g + 0.0722 * b


def contrast(one: str, other: str) -> float:
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def rating_colours() -> dict[str, tuple[str, str]]:
    rule = re.compile(
        r"^((?:\.app-rag--\w+(?:, )?)+) { color: (#\w{6}); background-color: (#\w{6})", re.M
    )
    return {
        name: (text, fill)
        for names, text, fill in rule.findall((STATIC / "ratings.css").read_text())
        for name in re.findall(r"app-rag--(\w+)", names)
    }


@pytest.mark.parametrize(
    "mark", ["@font-face", "GDS Transport", "crown", "crest", "url(", "calvert"]
)
def test_the_vendored_style_sheet_holds_no_letters_or_marks_of_gov_uk(mark):
    assert mark.lower() not in (VENDORED / "govuk-frontend.min.css").read_text().lower()


def test_of_gov_uk_frontend_only_the_style_sheet_the_script_and_the_notice_are_kept():
    kept = {path.name for path in VENDORED.rglob("*")}
    assert kept == {"govuk-frontend.min.css", "govuk-frontend.min.js", "LICENSE.txt", "README.md"}
    assert "MIT License" in (VENDORED / "LICENSE.txt").read_text()


def test_every_letter_that_is_shipped_comes_with_its_licence():
    for folder in (STATIC / "fonts", WEB.parents[1] / "reports" / "_base" / "fonts"):
        assert "SIL OPEN FONT LICENSE" in (folder / "OFL.txt").read_text()


def test_every_font_a_style_sheet_asks_for_is_shipped():
    asked = re.findall(r'url\("([^"]+)"\)', "".join(p.read_text() for p in STATIC.glob("*.css")))
    assert asked
    assert [name for name in asked if not (STATIC / name).is_file()] == []


def test_the_words_on_every_rating_can_be_read_against_its_fill():
    colours = rating_colours()
    assert len(colours) == 6
    assert {name: pair for name, pair in colours.items() if contrast(*pair) < 4.5} == {}


def test_bars_and_tags_show_one_rating_in_one_colour():
    style = (STATIC / "tables.css").read_text()
    for name, (_, fill) in rating_colours().items():
        drawn = re.search(rf"app-bar__part--{name}[^{{]*{{ fill: (#\w{{6}})", style)
        assert drawn, name
        assert drawn[1] == fill, name


def test_the_default_accent_carries_white_words():
    accent = re.search(r"--accent: (#\w{6})", (STATIC / "app.css").read_text())
    assert accent
    assert contrast(accent[1], "#ffffff") >= 4.5


@pytest.mark.parametrize("path", sorted(TEMPLATES.rglob("*.html")), ids=lambda path: path.name)
def test_a_template_holds_nothing_the_content_policy_would_refuse(path):
    text = path.read_text()
    assert not re.search(r"<[^>]*\sstyle\s*=", text)
    assert not re.search(r"<style\b", text)
    assert not re.search(r"<[a-z][^>{]*\son[a-z]+\s*=", text)
    assert [tag for tag in re.findall(r"<script\b[^>]*>", text) if "nonce=" not in tag] == []


def test_every_macro_has_an_example():
    assert set(HOLDER_OF) == set(EXAMPLES)


@pytest.mark.parametrize("name", sorted(EXAMPLES))
def test_a_macro_renders_when_an_undefined_name_is_an_error(name):
    assert rendered(name).strip()


@pytest.mark.parametrize("name", sorted(EXAMPLES))
def test_a_field_has_a_label_and_every_description_it_points_to(name):
    elements = Elements(rendered(name)).found
    ids = [attrs["id"] for _, attrs in elements if "id" in attrs]
    labelled = {attrs["for"] for tag, attrs in elements if tag == "label"}
    fields = [a for tag, a in elements if tag in ("input", "select", "textarea")]
    visible = {a["id"] for a in fields if a.get("type") != "hidden"}
    pointed = {i for _, a in elements for i in (a.get("aria-describedby") or "").split()}
    assert len(ids) == len(set(ids))
    assert visible <= labelled
    assert name == "described_by" or pointed <= set(ids)


@pytest.mark.parametrize(
    ("rating", "letter", "word"),
    [("green", "G", "Green"), ("amber", "A", "Amber"), ("red", "R", "Red")],
)
def test_a_rating_is_a_letter_and_a_word_and_never_a_fill_alone(rating, letter, word):
    tag, cell = rendered("rag", f'rag("{rating}")'), rendered("rag_cell", f'rag_cell("{rating}")')
    assert f">{letter}</span>" in tag
    assert f">{letter}</span>" in cell
    assert word in tag
    assert word in cell


def test_an_unanswered_rating_is_neither_red_nor_green():
    assert "Not yet answered" in rendered("rag", "rag(none)")
    assert "app-rag--unanswered" in rendered("rag", "rag(none)")


def test_a_rating_the_moderator_changed_shows_both():
    tag = rendered("rag", 'rag("amber", validated=true, changed_from="green")')
    assert ", validated" in tag
    assert re.search(r"Amber.*&lt;.*was.*Green", tag, re.S)


def test_a_share_is_cut_and_never_rounded_up():
    assert rendered("figure_of") == "390 of 520 returned (75&nbsp;%)"
    assert "(99&nbsp;%)" in rendered("figure_of", 'figure_of(519, 520, "returned")')
    assert "less than 1" in rendered("figure_of", 'figure_of(1, 520, "returned")')
    assert rendered("figure_of", 'figure_of(0, 0, "returned")') == "0 of 0 returned"


def test_a_bar_is_one_whole_with_the_worst_at_the_left():
    bar = rendered("stacked_bar", "stacked_bar(1, 2, 5)")
    assert re.findall(r'svg x="([\d.]+)%"', bar) == ["0.000", "12.500", "37.500"]
    assert re.findall(r"app-bar__part--(\w+)", bar) == ["red", "amber", "green"]


def test_a_page_with_an_error_says_so_in_its_title():
    assert "<title>Records – Section 11" in page()
    assert "<title>Error: Records" in page(errors=[{"text": "Choose", "href": "#q"}])


def test_only_a_person_who_is_signed_in_can_sign_out():
    assert "Sign out" not in page()
    assert 'name="csrf_token"' in page(signed_in_as="Amina Shah")
    assert "Sign out" in page(signed_in_as="Amina Shah")
