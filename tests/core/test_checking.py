"""What must be true of a questionnaire beyond the shape of its fields."""

import pytest

from audit_app.core.reading import check_questionnaire
from tests.core.test_reading import problems_in, with_first, with_second, with_top

DESCRIBED = ["descriptors:", "  red: It is not.", "  amber: It half is.", "  green: It is."]
TWO_OPTIONS = "options: [{value: a, label: A}, {value: b, label: B}]"
RELATED = ["x_label: Sent", "y_label: Due"]


def choice(first: str, second: str) -> str:
    options = f"options: [{{value: a, label: A, {first}}}, {{value: b, label: B, {second}}}]"
    return with_first(options, kind="choice")


def ticked(green: str, amber: str = "{at_least: 1}") -> str:
    return with_first(TWO_OPTIONS, f"levels: {{green: {green}, amber: {amber}}}", kind="choices")


def table(*columns: str, rows: str = "repeating: {item: person}") -> str:
    return with_first(f"columns: [{', '.join(columns)}]", rows, kind="table")


def when(comparison: str, *more: str, kind: str = "yes_no") -> str:
    text = with_first(*more, kind=kind)
    return text.replace("Was it?", f'Was it?\n        when: {{question: "1.1", {comparison}}}')


CONDITIONS = {
    "a later question": (
        with_first('when: {question: "1.2", is: "yes"}'),
        "15:9: `when` looks at `1.2`, which comes later: only earlier answers count",
    ),
    "a missing question": (
        with_second('when: {question: "9.9", is: "yes"}'),
        "18:9: `when` looks at `9.9`, which is not in this file",
    ),
    "the question itself": (
        with_second('when: {question: "1.2", is: "yes"}'),
        "18:9: `when` looks at `1.2`, the question itself",
    ),
    "a question inside the section it opens": (
        with_first().replace(
            "    title: One", '    title: One\n    when: {question: "1.1", is: "yes"}'
        ),
        "11:5: `when` looks at `1.1`, which comes later: only earlier answers count",
    ),
    "a later question, deep inside": (
        with_first('when: {all: [{not: {any: [{question: "1.2", answered: true}]}}]}'),
        "15:9: `when` looks at `1.2`, which comes later: only earlier answers count",
    ),
    "the table it is a column of": (
        table('{id: a, label: A, kind: text, when: {question: "1.1", answered: true}}'),
        "15:49: `when` looks at `1.1`, the question itself",
    ),
    "a word that is never answered": (
        when("is: maybe"),
        "18:9: `when` looks at `1.1`, which is never answered `maybe`; use yes, no",
    ),
    "true for yes": (
        when("is: true"),
        "18:9: `when` looks at `1.1`, which is never answered `True`; use yes, no",
    ),
    "a level that is not on the scale": (
        when("in: [red, blue]", *DESCRIBED, kind="rating"),
        "22:9: `when` looks at `1.1`, which is never answered `blue`; use red, amber, green",
    ),
    "an option that there is not": (
        when("includes: c", TWO_OPTIONS, kind="choices"),
        "19:9: `when` looks at `1.1`, which is never answered `c`; use a, b, none",
    ),
    "one of many ticks as if it were one": (
        when("is: a", TWO_OPTIONS, kind="choices"),
        "19:9: `when` looks at `1.1`, a question of kind choices, "
        "which can be asked only `includes`, `answered`",
    ),
    "how much a word is": (
        when("at_least: 3"),
        "18:9: `when` looks at `1.1`, a question of kind yes_no, "
        "which can be asked only `in`, `is`, `answered`",
    ),
    "what a text says": (
        when("is: hello", kind="text"),
        "18:9: `when` looks at `1.1`, a question of kind text, which can be asked only `answered`",
    ),
    "neither figure of two": (
        when("at_least: 3", *RELATED, kind="x_of_y"),
        "20:9: `when` looks at `1.1`, which has no such figure: say `part: x` or `part: y`",
    ),
}


@pytest.mark.parametrize(("text", "problem"), CONDITIONS.values(), ids=CONDITIONS)
def test_a_condition_may_not_look_at(text: str, problem: str) -> None:
    assert problems_in(text) == [problem]


