"""The reviews behind the questions, for everybody who answers, checks or reads them."""

from flask import Blueprint, abort, current_app, render_template
from flask.typing import ResponseReturnValue

from audit_app.core.permissions import Permission
from audit_app.core.sources import Sources
from audit_app.services.reading_sources import AskedThere, asked_because_of, sources
from audit_app.storage.questionnaire_library import load, published
from audit_app.web.access import needs
from audit_app.web.database import session
from audit_app.web.reviews.pages import review_entry, review_page

reviews = Blueprint("reviews", __name__, url_prefix="/reviews")


@reviews.get("/")
@needs(Permission.READ_REVIEWS)
def all_reviews() -> ResponseReturnValue:
    """Show the reviews, and how many questions come from each."""
    thread = golden_thread()
    entries = [review_entry(review, thread) for review in read().reviews]
    return render_template("reviews/all_reviews.html", entries=entries)


@reviews.get("/<review_id>")
@needs(Permission.READ_REVIEWS)
def review(review_id: str) -> ResponseReturnValue:
    """Show one review: what was found, asked for, answered, and what is asked because of it."""
    found = next((one for one in read().reviews if one.id == review_id), None)
    if found is None:
        abort(404)
    page = review_page(found, read(), golden_thread())
    return render_template("reviews/review.html", page=page)


def read() -> Sources:
    """Give the reviews of this installation."""
    return sources(current_app.config["AUDIT"].questionnaires)


def golden_thread() -> dict[str, list[AskedThere]]:
    """Give the questions that derive from each fact, in the version of each that is asked now."""
    # Two versions may have been published in one go: of these the later by its own name counts.
    versions = sorted(published(session()), key=lambda one: (one.published_at, one.version))
    latest = {one.name: one.content_hash for one in versions if one.withdrawn_at is None}
    return asked_because_of(load(session(), latest[name]) for name in sorted(latest))
