"""What this installation decided for itself, for whichever page asks."""

from typing import cast

from flask import current_app

from audit_app.config import Config


def config() -> Config:
    """Give what the environment said when the service started."""
    return cast(Config, current_app.config["AUDIT"])
