"""Completing a return: the journey of the people who answer."""

from audit_app.web.returns import (
    blank_views as blank_views,
)
from audit_app.web.returns import (
    brought_forward_views as brought_forward_views,
)
from audit_app.web.returns import (
    confirmation_views as confirmation_views,
)
from audit_app.web.returns import (
    consultation_views as consultation_views,
)
from audit_app.web.returns import (
    evidence_changes as evidence_changes,
)
from audit_app.web.returns import (
    evidence_items as evidence_items,
)
from audit_app.web.returns import (
    evidence_using as evidence_using,
)
from audit_app.web.returns import (
    evidence_views as evidence_views,
)
from audit_app.web.returns import (
    giving_views as giving_views,
)
from audit_app.web.returns import (
    insight_views as insight_views,
)
from audit_app.web.returns import (
    plan_views as plan_views,
)
from audit_app.web.returns import (
    question_views as question_views,
)
from audit_app.web.returns import (
    reading_views as reading_views,
)
from audit_app.web.returns import (
    signing_views as signing_views,
)
from audit_app.web.returns import (
    spreadsheet_views as spreadsheet_views,
)
from audit_app.web.returns import (
    submitting_views as submitting_views,
)
from audit_app.web.returns import (
    together_views as together_views,
)
from audit_app.web.returns import (
    version_views as version_views,
)
from audit_app.web.returns import (
    withdrawing_views as withdrawing_views,
)
