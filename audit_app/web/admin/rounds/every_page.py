"""All pages about rounds; importing them puts each on the blueprint."""

from audit_app.web.admin.rounds import (
    chasing,
    contact,
    letters,
    monitor,
    on_behalf,
    personal_data,
    planning,
    replacing,
    returns,
    running,
    sample,
)
from audit_app.web.admin.rounds.views import rounds

ROUND_PAGES = (rounds,)
"""The blueprint, with the pages of these modules on it."""

MODULES = (
    planning,
    contact,
    letters,
    running,
    monitor,
    on_behalf,
    returns,
    replacing,
    chasing,
    personal_data,
    sample,
)
