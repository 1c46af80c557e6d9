"""Reading a page as a test does: its words, its token, and sending its form back."""

import re
from typing import Any

from flask.testing import FlaskClient
from werkzeug.test import TestResponse

TOKEN = re.compile(r'name="csrf_token" value="([^"]+)"')


def token_of(page: TestResponse) -> str:
    """Give the token that a page's forms carry."""
    found = TOKEN.search(page.text)
    assert found is not None, "the page has no form with a token"
    return found[1]


def send(
    client: FlaskClient, address: str, fields: dict[str, Any], *, page: str = ""
) -> TestResponse:
    """Open the page of a form, and send the form with its token."""
    token = token_of(client.get(page or address))
    return client.post(address, data={"csrf_token": token, **fields})


def title_of(page: TestResponse) -> str:
    """Give the title of a page."""
    return re.sub(r"\s+", " ", page.text.split("<title>")[1].split("</title>")[0]).strip()


def words_of(page: TestResponse) -> str:
    """Give what stands on a page, without its markup."""
    body = page.text.split("<main", 1)[-1].split("</main>")[0]
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", f"<main{body}")).strip()
