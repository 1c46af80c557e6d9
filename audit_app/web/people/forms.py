"""The forms with which people are invited."""

from flask_wtf import FlaskForm
from wtforms import HiddenField, RadioField, StringField
from wtforms.validators import InputRequired

from audit_app.core.permissions import Role
from audit_app.web.typed_names import a_name, an_address, one_line


class InviteForm(FlaskForm):
    """Who is invited, as what, and where. The places on offer are the inviter's own."""

    email = StringField(
        filters=[one_line], validators=[InputRequired("Enter their email address"), an_address]
    )
    name = StringField(filters=[one_line], validators=[a_name])
    role = RadioField(
        choices=[role.value for role in Role],
        validators=[InputRequired("Choose what they will do")],
    )
    search = StringField(filters=[one_line])
    place = HiddenField()
