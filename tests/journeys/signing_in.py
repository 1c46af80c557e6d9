"""Signing in without a page, through the same form."""

import re

from playwright.sync_api import APIResponse, BrowserContext

TOKEN = re.compile(r'name="csrf_token" value="([^"]+)"')


def sign_in(window: BrowserContext, email: str, password: str) -> None:
    """Sign in so that every page of this window is signed in."""
    form = window.request.get("/sign-in")
    answer = window.request.post(
        "/sign-in",
        form={"csrf_token": token_in(form), "email": email, "password": password},
        max_redirects=0,
    )
    assert answer.status in (302, 303), answer.text()


def token_in(page: APIResponse) -> str:
    """Give the token that the forms of a page carry."""
    found = TOKEN.search(page.text())
    assert found is not None, f"{page.url} has no form with a token"
    return found[1]