def another_section(*, section: str, question: str) -> str:
    lines = f'  - id: "{section}"\n    title: Two\n    questions:\n'
    return f'{lines}      - {{id: "{question}", kind: text, text: So?}}\n'


REFERENCES = {
    "an id used twice across sections": (
        with_first() + another_section(section="2", question="1.1"),
        "21:10: the id `1.1` is used by another question",
    ),
    "the id of a section used twice": (
        with_first() + another_section(section="1", question="2.1"),
        "18:5: the id `1` is used by another section",
    ),
    "a section that is called like the whole": (
        with_first().replace('- id: "1"\n    title: One', "- id: overall\n    title: One"),
        "9:5: `overall` stands for the whole return: use another id",
    ),
    "a section of nothing": (
        with_first() + '  - id: "2"\n    title: Two\n',
        "18:5: section `2` has no questions",
    ),
    "a figure of a question that there is not": (
        with_second(*RELATED, 'y_from: {question: "7"}', kind="x_of_y"),
        "20:9: `7` is not in this file",
    ),
    "a figure of a later question": (
        with_first(*RELATED, 'y_from: {question: "1.2"}', kind="x_of_y").replace(
            "kind: yes_no", "kind: number"
        ),
        "17:9: `y_from` must name an earlier question",
    ),
    "a figure of a question in words": (
        with_second(*RELATED, 'y_from: {question: "1.1"}', kind="x_of_y"),
        "20:9: `1.1` has no figure `value`",
    ),
    "a figure that is not a whole number": (
        with_first("decimals: 1", kind="number").replace(
            "kind: yes_no\n        text: Was it?",
            "kind: x_of_y\n        text: Was it?\n        x_label: A\n        y_label: B\n"
            '        y_from: {question: "1.1"}',
        ),
        "21:9: `1.1` is not a whole number: take out its `decimals`",
    ),
    "an indicator of the wrong part": (
        with_top(
            "indicators: [{id: s, title: S, x: {question: '1.1'}, y: {question: '1.1', part: y}}]"
        ).replace(
            "kind: yes_no\n        text: Is it?",
            "kind: x_of_y\n        text: Is it?\n        x_label: A\n        y_label: B",
        ),
        "8:32: `1.1` has no figure `value`; it has `part: x` or `part: y`",
    ),
    "an area of a question that there is not": (
        with_top("priority_areas: [{id: a, title: A, questions: ['1.1', '9']}]"),
        "8:55: `9` is not in this file",
    ),
    "an area of a question that is not scored": (
        with_first("scored: false").replace(
            "sections:", "priority_areas: [{id: a, title: A, questions: ['1.1']}]\nsections:"
        ),
        "8:48: `1.1` is not scored, so it cannot decide a priority area",
    ),
    "an area with an indicator that there is not": (
        with_top("priority_areas: [{id: a, title: A, questions: ['1.1'], indicators: [s]}]"),
        "8:69: there is no indicator `s`",
    ),
    "an area given twice": (
        with_top(
            "priority_areas:",
            "  - {id: a, title: A, questions: ['1.1']}",
            "  - {id: a, title: B, questions: ['1.2']}",
        ),
        "10:5: `a` is given twice",
    ),
}


@pytest.mark.parametrize(("text", "problem"), REFERENCES.values(), ids=REFERENCES)
def test_a_questionnaire_may_not_have(text: str, problem: str) -> None:
    assert problems_in(text) == [problem]


def scale(*levels: str) -> str:
    return with_top(f"scales: {{own: [{', '.join(levels)}]}}")


