"""Pages for when something goes wrong: calm, in words, and with everything that was typed."""

from collections.abc import Callable

from flask import Flask, Response, current_app, g, make_response, redirect, render_template, request
from flask.typing import ResponseReturnValue
from flask_wtf.csrf import CSRFError
from sqlalchemy.exc import InterfaceError, OperationalError
from sqlalchemy.exc import TimeoutError as NoConnectionFree
from werkzeug.exceptions import HTTPException, InternalServerError, RequestEntityTooLarge

from audit_app.web.access import ProofNeeded, SignInNeeded
from audit_app.web.accounts import account
from audit_app.web.own_paths import own_path, prove_address, sign_in_address
from audit_app.web.request_log import log_failure, request_id
from audit_app.web.typed_text import typed_text

PAGES: dict[int, str] = {
    400: "errors/bad_request.html",
    404: "errors/not_found.html",
    405: "errors/not_allowed.html",
    413: "errors/too_large.html",
    500: "errors/broken.html",
    503: "errors/unavailable.html",
}
"""One page for each kind of answer; any other 4xx is told as 400 and any other 5xx as 500."""

RETRY_AFTER = "30"
DRAINED = 16 * 1024 * 1024
"""Bytes of a form too large that are still read, so that the browser gets to see our answer."""

FormPage = Callable[..., ResponseReturnValue]
FORM_PAGES: dict[str, FormPage] = {}
"""By endpoint: how to show a form again with what was typed when its token is no longer good."""

SIGNED_OUT_PAGES: dict[str, FormPage] = {}
"""By endpoint: how to keep what somebody typed who was signed out meanwhile."""


def shows_again(endpoint: str) -> Callable[[FormPage], FormPage]:
    """Name the function that prints an endpoint's form again, filled with `request.form`.

    It is called with the arguments of the address, for a person who is signed in as the endpoint
    asks but whose token is out of date. It must save nothing: the request may not be theirs.
    """

    def keep(page: FormPage) -> FormPage:
        FORM_PAGES[endpoint] = page
        return page

    return keep


def keeps_when_signed_out(endpoint: str) -> Callable[[FormPage], FormPage]:
    """Name the function that keeps what was typed into an endpoint's form by somebody signed out.

    It is called with the arguments of the address. Whose form it is, and that it does not come
    from another site, it must find out by itself: the request has proved nothing.
    """

    def keep(page: FormPage) -> FormPage:
        SIGNED_OUT_PAGES[endpoint] = page
        return page

    return keep


def explain_errors(app: Flask) -> None:
    """Answer every error with a page of ours, and log it without a word of what was typed."""
    app.register_error_handler(CSRFError, form_out_of_date)
    app.register_error_handler(SignInNeeded, signed_out_meanwhile)
    app.register_error_handler(ProofNeeded, proof_needed)
    app.register_error_handler(OperationalError, database_away)
    app.register_error_handler(InterfaceError, database_away)
    app.register_error_handler(NoConnectionFree, database_away)
    app.register_error_handler(HTTPException, refused)
    app.log_exception = lambda exc_info: None  # type: ignore[method-assign]


def refused(error: HTTPException) -> ResponseReturnValue:
    """Answer what werkzeug, a view or the access rules refused, and what is broken."""
    status = error.code or 500
    if status < 400:
        return error.get_response()
    if isinstance(error, RequestEntityTooLarge):
        request.environ["wsgi.input"].read(DRAINED)
        return error_page(413)
    if isinstance(error, InternalServerError) and error.original_exception is not None:
        log_failure(error.original_exception)
    told = status if status in PAGES else (400 if status < 500 else 500)
    response = error_page(told, status=status)
    if status == 405:
        response.headers["Allow"] = dict(error.get_headers()).get("Allow", "GET")
    return response


def database_away(error: Exception) -> ResponseReturnValue:
    """Say that nothing was saved and give back what was typed: the database or disk is away."""
    log_failure(error)
    response = error_page(503)
    response.headers["Retry-After"] = RETRY_AFTER
    return response


def form_out_of_date(_error: CSRFError) -> ResponseReturnValue:
    """Answer a form whose token is missing or no longer good."""
    page = FORM_PAGES.get(request.endpoint or "")
    if page is not None:
        try:
            return page(**(request.view_args or {}))
        except HTTPException as error:
            return refused(error)
    return make_response(
        render_template(
            "errors/out_of_date.html",
            typed=typed_text(),
            back=own_path(request.path) if _can_be_opened() else "/",
            signed_in=account() is not None,
        ),
        400,
    )


def signed_out_meanwhile(_error: SignInNeeded) -> ResponseReturnValue:
    """Ask somebody whose session has ended to sign in; what they had typed stays on the page."""
    page = SIGNED_OUT_PAGES.get(request.endpoint or "")
    if page is not None:
        return page(**(request.view_args or {}))
    sign_in = sign_in_address(next_path=request.path if _can_be_opened() else "/")
    typed, had_files = typed_text(), request.mimetype == "multipart/form-data"
    if had_files:
        request.environ["wsgi.input"].read(DRAINED)
    elif not typed:
        return redirect(sign_in)
    words = render_template(
        "errors/signed_out.html", typed=typed, sign_in=sign_in, had_files=had_files
    )
    return make_response(words, 403)


def proof_needed(_error: ProofNeeded) -> ResponseReturnValue:
    """Ask who they are once more before something that cannot be taken back; keep the words."""
    prove = prove_address(next_path=request.path if _can_be_opened() else "/")
    page = render_template("errors/proof_needed.html", typed=typed_text(), prove=prove)
    return make_response(page, 403)


def error_page(told: int, *, status: int | None = None) -> Response:
    """Print one of PAGES. Where our own side is broken, without asking the database again."""
    g.without_database = g.get("without_database", False) or told >= 500
    page = render_template(
        PAGES[told],
        reference=request_id(),
        typed=typed_text() if told >= 500 or told == 404 else (),
    )
    return make_response(page, status or told)


def _can_be_opened() -> bool:
    adapter = current_app.create_url_adapter(request)
    return adapter is not None and adapter.test(request.path, "GET")
