"""How hard the property tests of the rules try."""

import os

from hypothesis import HealthCheck, settings

settings.register_profile(
    "rules",
    max_examples=60,
    deadline=None,
    # Wherever changes are checked for everybody, the same examples are tried each time.
    derandomize="CI" in os.environ,
    suppress_health_check=[HealthCheck.too_slow],
)
settings.load_profile("rules")
