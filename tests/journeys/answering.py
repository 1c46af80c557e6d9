"""Answering questions at a browser as a person does, and quickly, by sending the same forms."""

import re
from urllib.parse import urlencode

from playwright.sync_api import BrowserContext, Page

from tests.journeys.answers import Fields, group_answers
from tests.journeys.signing_in import token_in

A_ROW = re.compile(r"cell-(\d+)-")
A_FORM = {"Content-Type": "application/x-www-form-urlencoded"}
VERSION = re.compile(r'name="version" value="(\d*)"')


def question_on(page: Page) -> str | None:
    """Name the question whose page this is; None on any other page."""
    found = re.search(r"/questions/([\d.]+)$", page.url)
    return found[1] if found else None


def fill_in(page: Page, fields: Fields) -> None:
    """Fill in the fields of a question's page; rows that are missing are added by their button."""
    if "not_applicable" in fields:
        page.get_by_label("This does not apply to us").check()
    for name, value in fields.items():
        row = A_ROW.match(name)
        if row and not page.locator(f"[name^='cell-{row[1]}-']").count():
            page.get_by_role("button", name="Add another").click()
            page.locator(f"#row-{row[1]}").wait_for()
        _put(page, name, value)


def save(page: Page) -> None:
    """Press the button that saves and goes on."""
    page.get_by_role("button", name="Save and continue").click()


def save_and_go_on(page: Page) -> None:
    """Press that button and wait for the next page: the script may have something to save first."""
    here = page.url
    save(page)
    page.wait_for_url(lambda address: address != here)


def send(window: BrowserContext, return_id: str, question_id: str, fields: Fields) -> None:
    """Save an answer without a page: the same form, filled in and sent."""
    address = f"/returns/{return_id}/questions/{question_id}"
    form = window.request.get(address)
    seen = VERSION.search(form.text())
    assert seen is not None, f"{question_id} answered {form.status}"
    sent = [("csrf_token", token_in(form)), ("version", seen[1])]
    for name, value in fields.items():
        sent += [(name, one) for one in (value if isinstance(value, list) else [value])]
    answer = window.request.post(address, data=urlencode(sent), headers=A_FORM, max_redirects=0)
    assert answer.status == 303, f"{question_id} answered {answer.status}: {answer.text()}"


def answer_all(window: BrowserContext, return_id: str) -> None:
    """Answer everything that a nursery must answer, without a page."""
    for question_id, fields in group_answers().items():
        send(window, return_id, question_id, fields)


def submit(window: BrowserContext, return_id: str) -> None:
    """Submit a return without a page."""
    address = f"/returns/{return_id}/submit"
    token = token_in(window.request.get(address))
    answer = window.request.post(
        address, form={"csrf_token": token, "declare": "yes"}, max_redirects=0
    )
    assert answer.status == 303, answer.text()


def typed_in(page: Page, name: str) -> str:
    """Give what stands in a field now: its text, or the choice that is made."""
    field = page.locator(f"form#question [name='{name}']")
    chosen = field.and_(page.locator(":checked"))
    return (chosen if chosen.count() else field).first.input_value()


def _put(page: Page, name: str, value: str | list[str]) -> None:
    field = page.locator(f"form#question [name='{name}']").first
    match field.evaluate("one => one.type"):
        case "radio" | "checkbox":
            for one in value if isinstance(value, list) else [value]:
                page.locator(f"form#question [name='{name}'][value='{one}']").check()
        case "select-one":
            field.select_option(value)
        case _:
            field.fill(str(value))
