"""A result as plain data: what `flask score` prints and what is recorded with a return."""

from fractions import Fraction
from typing import Any

from audit_app.core.explaining import why_area, why_question, why_section
from audit_app.core.questionnaire import Questionnaire
from audit_app.core.results import QuestionResult, Result, SectionResult


def as_data(result: Result, questionnaire: Questionnaire, *, kind: str) -> dict[str, Any]:
    """Give everything a result says, as JSON data; figures are exact beside the printed ones."""
    areas = {area.id: area for area in questionnaire.priority_areas}
    data: dict[str, Any] = {
        "questionnaire": questionnaire.key,
        "content_hash": questionnaire.content_hash,
        "method_version": result.method_version,
        "kind": kind,
        "stage": result.stage.value,
        "overall": section_data(result.overall, result, word=questionnaire.section_word),
        "sections": {
            name: {
                "title": questionnaire.all_sections[name].title,
                **section_data(section, result, word=questionnaire.section_word),
            }
            for name, section in result.sections.items()
        },
        "priority_areas": {
            name: {
                "title": areas[name].title,
                "rating": area.rating,
                "because": list(area.because),
                "answered": area.answered,
                "applicable": area.applicable,
                "reason": why_area(areas[name], area, result.stage),
            }
            for name, area in result.areas.items()
        },
        "indicators": {
            name: {"x": one.x, "y": one.y, "percentage": one.share, "rating": one.rating}
            for name, one in result.indicators.items()
        },
        "questions": {name: question_data(one) for name, one in result.questions.items()},
    }
    if result.self_result is not None:
        data["self"] = as_data(result.self_result, questionnaire, kind=kind)
    return data


def section_data(section: SectionResult, result: Result, *, word: str) -> dict[str, Any]:
    """Give one section, or the whole: rating, band, score, coverage, caps and the reason."""
    points, of = whole_points(section)
    return {
        "rating": section.rating,
        "band": section.band,
        "score": section.score,
        "points": points,
        "of": of,
        "answered": section.answered,
        "applicable": section.applicable,
        "coverage": section.coverage,
        "counts": dict(zip(("red", "amber", "green"), section.counts, strict=True)),
        "caps": [{"cap": cap, "because": list(names)} for cap, names in section.caps],
        "moderation": section.moderation,
        "reason": why_section(section, result.stage, word=word),
    }


def question_data(one: QuestionResult) -> dict[str, Any]:
    """Give one question: how it stands, its level and its points of the most there are."""
    return {
        "standing": one.standing.value,
        "level": one.level,
        "rag": one.rag,
        "points": one.points if one.rag else None,
        "of": one.of if one.rag else None,
        "weight": one.weight,
        "critical": one.critical,
        "scored": one.is_scored,
        "self_level": one.self_level,
        "validated": one.is_moderated,
        "reason": why_question(one),
    }


def whole_points(section: SectionResult) -> tuple[int, int]:
    """Give points and of as whole numbers of the same exact share."""
    points = Fraction(section.points)
    return points.numerator, section.of * points.denominator
