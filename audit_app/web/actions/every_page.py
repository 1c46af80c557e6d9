"""All pages about actions; importing them puts each on the blueprint."""

from audit_app.web.actions import changing, dropping, following, saving_itself, together
from audit_app.web.actions.views import actions

ACTION_PAGES = (actions,)
"""The blueprint, with the pages of these modules on it."""

MODULES = (changing, dropping, following, saving_itself, together)
