"""Codes for machines, as ids of questions, which no page or paper shows to those who answer."""

import re
from collections.abc import Callable
from io import BytesIO

import pikepdf
import pytest

from tests.reporting.pdf_reading import all_words
from tests.web.pages import send, title_of, words_of
from tests.web.returns.desk import Desk

TEXT = """
format: 1
name: coded
version: "1"
title: Coded
reference: COD
purpose: To show what is asked under a code.
asked_of: [group]
sections:
  - id: case-ae.rec-4
    title: Case AE, recommendation 4
    questions:
      - {id: case-ae.rec-4.status, kind: yes_no, text: Was it done?}
      - id: case-ae.rec-4.help
        kind: yes_no
        text: Do you need help?
        when: {question: case-ae.rec-4.status, is: "no"}
      - {id: case-ae.rec-4.told, kind: yes_no, text: Were people told?}
"""
CODE = re.compile(r"case-ae\.rec-4\.\w+")


@pytest.fixture
def coded(desk_for: Callable[[str], Desk]) -> Desk:
    """Let a lead sit before a return whose questions have codes for ids."""
    return desk_for(TEXT)


def test_pages_give_each_question_its_number_within_its_section(coded: Desk):
    assert "1 Was it done?" in title_of(coded.question("case-ae.rec-4.status"))
    assert coded.save("case-ae.rec-4.status", answer="no").status_code == 303
    assert "2 Do you need help?" in words_of(coded.question("case-ae.rec-4.help"))
    for page in ("", "/sections/case-ae.rec-4", "/check", "/read", "/submit"):
        shown = coded.open(page)
        assert shown.status_code == 200
        assert not CODE.findall(words_of(shown)), page
        assert not CODE.findall(title_of(shown)), page
    for name in ("help", "told"):
        coded.save(f"case-ae.rec-4.{name}", answer="yes")
    send(coded.browser, coded.address("/submit"), {"declare": "y"})
    assert "3 Were people told?" in words_of(coded.open("/read"))
    for page in ("/submitted", "/read", "/versions/1"):
        assert not CODE.findall(words_of(coded.open(page))), page


def test_paper_shows_no_code_either(coded: Desk):
    for name in ("status", "told"):
        coded.save(f"case-ae.rec-4.{name}", answer="yes")
    send(coded.browser, coded.address("/submit"), {"declare": "y"})
    for page in ("/report.pdf", "/blank.pdf"):
        shown = coded.open(page)
        assert shown.status_code == 200, page
        words = all_words(pikepdf.open(BytesIO(shown.data)))
        assert "Were people told?" in words
        assert not CODE.findall(words), page
