"""Every kind of question has a reader, fields, a place for its errors, and a template."""

from typing import get_args

import pytest

from audit_app.core.questions import Question
from audit_app.web.returns.fields import FIELDS
from audit_app.web.returns.forms import READERS
from audit_app.web.returns.typed import SHOWN
from tests.web.returns.desk import COMPLETE, Desk
from tests.web.specimens import TEMPLATES

KINDS = {
    get_args(model.model_fields["kind"].annotation)[0] for model in get_args(get_args(Question)[0])
}
KINDS_FOLDER = TEMPLATES / "returns" / "kinds"


def test_there_are_thirteen_kinds():
    assert len(KINDS) == 13


@pytest.mark.parametrize("kind", sorted(KINDS))
def test_a_kind_has_all_that_its_page_needs(kind: str):
    assert kind in READERS
    assert kind in SHOWN
    assert kind in FIELDS
    assert (KINDS_FOLDER / f"{kind}.html").is_file()


def test_nothing_is_kept_for_kinds_that_there_are_not():
    assert set(READERS) == set(SHOWN) == set(FIELDS) == KINDS


QUESTIONS = [*COMPLETE, "3.1"]


@pytest.mark.parametrize("question_id", QUESTIONS)
def test_the_page_of_a_kind_has_one_heading_and_a_label_for_every_field(
    desk: Desk, question_id: str
):
    page = desk.question(question_id).text
    assert page.count("<h1") == 1
    ids = [part.split('"')[0] for part in page.split(' id="')[1:]]
    assert len(ids) == len(set(ids))
    labelled = {part.split('"')[0] for part in page.split(' for="')[1:]}
    fields = [tag for tag in ("input", "select", "textarea") if f"<{tag} " in page]
    for tag in fields:
        for part in page.split(f"<{tag} ")[1:]:
            attributes = part.split(">")[0]
            if 'type="hidden"' not in attributes:
                assert attributes.split('id="')[1].split('"')[0] in labelled
