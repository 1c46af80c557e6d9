"""The forms of one's own account."""

from flask_wtf import FlaskForm
from wtforms import HiddenField, PasswordField, StringField
from wtforms.validators import InputRequired, Length

from audit_app.web.typed_names import an_address, one_line


class ProveForm(FlaskForm):
    """A password or a code, to say once more who is here."""

    password = PasswordField()
    code = StringField(filters=[one_line])
    next = HiddenField()


class NewEmailForm(FlaskForm):
    """The address to which an account shall move."""

    email = StringField(
        filters=[one_line], validators=[InputRequired("Enter your new email address"), an_address]
    )


class AppForm(FlaskForm):
    """The first code that an app shows, with the secret that it was given, sealed."""

    code = StringField(
        filters=[one_line], validators=[InputRequired("Enter the code that the app shows")]
    )
    secret_credential = HiddenField(validators=[InputRequired()])


class PasskeyForm(FlaskForm):
    """A new passkey: what the browser answered, and what its owner calls it."""

    name = StringField(
        filters=[one_line],
        validators=[
            InputRequired("Enter a name for this passkey"),
            Length(max=60, message="The name must have 60 characters or fewer"),
        ],
    )
    credential = HiddenField(
        validators=[InputRequired("The browser made no passkey. Try again"), Length(max=20_000)]
    )
