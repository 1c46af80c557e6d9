"""People: who may come in, who was invited, who has left, and who has not been seen for long."""

from audit_app.web.people import (
    invitation_views as invitation_views,
)
from audit_app.web.people import (
    leaving_views as leaving_views,
)
