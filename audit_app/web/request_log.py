"""One line of log for each request: which page, how it ended, and never what was typed."""

import secrets
import sys
import time
import traceback
from pathlib import Path

import structlog
from flask import Flask, Response, g, has_request_context, request

LOG = structlog.get_logger()
PROGRAM = Path(__file__).resolve().parents[2]


def log_requests(app: Flask, *, level: str) -> None:
    """Write JSON lines to the error output, each with the reference that error pages show."""
    structlog.configure(
        processors=[
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            structlog.processors.JSONRenderer(ensure_ascii=False),
        ],
        wrapper_class=structlog.make_filtering_bound_logger(level),
        logger_factory=lambda *_: structlog.PrintLogger(sys.stderr),
        cache_logger_on_first_use=False,
    )
    app.before_request(_begin)
    app.after_request(_end)


def request_id() -> str:
    """Give this request's reference, short enough to be read out on the telephone."""
    if "request_id" not in g:
        g.request_id = secrets.token_hex(4)
    return str(g.request_id)


def log_failure(error: BaseException) -> None:
    """Log what broke and where. The message is left out: it may hold an answer or an address."""
    cause = getattr(error, "orig", None) or error
    LOG.error(
        "request_failed",
        request=request_id() if has_request_context() else None,
        endpoint=request.endpoint if has_request_context() else None,
        error=type(error).__name__,
        cause=type(cause).__name__,
        code=getattr(cause, "sqlite_errorname", None) or getattr(cause, "sqlstate", None),
        where=[
            f"{_shortened(frame.filename)}:{frame.lineno} {frame.name}"
            for frame in traceback.extract_tb(error.__traceback__)[-8:]
        ],
    )


def _begin() -> None:
    g.begun = time.perf_counter()


def _end(response: Response) -> Response:
    begun = g.get("begun")
    LOG.info(
        "request",
        request=request_id(),
        method=request.method,
        endpoint=request.endpoint,
        status=response.status_code,
        milliseconds=None if begun is None else round((time.perf_counter() - begun) * 1000, 1),
    )
    return response


def _shortened(path: str) -> str:
    place = Path(path)
    return str(place.relative_to(PROGRAM)) if place.is_relative_to(PROGRAM) else place.name
