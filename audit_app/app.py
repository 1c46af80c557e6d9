"""The service put together: what every request meets first, then the pages, then the commands."""

import os

from flask import Flask
from flask_wtf import CSRFProtect
from jinja2 import StrictUndefined
from sqlalchemy.exc import ArgumentError
from werkzeug.middleware.proxy_fix import ProxyFix

from audit_app.cli.care import backup_command, integrity_command, restore_command
from audit_app.cli.counts import count_commands
from audit_app.cli.cycles import cycle_commands
from audit_app.cli.databases import database_commands
from audit_app.cli.demonstrations import demo_commands
from audit_app.cli.histories import history_commands
from audit_app.cli.jobs import job_commands
from audit_app.cli.messages import message_commands
from audit_app.cli.organisations import organisation_commands
from audit_app.cli.partnerships import partnership_commands
from audit_app.cli.people import people_commands
from audit_app.cli.questionnaires import questionnaires_commands
from audit_app.cli.reports import report_commands
from audit_app.cli.scoring import score_command
from audit_app.cli.serving import serve_command
from audit_app.config import Config, ConfigIsWrong, read_config
from audit_app.core.evidence.limits import Limits
from audit_app.core.on_behalf import entered_mark, entered_words
from audit_app.core.section_names import numbered, section_called
from audit_app.services.receiving_files import Keeping
from audit_app.storage.engine import DatabaseNotSupported
from audit_app.storage.opening_store import NoBucketLibrary, open_store
from audit_app.storage.virus_scanner import Scanner
from audit_app.web.access import guard, refuse_unmarked_endpoints
from audit_app.web.account.views import account
from audit_app.web.accounts import set_up_accounts
from audit_app.web.actions.every_page import ACTION_PAGES
from audit_app.web.admin.library import questionnaires
from audit_app.web.admin.messages import messages
from audit_app.web.admin.organising import ORGANISATION_PAGES
from audit_app.web.admin.rounds.every_page import ROUND_PAGES
from audit_app.web.assets import serve_assets
from audit_app.web.board.views import board
from audit_app.web.database import connect
from audit_app.web.dates import coming_day, evidence_words, long_date, long_time, past_day
from audit_app.web.door.views import door
from audit_app.web.entering import entering_now
from audit_app.web.errors import explain_errors
from audit_app.web.groups.views import groups
from audit_app.web.guarding import marks_to_keep, pressed
from audit_app.web.headers import headers_for_all, set_headers
from audit_app.web.history.views import history
from audit_app.web.moderation.views import moderation
from audit_app.web.navigation import show_the_way
from audit_app.web.people.views import people
from audit_app.web.request_log import log_requests
from audit_app.web.returns.views import returns
from audit_app.web.reviews.views import reviews
from audit_app.web.session_limits import limit_sessions
from audit_app.web.start.views import start
from audit_app.web.uploads import allow_uploads

PAGES = (
    start,
    door,
    account,
    people,
    history,
    returns,
    groups,
    *ACTION_PAGES,
    board,
    moderation,
    reviews,
    questionnaires,
    *ORGANISATION_PAGES,
    *ROUND_PAGES,
    messages,
)
"""The journeys, one blueprint each."""

COMMANDS = (
    serve_command,
    backup_command,
    restore_command,
    integrity_command,
    count_commands,
    cycle_commands,
    database_commands,
    demo_commands,
    history_commands,
    job_commands,
    message_commands,
    organisation_commands,
    partnership_commands,
    people_commands,
    questionnaires_commands,
    report_commands,
    score_command,
)
"""What can be typed after `flask --app wsgi`."""

LARGEST_FORM = 1024 * 1024
"""Bytes: a table of long answers in any script, and not much more."""

MOST_FIELDS = 2000


def create_app(config: Config | None = None) -> Flask:
    """Make the app. Nothing is opened yet: the database is first asked by the first request."""
    config = config or read_config(os.environ)
    app = Flask(__name__, static_folder=None, template_folder="web/templates")
    app.config.from_mapping(_flask_words(config), AUDIT=config)
    _prepare_templates(app)
    try:
        connect(app, config.database_url)
    except (DatabaseNotSupported, ArgumentError):
        raise ConfigIsWrong(
            "AUDIT_DATABASE_URL must name a SQLite file (sqlite:////path/audit.db) or "
            "PostgreSQL (postgresql://person@host/name)."
        ) from None
    app.extensions["audit_evidence"] = _keeping(config)
    # In the order in which a request meets them.
    log_requests(app, level=config.log_level)
    set_headers(app, tls=config.is_behind_tls)
    limit_sessions(app, idle=config.idle_limit, absolute=config.absolute_limit)
    guard(app)
    allow_uploads(app)
    CSRFProtect(app)
    set_up_accounts(app)
    show_the_way(app)
    explain_errors(app)
    for pages in PAGES:
        app.register_blueprint(pages)
    for command in COMMANDS:
        app.cli.add_command(command)
    refuse_unmarked_endpoints(app)
    serve_assets(app, headers=headers_for_all(tls=config.is_behind_tls))
    if config.proxies:
        number = config.proxies
        app.wsgi_app = ProxyFix(  # type: ignore[method-assign]
            app.wsgi_app, x_for=number, x_proto=number, x_host=number
        )
    return app


def _keeping(config: Config) -> Keeping:
    """Say where evidence is kept, who scans it, and how much there may be."""
    told = config.evidence
    try:
        store = open_store(told, data=config.data)
    except NoBucketLibrary as missing:
        raise ConfigIsWrong(str(missing)) from None
    limits = Limits(told.largest_file, told.most_of_return, told.most_of_organisation)
    return Keeping(store, Scanner(told.clamav) if told.clamav else None, limits)


def _flask_words(config: Config) -> dict[str, object]:
    """Say the config in the words of Flask and its extensions."""
    tls = config.is_behind_tls
    return {
        "SECRET_KEY": config.secret_keys[0],
        "SECRET_KEY_FALLBACKS": list(config.secret_keys[1:]),
        # The last of this list signs, and all of them are accepted.
        "WTF_CSRF_SECRET_KEY": list(reversed(config.secret_keys)),
        "WTF_CSRF_TIME_LIMIT": None,  # a token lasts as long as the session it belongs to
        "TRUSTED_HOSTS": list(config.trusted_hosts),
        "MAX_CONTENT_LENGTH": LARGEST_FORM,
        "MAX_FORM_MEMORY_SIZE": LARGEST_FORM,
        "MAX_FORM_PARTS": MOST_FIELDS,
        "SESSION_COOKIE_NAME": "__Host-audit" if tls else "audit",
        "SESSION_COOKIE_SECURE": tls,
        "SESSION_COOKIE_HTTPONLY": True,
        "SESSION_COOKIE_SAMESITE": "Lax",
        "SESSION_COOKIE_PATH": "/",
        "TEMPLATES_AUTO_RELOAD": False,
    }


def _prepare_templates(app: Flask) -> None:
    app.jinja_env.undefined = StrictUndefined
    app.jinja_env.globals.update(
        long_date=long_date,
        long_time=long_time,
        past_day=past_day,
        coming_day=coming_day,
        marks_to_keep=marks_to_keep,
        pressed=pressed,
        evidence_words=evidence_words,
        entering_now=entering_now,
        entered_mark=entered_mark,
        entered_words=entered_words,
        numbered=numbered,
        section_called=section_called,
    )
