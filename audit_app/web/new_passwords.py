"""Choosing a password, wherever that is done: the field, its rules and their words."""

from flask_wtf import FlaskForm
from wtforms import PasswordField
from wtforms.validators import ValidationError

from audit_app.services.passwords import LONGEST, SHORTEST, Fault, fault_of
from audit_app.storage.queries.partnerships import partnerships
from audit_app.web.database import session

SHORTEST_NAME = 5

HINT = f"At least {SHORTEST} characters. Three or four unrelated words are good; you can paste one."

WORDS: dict[Fault, str] = {
    Fault.TOO_SHORT: f"The password must have {SHORTEST} characters or more",
    Fault.TOO_LONG: f"The password must have {LONGEST} characters or fewer",
    Fault.TOO_PLAIN: "The password repeats the same few characters. Choose a less regular one",
    Fault.COMMON: "This password is one of the first that anybody would try. Choose another",
    Fault.ABOUT_YOU: "The password is little more than a name that others know. Choose another",
}


def named_about(*own: str) -> tuple[str, ...]:
    """Give what a stranger would try first for somebody: their own names, and the partnerships'."""
    places = (word for one in partnerships(session()) for word in one.name.split())
    return (*own, *(word for word in places if len(word) >= SHORTEST_NAME))


class NewPasswordForm(FlaskForm):
    """A new password. What the person is called is set by the view, so that it is not taken."""

    password = PasswordField()
    about: tuple[str, ...] = ()

    def validate_password(self, field: PasswordField) -> None:
        """Say what is wrong with the password."""
        fault = fault_of(field.data or "", about=self.about)
        if not field.data:
            raise ValidationError("Enter a password")
        if fault is not None:
            raise ValidationError(WORDS[fault])
