"""One example of every macro of the screens, and how it is rendered for a test."""

import re
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined

TEMPLATES = Path(__file__).parents[2] / "audit_app" / "web" / "templates"
MACROS = sorted((TEMPLATES / "_base" / "macros").glob("*.html"))
PUBLIC_MACRO = re.compile(r"{%-? macro ([a-z]\w*)\(")

LEVELS = '[{"value": "green", "descriptor": "Always"}, {"value": "red", "descriptor": "Never"}]'
CHOICES = (
    '[{"value": "yes", "text": "Yes"}, {"divider": "or"},'
    ' {"value": "no", "text": "No", "hint": "Say why", "conditional": "Why?", "exclusive": true}]'
)
COUNTS = '{"label": "Records", "red": 1, "amber": 2, "green": 30, "before": "red", "rating": none}'
TABLE_COLUMNS = (
    '[{"key": "n", "label": "How many", "kind": "number"}, {"key": "w", "label": "When"},'
    ' {"key": "t", "label": "Notes", "kind": "textarea"},'
    ' {"key": "l", "label": "Level", "kind": "select", "items": [{"value": 1, "text": "Basic"}]}]'
)
EXAMPLES = {
    "asked_then": (
        'asked_then([{"what": "The question", "then": "Who?", "now": ""}], "2025 audit", "1.1")'
    ),
    "back_link": 'back_link("/returns")',
    "breadcrumbs": 'breadcrumbs([{"text": "Returns", "href": "/returns"}, {"text": "Records"}])',
    "button": 'button("Save", name="then", value="list", hidden_text="section 1")',
    "button_group": "button_group()",
    "checkbox": 'checkbox("true", "It is true", hint="To your knowledge", error="Say so")',
    "checkboxes": f'checkboxes("who", "Who was told?", {CHOICES}, values=["yes"], error="Say")',
    "contact": (
        'contact({"contact_name": "Kezia", "contact_email": "k@example.org",'
        ' "contact_telephone": "01632 960001"})'
    ),
    "csrf": "csrf()",
    "date_input": 'date_input("seen", "When?", value={"day": "31"}, error="Year", wrong=["year"])',
    "described_by": 'described_by("a", "hint", "error", also="a-info")',
    "details": 'details("Why we ask")',
    "error_summary": 'error_summary([{"text": "Choose one", "href": "#q"}, {"text": "Stale"}])',
    "fieldset": 'fieldset("Who?", id="who", hint="All of them")',
    "figure_of": 'figure_of(390, 520, "returned")',
    "file_upload": 'file_upload("evidence", "Evidence", error="Choose a file", multiple=true)',
    "heading": 'heading("Records", caption="Section 5")',
    "headline": 'headline("Arrangements are Amber.", rating="amber")',
    "heat_map": (
        'heat_map("Grid", columns=[{"text": 1, "full": "Records", "href": "#"}, {"text": "Two"}],'
        ' rows=[{"text": "Alderbrook", "hint": "North", "cells": ["red", none]},'
        ' {"text": "Fernhill", "href": "#", "cells": [{"rating": "amber", "validated": true,'
        ' "changed_from": "green", "href": "#"}, {"rating": "no_return"}]}],'
        ' totals=[{"text": "Red", "cells": [1, 0]}])'
    ),
    "hint_and_error": 'hint_and_error("a", "A hint", "An error")',
    "guard_choice": 'guard_choice([{"mark": "ab12", "text": "This looks like an NHS number"}])',
    "inset": "inset()",
    "key_figures": 'key_figures([{"figure": 520, "of": 657, "label": "returned"}])',
    "label_for": '"" ~ label_for("a", "Name", size="m", is_heading=true)',
    "last_answer": 'last_answer("2025 audit", rating="red", text="None", note="Needs review")',
    "legend_for": '"" ~ legend_for("Records", "l", true, "Section 5")',
    "link_button": 'link_button("Start now", "/returns", start=true)',
    "notification": "notification(success=true)",
    "number_input": 'number_input("n", "How many?", value=0, hint="Whole", error="A number")',
    "pagination": (
        'pagination("/1", "/3", [{"number": 2, "href": "/2", "current": true}, {"ellipsis": true}])'
    ),
    "panel": 'panel("Return submitted", text="Your reference", reference="EYA-2026-0042")',
    "password_input": 'password_input("password", "Password", error="Enter it")',
    "post_button": 'post_button("Reopen", action="/reopen", fields={"version": 3})',
    "progress_line": "progress_line(3, 9, minutes=20)",
    "question_table": (
        f'question_table("q", "Training", {TABLE_COLUMNS}, [{{"key": "0", "label": "Row 1"}}],'
        ' values={"0": {"n": 2}}, errors={"q-0-w": "A date"}, hint="All staff",'
        ' add={"text": "Add", "name": "add_row", "value": "q"}, remove={"name": "remove_row"})'
    ),
    "radios": f'radios("again", "Again?", {CHOICES}, value="no", hint="A hint", error="Choose")',
    "rag": 'rag("amber", validated=true, changed_from="green", size="l")',
    "rag_cell": 'rag_cell("amber", validated=true, changed_from="green")',
    "rag_key": "rag_key()",
    "rag_letter": 'rag_letter("red")',
    "rag_word": "rag_word(none)",
    "rating_key": 'rating_key("Not applicable")',
    "rating_question": (
        f'rating_question("q", "Records?", {LEVELS}, value="red", error="Choose", critical=true,'
        ' last_year={"when": "2025 audit", "rating": "green"},'
        ' not_applicable={"value": "na", "text": "Not applicable", "conditional": "Why?"})'
    ),
    "saves_and_goes_on": "saves_and_goes_on(true)",
    "saving_room": 'saving_room("Saved")',
    "scroll_region": 'scroll_region("Returns by locality")',
    "saving": 'saving({"saved": none, "theirs": none, "brought_from": none, "draft": none})',
    "saving_words": "saving_words()",
    "select": 'select("l", "Locality", [{"value": 1, "text": "East"}], value="1", error="Choose")',
    "stacked_bar": 'stacked_bar(1, 2, 30, 4, 5, label="Records", no_return=6)',
    "stacked_bars": f'stacked_bars([{COUNTS}], caption="By section")',
    "summary_list": (
        'summary_list([{"key": "Rating", "value": "A", "href": "#"}, {"key": "On", "value": 1}])'
    ),
    "table": 'table(["East", {"text": "Due", "numeric": true}], [["A", 1]], foot=[["All", 1]])',
    "tag": 'tag("In progress", "blue")',
    "task_list": (
        'task_list([{"title": "Records", "href": "#", "hint": "4 left", "status": "In progress",'
        ' "status_colour": "blue"}, {"title": "Submit", "status": "Cannot start yet"}])'
    ),
    "text_input": 'text_input("name", "Name", hint="In full", error="Enter it", prefix="Dr")',
    "textarea": 'textarea("why", "Why?", value="So", max_length=2000, hint="Briefly", error="No")',
    "time_words": "time_words(80)",
    "warning_text": 'warning_text("You cannot change it later.")',
    "width_class": 'width_class("half")',
    "x_of_y": 'x_of_y("Receipts?", "q-x", "q-y", x_value=9, y_value=4, error="Too many")',
}
WITH_A_BODY = {"button_group", "details", "fieldset", "inset", "notification", "scroll_region"}
HOLDER_OF = {name: path.name for path in MACROS for name in PUBLIC_MACRO.findall(path.read_text())}


def environment() -> Environment:
    made = Environment(
        loader=FileSystemLoader(TEMPLATES), undefined=StrictUndefined, autoescape=True
    )
    made.globals.update(
        csrf_token=lambda: "token",
        csp_nonce=lambda: "nonce",
        entering_now=lambda: None,
        pressed=lambda: "later",
        marks_to_keep=lambda found: " ".join(one["mark"] for one in found),
        asset=lambda name: f"/static/{name}",
        get_flashed_messages=lambda with_categories: [("success", "Saved")],
    )
    return made


def rendered(name: str, call: str | None = None) -> str:
    call = call or EXAMPLES[name]
    use = f"{{% call {call} %}}body{{% endcall %}}" if name in WITH_A_BODY else f"{{{{ {call} }}}}"
    source = f'{{% from "_base/macros/{HOLDER_OF[name]}" import {name} %}}{use}'
    return environment().from_string(source).render()
