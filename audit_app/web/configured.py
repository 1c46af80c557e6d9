"""What this installation decided for itself, for whichever page asks."""

from typing import cast

from flask import current_app

from audit_app.config import Config
from audit_app.services.receiving_files import Keeping


def config() -> Config:
    """Give what the environment said when the service started."""
    return cast(Config, current_app.config["AUDIT"])


def keeping() -> Keeping:
    """Give where evidence is kept, who scans it, and how much there may be."""
    return cast(Keeping, current_app.extensions["audit_evidence"])
