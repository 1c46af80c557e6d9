"""The forms at the door."""

from flask_wtf import FlaskForm
from wtforms import HiddenField, RadioField, StringField
from wtforms.validators import InputRequired

from audit_app.web.new_passwords import NewPasswordForm
from audit_app.web.typed_names import a_name, an_address, one_line

BY_PASSWORD, BY_CODE = "password", "code"


class AcceptForm(NewPasswordForm):
    """Who is invited says their name, and how they will sign in."""

    name = StringField(filters=[one_line], validators=[InputRequired("Enter your name"), a_name])
    way = RadioField(
        choices=[BY_PASSWORD, BY_CODE],
        validators=[InputRequired("Choose how you will sign in")],
    )

    def validate_password(self, field: object) -> None:
        """Look at the password only where one was wanted."""
        if self.way.data == BY_PASSWORD:
            super().validate_password(self.password)


class EmailForm(FlaskForm):
    """An address to which something is sent."""

    email = StringField(
        filters=[one_line], validators=[InputRequired("Enter your email address"), an_address]
    )
    next = HiddenField()


class CodeForm(FlaskForm):
    """A code that was sent or is shown by an app."""

    code = StringField(filters=[one_line], validators=[InputRequired("Enter the code")])
