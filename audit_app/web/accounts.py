"""Flask-Security as this service uses it: passwords and sessions, with pages of our own."""

from typing import Any, cast
from uuid import UUID

from flask import Flask, g
from flask import session as cookie
from flask_login import current_user
from flask_security import Security
from flask_security.core import RoleMixin, UserMixin
from flask_security.datastore import UserDatastore
from sqlalchemy import select

from audit_app.storage.models import Person
from audit_app.storage.queries.who_is_here import who_is_here
from audit_app.web.clock import now
from audit_app.web.database import session

PASSWORDS: dict[str, Any] = {
    "SECURITY_PASSWORD_HASH": "argon2",
    "SECURITY_PASSWORD_SCHEMES": ["argon2"],
    "SECURITY_DEPRECATED_PASSWORD_SCHEMES": [],
    # Argon2 needs no second hash, and one salted with a key would end with that key.
    "SECURITY_PASSWORD_SINGLE_HASH": ["argon2"],
    "SECURITY_PASSWORD_SALT": "not used by argon2",
}


class Account(Person, UserMixin):  # type: ignore[misc]
    """A person as the sign-in library sees one: the same row, with the library's own questions."""


class Accounts(UserDatastore):
    """Where the sign-in library finds people: in the session of this request."""

    def find_user(self, case_insensitive: bool = False, **by: Any) -> Account | None:
        """Give the account with this one value; addresses are stored in lower case."""
        ((column, value),) = by.items()
        value = value.lower() if case_insensitive else value
        return session().scalar(select(Account).where(getattr(Account, column) == value))

    def put(self, model: Any) -> Any:
        """Keep a changed record; the view commits."""
        session().add(model)
        return model

    def commit(self) -> None:
        """Commit what the library's own views changed."""
        session().commit()


class NoRole(RoleMixin):
    """The library wants to know a class of roles; ours are holdings, and access.py reads them."""


def set_up_accounts(app: Flask) -> None:
    """Let the sign-in library load people from the session cookie, and nothing more.

    Its own pages and commands are not registered, and the token that it would accept in any
    address or header is refused by asking nobody about it.
    """
    app.config.update(
        PASSWORDS,
        SECURITY_CLI_USERS_NAME=None,
        SECURITY_CLI_ROLES_NAME=None,
        SECURITY_DEFAULT_REMEMBER_ME=False,
    )
    security = Security(app, Accounts(Account, NoRole), register_blueprint=False)
    security.login_manager.request_loader(None)
    security.login_manager.user_loader(load_account)
    # Templates are told who is here by navigation.py; an error page must be printed without asking.
    processors = app.template_context_processors[None]
    processors[:] = [one for one in processors if not one.__module__.startswith("flask_login")]


def load_account(uniquifier: str) -> Account | None:
    """Give the person whose cookie this is, while the sign-in that it names still stands."""
    try:
        sign_in_id = UUID(cookie["sign_in"])
    except (KeyError, ValueError):
        return None
    here = who_is_here(session(), Account, sign_in_id=sign_in_id, uniquifier=uniquifier, at=now())
    if here is None:
        return None
    g.holdings = here.holdings
    return cast(Account, here.person)


def account() -> Account | None:
    """Give whoever is signed in on this request."""
    return current_user._get_current_object() if current_user.is_authenticated else None
