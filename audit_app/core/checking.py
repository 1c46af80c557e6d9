"""Every check of a questionnaire, as one table; all are run, so an author sees all at once."""

from collections.abc import Callable

from audit_app.core.checks import advice, answers, conditions, pages, references, scales, tables
from audit_app.core.checks.found import Found
from audit_app.core.marked import Written
from audit_app.core.problems import Problem
from audit_app.core.questionnaire import Questionnaire

RULES = (
    references.ids_are_given_once,
    conditions.conditions_look_back,
    conditions.conditions_can_hold,
    references.parts_exist,
    references.areas_name_scored_questions,
    scales.scales_are_sound,
    scales.descriptors_fit_their_scale,
    answers.marks_add_up,
    answers.thresholds_are_in_order,
    answers.options_are_sound,
    tables.tables_are_sound,
    pages.pages_are_simple,
    answers.fields_fit_the_question,
    advice.somebody_is_asked,
    advice.few_are_critical,
    advice.words_are_plain,
    advice.no_child_is_named,
)


def problems_with(
    questionnaire: Questionnaire,
    marked: Written,
    *,
    leave_out: Callable[[Found], bool] = lambda found: False,
) -> list[Problem]:
    """Give every problem and warning of a questionnaire whose fields have the right shape.

    `leave_out` says which findings only come of parts that were told of already.
    """
    found: list[Found] = []
    for rule in RULES:
        found.extend(one for one in rule(questionnaire) if not leave_out(one))
    return [marked.problem(one.path, one.message, is_warning=one.is_warning) for one in found]
