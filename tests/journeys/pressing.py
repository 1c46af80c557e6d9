"""What is pressed and read on many pages: a button that gives a PDF, and the heading."""

from pathlib import Path

import pikepdf
from playwright.sync_api import Locator, Page

from tests.reporting.pdf_reading import opened


def heading(page: Page) -> Locator:
    """Give the heading that says which page this is."""
    return page.get_by_role("heading", level=1)


def pressed_pdf(page: Page, button: str) -> pikepdf.Pdf:
    """Press a button, and open the PDF that is downloaded."""
    with page.expect_download() as waiting:
        page.get_by_role("button", name=button).click()
    return opened(Path(waiting.value.path()).read_bytes())


def linked_pdf(page: Page, link: str) -> pikepdf.Pdf:
    """Follow a link, and open the PDF that is downloaded."""
    with page.expect_download() as waiting:
        page.get_by_role("link", name=link).click()
    return opened(Path(waiting.value.path()).read_bytes())