SOUNDNESS = {
    "a descriptor missing": (
        with_first(*DESCRIBED[:3], kind="rating"),
        "15:9: `1.1` has no descriptor for `green`",
    ),
    "a descriptor of a level that there is not": (
        with_first(*DESCRIBED, "  blue: It is blue.", kind="rating"),
        "19:11: `blue` is not a level of the scale `rag`",
    ),
    "a variant for a kind that there is not": (
        with_first(*DESCRIBED, "descriptors_for: {nursery: {red: It is not.}}", kind="rating"),
        "19:27: `nursery` is not a kind of organisation",
    ),
    "a variant of a level that there is not": (
        with_first(*DESCRIBED, "descriptors_for: {childminder: {blue: So?}}", kind="rating"),
        "19:41: `blue` is not a level of the scale `rag`",
    ),
    "a scale that there is not": (
        with_first("scale: five", *DESCRIBED, kind="rating"),
        "15:9: there is no scale `five` in this file",
    ),
    "a scale of one level": (
        scale("{value: a, label: A, rag: green, points: 1}"),
        "8:10: the scale `own` needs at least two levels, each named once",
    ),
    "a scale without points": (
        scale(
            "{value: a, label: A, rag: red, points: 0}",
            "{value: b, label: B, rag: green, points: 0}",
        ),
        "8:10: no level of the scale `own` has any points",
    ),
    "a scale in which the worse has more": (
        scale(
            "{value: a, label: A, rag: red, points: 2}",
            "{value: b, label: B, rag: green, points: 1}",
        ),
        "8:10: in the scale `own` a better colour has fewer points",
    ),
    "bands that overlap": (
        with_top("scoring: {bands: {green: 50, amber: 80}}"),
        "8:11: the bands overlap: Amber must begin below Green",
    ),
    "bands that begin at the same score": (
        with_top("scoring: {bands: {green: 50, amber: 50}}"),
        "8:11: the bands overlap: Amber must begin below Green",
    ),
    "bands that overlap with the usual ones": (
        with_top("scoring: {bands: {amber: 85}}"),
        "8:11: the bands overlap: Amber must begin below Green",
    ),
    "thresholds that overlap": (
        with_first("thresholds: {green: 3, amber: 9}", kind="number"),
        "15:9: the thresholds for Green and Amber overlap",
    ),
    "thresholds that overlap where less is better": (
        with_first("better: lower", "thresholds: {green: 9, amber: 3}", kind="number"),
        "16:9: the thresholds for Green and Amber overlap",
    ),
    "a share above all": (
        with_first(*RELATED, "thresholds: {green: 950, amber: 80}", kind="x_of_y"),
        "17:9: a percentage is from 0 to 100",
    ),
    "a least above the most": (
        with_first("minimum: 9", "maximum: 3", kind="number"),
        "16:9: `maximum` is less than `minimum`",
    ),
    "an option given twice": (
        with_first("options: [{value: a, label: A}, {value: a, label: B}]", kind="choice"),
        "15:41: `a` is given twice",
    ),
    "an option with a word of the format": (
        with_first("options: [{value: a, label: A}, {value: none, label: B}]", kind="choices"),
        "15:41: `none` is a word of the format",
    ),
    "a choice of which one option carries a level": (
        choice("level: red", "hint: So."),
        "15:9: either every option carries a level, or none",
    ),
    "a choice without any points": (
        choice("points: 0", "points: -1"),
        "15:9: no option has any points",
    ),
    "a choice in which the worse has more": (
        choice("level: red, points: 2", "level: green, points: 1"),
        "15:9: an option with a better colour has fewer points",
    ),
    "an option to tick that carries a level": (
        with_first(
            "options: [{value: a, label: A, level: red}, {value: b, label: B}]", kind="choices"
        ),
        "15:19: an option to tick carries no level: say in `levels` what must be ticked",
    ),
    "ticks for a level that ask for nothing": (
        ticked("{}"),
        "16:18: `green` needs `at_least`, `all_of` or both",
    ),
    "ticks for a level that there are not": (
        ticked("{at_least: 3}"),
        "16:18: there are only 2 options to tick",
    ),
    "ticks of an option that there is not": (
        ticked("{all_of: [c]}"),
        "16:18: there is no option `c`",
    ),
    "a table without rows": (
        table("{id: a, label: A, kind: text}", rows="required: false"),
        "12:9: a table needs either `fixed_rows` or `repeating`",
    ),
    "a table of no rows": (
        table("{id: a, label: A, kind: text}", rows="fixed_rows: []"),
        "16:9: `fixed_rows` needs at least one row",
    ),
    "a table with two rows of totals": (
        table(
            "{id: a, label: A, kind: number}",
            rows="fixed_rows: [{id: a, label: A, totals: true}, {id: b, label: B, totals: true}]",
        ),
        "16:9: only one row can hold the totals",
    ),
    "a column given twice": (
        table("{id: a, label: A, kind: text}", "{id: a, label: A, kind: text}"),
        "15:50: `a` is given twice",
    ),
    "a row given twice": (
        table(
            "{id: a, label: A, kind: text}",
            rows="fixed_rows: [{id: a, label: A}, {id: a, label: B}]",
        ),
        "16:41: `a` is given twice",
    ),
    "a sum of a column that there is not": (
        table("{id: a, label: A, kind: number, sum_of: [b]}"),
        "15:51: there is no column `b`",
    ),
    "a sum of words": (
        table("{id: a, label: A, kind: text}", "{id: b, label: B, kind: number, sum_of: [a]}"),
        "15:82: `a` is not a column of numbers",
    ),
    "a limit by itself": (
        table("{id: a, label: A, kind: number, not_more_than: a}"),
        "15:51: `a` is the column itself",
    ),
    "a sum in a column of words": (
        table("{id: a, label: A, kind: text, sum_of: [a]}"),
        "15:19: `not_more_than`, `sum_of` and `total` belong to a column of kind number",
    ),
    "a column to choose from without options": (
        table("{id: a, label: A, kind: choice}"),
        "15:19: `options` belong to a column of kind choice, which needs them",
    ),
    "a future date that is judged by its age": (
        with_first("within_months: 3", "may_be_future: true", kind="date"),
        "16:9: a date that is judged by its age is past",
    ),
    "a future cell that is judged by its age": (
        table("{id: a, label: A, kind: date, within_months: 3, may_be_future: true}"),
        "15:67: a date that is judged by its age is past",
    ),
    "a critical question without its reason": (
        with_first("critical: true"),
        "15:9: `critical` needs its reason in `critical_because`",
    ),
    "a critical question that is not scored": (
        with_first("scored: false", "critical: true", "critical_because: It matters."),
        "16:9: a question that is not scored cannot be critical",
    ),
    "a comment required for a level that there is not": (
        with_first("comment_required_for: [blue]"),
        "15:9: `blue` is not a level of this question",
    ),
    "a pattern that does not work": (
        with_first("pattern: '['", kind="text"),
        "15:9: the pattern does not work: unterminated character set at position 0",
    ),
    "a question for a child's name": (
        with_first().replace("Is it?", "What is the child's full name?"),
        "14:9: this seems to ask for a child's name or date of birth, which is never held",
    ),
    "a question for a child's name put to some": (
        with_first("text_for: {childminder: Which names of children are on the list?}"),
        "15:20: this seems to ask for a child's name or date of birth, which is never held",
    ),
    "a column for a child's date of birth": (
        table("{id: a, label: Child's date of birth, kind: date}"),
        "15:27: this seems to ask for a child's name or date of birth, which is never held",
    ),
}


