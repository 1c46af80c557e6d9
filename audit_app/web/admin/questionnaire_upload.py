"""Uploading a questionnaire: every problem at its place, a preview, then publishing for good."""

from typing import NamedTuple

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from werkzeug.datastructures import FileStorage

from audit_app.core.differences import differences
from audit_app.core.marked import MOST_BYTES
from audit_app.core.permissions import Permission
from audit_app.core.problems import CannotBeRead, Problem
from audit_app.core.questionnaire import Questionnaire
from audit_app.services.publishing import publish_questionnaire
from audit_app.services.questionnaire_files import FileRead, read_questionnaire_file
from audit_app.storage.models import QuestionnaireVersion
from audit_app.storage.questionnaire_library import VersionIsTaken, load, published, version_called
from audit_app.web.access import current_person, needs
from audit_app.web.admin.library_pages import ChangesPage, changes_page, latest_first
from audit_app.web.admin.questionnaire_pages import questionnaire_page
from audit_app.web.admin.questionnaires import questionnaires, read_sources
from audit_app.web.clock import now, today
from audit_app.web.database import session
from audit_app.web.errors import shows_again
from audit_app.web.uploads import takes_a_file

LONGEST_NAME = 100
OPEN_TOO_LONG = "This page was open too long. Nothing was published: publish it again."
NOT_AS_SHOWN = "What was sent is not what was shown. Nothing was published: look at it again."


class Standing(NamedTuple):
    """How what was uploaded stands to what is published: new, there already, or in its way."""

    known: QuestionnaireVersion | None
    is_same: bool


@questionnaires.get("/upload")
@needs(Permission.MANAGE_QUESTIONNAIRES)
def upload() -> ResponseReturnValue:
    """Ask for a file."""
    return _asked()


@questionnaires.post("/upload")
@needs(Permission.MANAGE_QUESTIONNAIRES)
@takes_a_file(largest=MOST_BYTES)
def read_file() -> ResponseReturnValue:
    """Read a file and show it; nothing is kept. With problems, all of them are told."""
    file = request.files.get("file")
    if not isinstance(file, FileStorage) or not file.filename:
        return _asked(error="Choose a file"), 400
    name = file.filename.replace("\\", "/").rpartition("/")[2][-LONGEST_NAME:]
    content = file.stream.read(MOST_BYTES + 1)
    file.close()
    found = read_questionnaire_file(content, name=name, sources=read_sources())
    if found.questionnaire is None:
        return _asked(problems=found.wrong, name=name), 400
    return _shown(found.questionnaire, found)


@questionnaires.post("/preview")
@needs(Permission.MANAGE_QUESTIONNAIRES)
@takes_a_file(largest=MOST_BYTES)
def preview() -> ResponseReturnValue:
    """Show what was uploaded as another kind of organisation sees it."""
    found = _sent()
    if found.questionnaire is None:
        return _asked(problems=found.wrong), 400
    return _shown(found.questionnaire, found)


@questionnaires.post("/publish")
@needs(Permission.MANAGE_QUESTIONNAIRES)
@takes_a_file(largest=MOST_BYTES)
def publish() -> ResponseReturnValue:
    """Publish what was shown: the same content twice changes nothing, other content is refused."""
    found = _sent()
    if found.questionnaire is None or found.text is None:
        return _asked(problems=found.wrong), 400
    if request.form.get("content_hash") != found.questionnaire.content_hash:
        return _shown(found.questionnaire, found, error=NOT_AS_SHOWN), 400
    try:
        done = publish_questionnaire(session(), found.text, by=current_person(), now=now())
    except CannotBeRead as error:
        return _asked(problems=error.problems), 400
    except VersionIsTaken:
        return _shown(found.questionnaire, found), 409
    content_hash, key = done.version.content_hash, found.questionnaire.key
    withdrawn = ", and is withdrawn" if done.version.withdrawn_at is not None else ""
    session().commit()
    said = "was published before, with the same content" if done.was_known else "is published"
    flash(f"{key} {said}{withdrawn}.", "success")
    return redirect(url_for("questionnaires.questionnaire", content_hash=content_hash))


@shows_again("questionnaires.publish")
@shows_again("questionnaires.preview")
def preview_again() -> ResponseReturnValue:
    """Show what was uploaded once more, where the page was open for too long."""
    found = _sent()
    if found.questionnaire is None:
        return _asked(problems=found.wrong), 400
    return _shown(found.questionnaire, found, error=OPEN_TOO_LONG), 400


def _sent() -> FileRead:
    """Read the text that the preview carries; it is checked again, whatever was shown before."""
    return read_questionnaire_file(request.form.get("text", "").encode(), name="the questionnaire")


def _asked(
    *, problems: list[Problem] | None = None, name: str = "", error: str | None = None
) -> str:
    return render_template(
        "admin/questionnaires/upload.html", problems=problems or [], name=name, error=error
    )


def _shown(questionnaire: Questionnaire, found: FileRead, *, error: str | None = None) -> str:
    page = questionnaire_page(
        questionnaire, request.form.get("kind", ""), sources=read_sources(), on=today()
    )
    earlier, changed = _since(questionnaire)
    return render_template(
        "admin/questionnaires/preview.html",
        page=page,
        text=found.text,
        warnings=found.warnings,
        standing=_standing(questionnaire),
        earlier=earlier,
        changed=changed,
        error=error,
    )


def _standing(questionnaire: Questionnaire) -> Standing:
    known = version_called(session(), questionnaire.name, questionnaire.version)
    is_same = known is not None and known.content_hash == questionnaire.content_hash
    return Standing(known, is_same)


def _since(
    questionnaire: Questionnaire,
) -> tuple[QuestionnaireVersion | None, ChangesPage | None]:
    """Give the latest other version of the same questionnaire, and what changed since."""
    same = [
        one
        for one in published(session())
        if one.name == questionnaire.name and one.version != questionnaire.version
    ]
    if not same:
        return None, None
    earlier = latest_first(same)[0]
    old = load(session(), earlier.content_hash)
    return earlier, changes_page(old, questionnaire, differences(old, questionnaire))
