"""One's own account: how one signs in, where one is signed in, and proving who one is."""

from audit_app.web.account import (
    app_views as app_views,
)
from audit_app.web.account import (
    email_views as email_views,
)
from audit_app.web.account import (
    passkey_views as passkey_views,
)
from audit_app.web.account import (
    proving_views as proving_views,
)
from audit_app.web.account import (
    staying_views as staying_views,
)
