"""Endpoints that take a file: they alone may be sent more than a form."""

from collections.abc import Callable
from typing import Any, TypeVar

from flask import Flask, request

from audit_app.web.database import session

V = TypeVar("V", bound=Callable[..., Any])

ROOM_FOR_THE_FORM = 64 * 1024
"""Bytes that the other fields and the parts' own words may take beside the file."""


def takes_a_file(*, largest: int | Callable[[], int]) -> Callable[[V], V]:
    """Say how many bytes the file that a view takes may have, or who knows it."""

    def mark(view: V) -> V:
        view.largest_file = largest  # type: ignore[attr-defined]
        return view

    return mark


def allow_uploads(app: Flask) -> None:
    """Set the limit of each request before anybody reads its form, and after it was let in."""

    def set_limit() -> None:
        view = app.view_functions.get(request.endpoint or "")
        largest = getattr(view, "largest_file", None)
        if largest is not None:
            most = largest() if callable(largest) else largest
            request.max_content_length = most + ROOM_FOR_THE_FORM
            # Who asks is known. Nobody has to wait for the database while a long body comes in.
            session().commit()

    app.before_request(set_limit)
