"""The form with which people sign in."""

from flask_wtf import FlaskForm
from wtforms import HiddenField, PasswordField, StringField
from wtforms.validators import InputRequired


def without_nul(text: str | None) -> str:
    """Take out the one character that PostgreSQL cannot keep."""
    return (text or "").replace("\x00", "")


class SignInForm(FlaskForm):
    """An address and a password. What is wrong with them is said in general, never which."""

    email = StringField(
        filters=[without_nul, str.strip], validators=[InputRequired("Enter your email address")]
    )
    password = PasswordField(validators=[InputRequired("Enter your password")])
    next = HiddenField()
