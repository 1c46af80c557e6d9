"""What is said to somebody who has tried too often: how long to wait."""

from datetime import datetime

from audit_app.web.clock import now

TOO_MANY_REQUESTS = 429


def minutes_until(moment: datetime) -> int:
    """Give the minutes until then, never fewer than one."""
    return max(1, -(-int((moment - now()).total_seconds()) // 60))


def retry_after(moment: datetime) -> dict[str, str]:
    """Give the header that tells programs the same."""
    return {"Retry-After": str(60 * minutes_until(moment))}
