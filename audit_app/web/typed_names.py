"""Names and addresses of people as they are typed into a form."""

from email_validator import EmailNotValidError, validate_email
from wtforms import Field
from wtforms.validators import ValidationError

LONGEST_NAME = 100
LONGEST_EMAIL = 254


def one_line(text: str | None) -> str:
    """Give what was typed without control characters, line breaks and spaces around it."""
    return " ".join("".join(sign if sign.isprintable() else " " for sign in text or "").split())


def a_name(_form: object, field: Field) -> None:
    """Refuse what cannot be somebody's name; a name goes into mail, so no link hides in it."""
    name = field.data or ""
    if len(name) > LONGEST_NAME:
        raise ValidationError(f"The name must have {LONGEST_NAME} characters or fewer")
    if "://" in name or "www." in name.lower() or "@" in name:
        raise ValidationError("Enter a name, without an address in it")


def an_address(_form: object, field: Field) -> None:
    """Refuse what cannot be an address; whether anybody reads it, only a message can tell."""
    if len(field.data or "") > LONGEST_EMAIL:
        raise ValidationError("The email address is too long")
    try:
        validate_email(field.data or "", check_deliverability=False, test_environment=True)
    except EmailNotValidError:
        raise ValidationError("Enter an email address such as name@example.org") from None
