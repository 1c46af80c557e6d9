"""Any answers that can be kept, to a questionnaire with one question of every kind."""

from datetime import date
from pathlib import Path
from typing import Any

from hypothesis import strategies as st

from audit_app.core.checking_replies import Context, check
from audit_app.core.questionnaire import Questionnaire
from audit_app.core.reading import read_questionnaire
from audit_app.core.replies import Reply

EVERY_KIND: Questionnaire = read_questionnaire(
    (Path(__file__).parent / "questionnaires" / "one_question_of_every_kind.yaml").read_text(),
    name="in a test",
)
TODAY = date(2026, 9, 1)

WORDS = st.text(
    st.characters(exclude_categories=["Cs", "Cc"], exclude_characters="\ufffe\uffff"),
    min_size=1,
    max_size=60,
) | st.sampled_from(
    ["=1+1", "+44", "-", "@me", "_x0041_", "a\nb", "a\tb", "<b>&amp;", "'quoted", "1e5", "TRUE"]
)
DATES = st.dates(date(1900, 1, 1), TODAY).map(date.isoformat)
SMALL = st.integers(0, 40)

VALUES: dict[str, st.SearchStrategy[Any]] = {
    "1.1": st.sampled_from(["red", "amber", "green"]),
    "1.2": st.sampled_from(["yes", "partly", "no"]),
    "1.3": st.sampled_from(["yes", "no"]),
    "1.4": st.sampled_from(["monthly", "termly", "never", "dont_know"]),
    "1.5": st.just(["none"]) | st.sets(st.sampled_from(["adult", "child"]), min_size=1).map(list),
    "1.6": WORDS,
    "2.1": SMALL | st.just("dont_know"),
    "2.2": st.just({"x": 4, "y": 40}),
    "2.3": st.just({"x": 3}),
    "2.4": st.integers(0, 100),
    "2.5": DATES,
    "3.1": WORDS,
    "3.2": st.fixed_dictionaries(
        {
            row: SMALL.map(lambda number: {"on_roll": number, "helped": 0})
            for row in ("under_2", "aged_2")
        }
    ),
    "3.3": st.lists(
        st.fixed_dictionaries(
            {
                "full_name": WORDS,
                "role": st.sampled_from(["lead", "deputy"]),
                "trained_on": DATES,
            },
            optional={"first_aid": st.sampled_from(["yes", "no"])},
        ),
        min_size=1,
        max_size=3,
    ),
    "3.4": WORDS,
    "3.5": st.tuples(WORDS, WORDS, DATES).map(
        lambda signed: [dict(zip(("name", "role", "date"), signed, strict=True))]
    ),
}


@st.composite
def kept_answers(draw: st.DrawFn) -> dict[str, Reply]:
    """Give replies as they are kept: each has passed the check of its question."""
    kept = {}
    context = Context(EVERY_KIND, "group", TODAY, {"2.2": {"x": 4, "y": 40}})
    for name, values in VALUES.items():
        question = EVERY_KIND.question(name)
        form = draw(st.sampled_from(["left out", "answered", "answered", "answered", "claimed"]))
        if form == "left out" and name != "2.2":
            continue
        comment = draw(st.just("") | WORDS).strip()
        if form == "claimed" and question.not_applicable:
            kept[name] = Reply(None, comment, draw(WORDS).strip() or "None here")
            continue
        value, problems = check(question, draw(values), context)
        if not problems and value is not None:
            needs_review = draw(st.booleans())
            kept[name] = Reply(value, comment, needs_review=needs_review)
    return kept
