"""What moderators look after: the returns that came in, and those still to come."""

from audit_app.web.moderation import (
    changes_views as changes_views,
)
