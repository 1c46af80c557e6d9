"""The door: every way in besides the password, and what to do when a way is closed."""

from audit_app.web.door import (
    code_views as code_views,
)
from audit_app.web.door import (
    invitation_views as invitation_views,
)
from audit_app.web.door import (
    passkey_views as passkey_views,
)
from audit_app.web.door import (
    reset_views as reset_views,
)
from audit_app.web.door import (
    second_step_views as second_step_views,
)
from audit_app.web.door import (
    single_sign_on_views as single_sign_on_views,
)
