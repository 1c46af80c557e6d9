"""Why a question is asked: the reviews it comes from, and the law behind it."""

from typing import NamedTuple

from flask import current_app

from audit_app.core.problems import CannotBeRead
from audit_app.core.questions import Question
from audit_app.services.reading_sources import Origin, law_words, sources, why_asked
from audit_app.web.clock import today


class Reasons(NamedTuple):
    """What the page says under "Why we ask"; nothing is said where nothing is known."""

    origins: list[Origin]
    law: list[str]


def reasons_for(question: Question, kind: str) -> Reasons:
    """Give the reasons for a question in words.

    A file of sources that cannot be read takes the reasons away and nothing else: people must
    still be able to answer.
    """
    if not question.derives_from and not question.law:
        return Reasons([], [])
    try:
        read = sources(current_app.config["AUDIT"].questionnaires)
    except (CannotBeRead, OSError):
        return Reasons([], [])
    return Reasons(why_asked(read, question), law_words(read, question, kind, today()))
