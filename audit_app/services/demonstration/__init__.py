"""The demonstration: an invented county, its settings and agencies, and two years of audits."""

from audit_app.services.demonstration.accounts import Account, accounts
from audit_app.services.demonstration.load_test import load_test
from audit_app.services.demonstration.loading import is_loaded, load_demonstration

__all__ = ["Account", "accounts", "is_loaded", "load_demonstration", "load_test"]
