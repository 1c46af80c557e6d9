"""Every fact of the five reviews is there, leads to a question, and is told truly."""

import re

from tests.core.shipped import FILES, shipped, sources

FACTS = """
case-ae.msg 1 2 3 4 5
case-ae.principle 1 2 3 4 5
case-ae.finding 1a 1b 2a 2b 3 3.1 3.2 3.3 3.4 4a 4b 5a 5b 5c
case-ae.rec 1 2 3 4 5 6 7 8 9 10 11 12 13 14
case-ae.resp 1 2 3 4 5 6 7 8 9
case-ae.act 1 2 3 4 5 6
case-ai.ctx 1 2 3 4 5 6 7
case-ai.tor 1 2 3 4 5 6
case-ai.learn 1 2 3 4 5
case-ai.rec 1 2 3 4 5
case-ai.resp 1 2 3 4 5 6 7 8
case-ai.act 1 2 3 4 5 6
case-l.learn 1 2 3 4
case-l.finding 1 2 3 4 5 6 7 8
case-l.resp 0.1 0.2 0.3 1.1 1.2 1.3 2.0 2.1 2.2 3.1 3.2 3.3 4.1 4.2 5.0 5.1 5.2
case-l.resp 6.0 6.1 6.2 6.3 7.0 7.1 7.2 7.3 8.1 8.2
case-l.act 1 2 3 4
newsletter.one.learn 1 2 3 4
newsletter.one.rec 1 2 3 4 5 6 7
newsletter.two.learn 1 2 3
newsletter.two.rec 1 2
newsletter.three.learn 0 1 2 3 4 5 6 7 8 9 10 11
newsletter.three.good 1 2 3 4 5
newsletter.three.rec 1 2 3 4
case-s.ctx 1 2 3 4 5 6 7 8 9
case-s.finding 1.1 1.2 1.3 2.1 2.2 2.3 2.4 3.1 3.2 3.3 3.4 3.5 3.6 3.7 3.8 3.9 3.10
case-s.finding 4.1 4.2 4.3 4.4 4.5 4.6 4.7 4.8 4.9
case-s.rec 1 2 3
case-s.learn 1 2 3 4
case-s.resp 1 2 3 4 5 6 7
case-s.frame 1 2 3 4
"""
"""The ids of the list that was drawn up from the published texts."""

NO_QUESTION: dict[str, str] = {
    "tells how the review saw its own work": """
        case-ae.principle-1 case-ae.principle-2 case-ae.principle-3 case-ae.principle-4
        case-l.resp-0.1 case-s.learn-1 case-s.learn-4 newsletter.three.learn-0""",
    "explains one of the four themes": "case-s.frame-1 case-s.frame-2 case-s.frame-3",
    "tells what happened, where another fact says what to learn from it": """
        case-ai.ctx-2 case-ai.ctx-3 case-ai.ctx-5 case-ai.ctx-6 case-ai.ctx-7 case-s.ctx-1""",
    "is a matter for a team to talk over, not to be rated": """
        case-ae.act-1 case-ae.act-2 case-ai.act-4 case-l.act-1 case-l.act-2 case-l.act-3""",
    "went well, or was found to be in order": """
        case-s.finding-1.2 case-s.finding-2.3 case-s.finding-2.4
        newsletter.three.good-3 newsletter.three.good-4 newsletter.three.good-5""",
    "is a promise or task of the partnership itself": """
        case-ai.resp-1 case-ai.tor-6 case-s.resp-1""",
    "is asked through the recommendations that rest on it": """
        case-ae.finding-3 case-ae.finding-3.1 case-ae.finding-3.2 case-ae.finding-3.3
        case-ae.finding-3.4 case-ae.finding-4a""",
    "is about one family, or one profession that no audit asks by itself": """
        case-s.finding-2.2 case-s.finding-3.1 case-s.finding-3.2 case-s.finding-3.4
        case-s.finding-3.6 case-s.finding-3.9 case-s.learn-2 newsletter.one.learn-3
        newsletter.two.learn-2 newsletter.two.learn-3 newsletter.three.learn-11""",
    "is not asked yet: for the partnership to decide when it agrees the next version": """
        case-ae.msg-2 case-ae.msg-3 case-ae.msg-4 case-ai.learn-5 case-ai.tor-2
        case-s.finding-3.7 case-s.finding-3.8 case-s.learn-3
        newsletter.three.learn-2 newsletter.three.learn-7 newsletter.three.learn-9
        newsletter.three.learn-10""",
}
"""Facts that no question names, and why."""


