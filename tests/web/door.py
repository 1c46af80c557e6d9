"""Coming to the door in a test: one address, one password, and the form filled in."""

from argon2 import PasswordHasher
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from tests.web.pages import send

PASSWORD = "seven green bottles on a wall"
QUICK = PasswordHasher(time_cost=1, memory_cost=64, parallelism=1).hash(PASSWORD)
"""Its hash, made with as little work as there can be."""


def try_to_sign_in(
    client: FlaskClient, email: str = "lead@example.org", password: str = PASSWORD, **more: str
) -> TestResponse:
    """Open the sign-in page, fill it in and send it."""
    return send(client, "/sign-in", {"email": email, "password": password, **more})