@pytest.mark.parametrize(("text", "problem"), SOUNDNESS.values(), ids=SOUNDNESS)
def test_a_question_may_not_have(text: str, problem: str) -> None:
    assert problems_in(text) == [problem]


ADVICE = {
    "critical flags on more than a fifth": (
        with_first("critical: true", "critical_because: It matters."),
        "12:9: 1 of 2 questions is critical, more than a fifth: "
        "keep those whose failure alone leaves a child unsafe",
    ),
    "a question nobody can see": (
        with_first("applies_to: [police]"),
        "12:9: no kind of organisation can see `1.1`",
    ),
    "a descriptor that only repeats the colour": (
        with_first(*DESCRIBED[:3], "  green: Green.", kind="rating"),
        "18:11: the descriptor only repeats the level",
    ),
}


@pytest.mark.parametrize(("text", "warning"), ADVICE.values(), ids=ADVICE)
def test_an_author_is_warned_of(text: str, warning: str) -> None:
    questionnaire, problems = check_questionnaire(text, name="f.yaml")
    assert questionnaire is not None
    assert [(str(one), one.is_warning) for one in problems] == [(f"f.yaml:{warning}", True)]


def test_a_question_about_names_on_a_list_of_staff_is_no_question_about_a_child() -> None:
    assert problems_in(with_first().replace("Is it?", "Who are your leads for children?")) == []