def listed() -> list[str]:
    rows = [row.split() for row in FACTS.split("\n") if row]
    return [f"{row[0]}-{number}" for row in rows for number in row[1:]]


def named_by_questions() -> set[str]:
    return {
        name
        for key in FILES
        for placed in shipped(key).placed.values()
        for name in placed.question.derives_from
    }


def test_the_reviews_hold_the_facts_of_the_list_and_no_others() -> None:
    assert len(listed()) == len(set(listed())) == 207 + 16
    assert set(sources().facts) == set(listed())


def test_every_fact_leads_to_a_question_or_says_why_not() -> None:
    left = [name for names in NO_QUESTION.values() for name in names.split()]
    assert len(left) == len(set(left))
    assert set(left) == set(sources().facts) - named_by_questions()


def test_what_the_reviews_ask_for_is_never_among_those_without_a_question() -> None:
    left = {name for names in NO_QUESTION.values() for name in names.split()}
    assert not left & {fact.id for review in sources().reviews for fact in review.to_be_assured}


def test_what_is_critical_in_a_response_leads_to_a_question() -> None:
    critical = {name for name, fact in sources().facts.items() if getattr(fact, "critical", False)}
    assert critical == {f"case-ai.resp-{number}" for number in (5, 6, 7, 8)} | {"case-s.resp-3"}
    assert critical <= named_by_questions()


def test_the_figures_and_days_of_the_reviews_are_those_of_the_papers() -> None:
    """Each checked by hand against the published text."""
    for name, pattern in {
        "case-ai.ctx-4": "January and July .* 19 pre-setting forms",
        "case-ai.ctx-5": "one day before a sibling was born",
        "case-ai.ctx-7": "about a quarter of the body",
        "case-ae.resp-8": "within four weeks of publication",
        "case-ae.resp-9": "within twelve months",
        "case-l.learn-1": "two of the children .* more than a year",
        "case-l.resp-1.2": "April 2014",
        "case-l.resp-3.1": "one of the three priorities .* 2013-14",
        "newsletter.one.rec-4": "children under two",
        "newsletter.three.good-1": "from 2012",
        "case-s.ctx-1": "pregnant at 15",
        "case-s.ctx-6": "Christmas Eve 2014",
        "case-s.ctx-7": "February and July 2015 .* four incidents",
        "case-s.ctx-8": "April 2015",
        "case-s.ctx-9": "July 2015",
        "case-s.resp-4": "2016-17",
    }.items():
        assert re.search(pattern, sources().facts[name].text), name


OUR_OWN = "this partnership's own standard"


def test_a_time_limit_that_no_law_was_read_for_is_called_the_partnerships_own() -> None:
    for key in ("early-years-audit/2025", "early-years-audit/2026"):
        for question_id in ("4.5", "11.3"):
            question = shipped(key).question(question_id)
            # A nursery class follows the guidance of its school as well.
            hints = [question.hint]
            hints += [
                words for kind, words in question.hint_for.items() if kind != "school_nursery"
            ]
            assert all(OUR_OWN in (hint or "") for hint in hints), (key, question_id)


def test_no_question_says_what_a_review_left_open() -> None:
    """The papers do not say what was done with the 19 forms, nor who advised what on the call."""
    for key in FILES:
        told = [area.why for area in shipped(key).priority_areas]
        told += [indicator.why for indicator in shipped(key).indicators]
        told += [placed.question.guidance for placed in shipped(key).placed.values()]
        for words in told:
            assert "changed nothing" not in (words or ""), key
            assert "was told to go on" not in (words or ""), key
