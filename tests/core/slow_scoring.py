"""The rating method computed a second time, slowly and in plain sight, to hold scoring against.

It works on the questionnaire as an author writes it (plain data) and shares no code with the
program. Every list is gone through again for every figure; all figures are fractions.
"""

from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from fractions import Fraction
from typing import Any

Data = Mapping[str, Any]
POINTS = {"red": 0, "amber": 1, "green": 2}
WORST_FIRST = ["red", "amber", "green"]


def slow_score(
    data: Data, replies: Data, *, kind: str, on: date, stage: str, validations: Data
) -> dict[str, Any]:
    """Rate a return; `replies` and `validations` are plain mappings by question id."""
    rows: list[dict[str, Any]] = []
    for question, around in questions_in(data["sections"], ()):
        if all(kind in part.get("applies_to", [kind]) for part in (*around, question)):
            row = {"question": question, "around": [section["id"] for section in around]}
            fill(row, rows, data, replies, kind, on, stage, validations, around)
            rows.append(row)
    sections = {
        name: rate([row for row in rows if name in row["around"]], data, stage, reds_of=None)
        for name in dict.fromkeys(name for row in rows for name in row["around"])
    }
    for section in sections_in(data["sections"]):
        if section["id"] in sections and not section.get("rated", True):
            sections[section["id"]]["rating"] = None
    order = [s["id"] for s in sections_in(data["sections"]) if s["id"] in sections]
    red = [name for name in order if sections[name]["rating"] == "red"]
    shares = {
        one["id"]: indicator(one, rows)
        for one in data.get("indicators", [])
        if all(any(r["question"]["id"] == one[p]["question"] for r in rows) for p in "xy")
    }
    return {
        "questions": {row["question"]["id"]: row for row in rows},
        "sections": sections,
        "overall": rate(rows, data, stage, reds_of=red),
        "areas": {
            one["id"]: area(one, rows, shares, stage)
            for one in data.get("priority_areas", [])
            if any(row["question"]["id"] in one["questions"] for row in rows)
        },
        "indicators": shares,
    }


def questions_in(sections: list[Any], around: tuple[Any, ...]) -> Iterator[tuple[Any, Any]]:
    for section in sections:
        for question in section.get("questions", []):
            yield question, (*around, section)
        yield from questions_in(section.get("sections", []), (*around, section))


def sections_in(sections: list[Any]) -> Iterator[Any]:
    for section in sections:
        yield section
        yield from sections_in(section.get("sections", []))


def fill(
    row: Any,
    before: Any,
    data: Any,
    replies: Any,
    kind: Any,
    on: Any,
    stage: Any,
    validations: Any,
    around: Any,
) -> None:
    """Find how the question stands, its colour, and its share of the points it could give."""
    question = row["question"]
    row |= {"standing": "unanswered", "rag": None, "share": None, "own": None, "checked": False}
    row["claimed"] = False
    row["scored"] = is_scored(question, kind)
    if not all(holds(part["when"], before) for part in (*around, question) if "when" in part):
        row |= {"standing": "hidden", "scored_now": False, "value": None}
        return
    row["scored_now"] = row["scored"]
    reply = replies.get(question["id"], {})
    stands = not reply.get("needs_review") and reply.get("value") not in (None, "dont_know")
    row["value"] = reply.get("value") if stands else None
    if reply.get("not_applicable") is not None and not reply.get("needs_review"):
        row |= {"standing": "claimed", "claimed": True, "value": None}
    elif stands and not row["scored"]:
        row["standing"] = "unscored"
    elif stands:
        level = judge(question, row["value"], data, kind, on, before)
        if level == "none of none":
            row["standing"] = "automatic"
        elif level == "nothing to judge":
            row["standing"] = "unscored"
        elif level is not None:
            row["standing"] = "answered"
            row["rag"], row["share"] = level
    if question.get("y_from") and row["standing"] not in ("claimed", "unscored"):
        source = [r for r in before if r["question"]["id"] == question["y_from"]["question"]]
        gone = not source or source[0]["standing"] == "hidden" or source[0]["claimed"]
        if gone or number(source[0]["value"], question["y_from"].get("part", "value")) == 0:
            row |= {"standing": "automatic", "rag": None, "share": None}
    row["own"] = row["rag"]
    verdict = validations.get(question["id"]) if row["scored"] else None
    if verdict is not None:
        row["checked"] = verdict.get("level") is not None or row["standing"] == "claimed"
        if verdict.get("not_applicable") == "rejected" and row["standing"] == "claimed":
            row |= {"standing": "rejected", "rag": "red", "share": Fraction(0)}
        elif verdict.get("level") is not None:
            rag, share = level_of(question, verdict["level"], data)
            row |= {"standing": "answered", "rag": rag, "share": share}
    if stage == "closed" and row["scored"] and row["standing"] == "unanswered":
        row |= {"rag": "red", "share": Fraction(0)}


def is_scored(question: Data, kind: str) -> bool:
    match question["kind"]:
        case "rating":
            return True
        case "yes_no" | "yes_partly_no" | "x_of_y":
            return bool(question.get("scored", True))
        case "choice":
            return any("level" in o or "points" in o for o in question["options"])
        case "choices":
            return "levels" in question
        case "number" | "percentage":
            return "thresholds" in question
        case "date":
            return "within_months" in question
        case "table":
            return any(
                kind in column.get("applies_to", [kind])
                and (
                    "within_months" in column
                    or any("level" in o for o in column.get("options", []))
                )
                for column in question["columns"]
            )
    return False


def plain(rag: str) -> tuple[str, Fraction]:
    return rag, Fraction(POINTS[rag], 2)


def level_of(question: Data, level: str, data: Data) -> tuple[str, Fraction]:
    """A level a moderator may set: of the question's own scale, or plain."""
    if question["kind"] == "rating" and question.get("scale", "rag") != "rag":
        levels = data["scales"][question["scale"]]
        most = max(one["points"] for one in levels)
        found = next(one for one in levels if one["value"] == level)
        return found["rag"], Fraction(found["points"], most)
    return plain(level)


def judge(question: Any, value: Any, data: Any, kind: str, on: date, before: Any) -> Any:
    match question["kind"]:
        case "rating":
            return level_of(question, value, data)
        case "yes_no" | "yes_partly_no":
            good = question.get("good_answer", "yes")
            return plain("amber" if value == "partly" else "green" if value == good else "red")
        case "choice":
            return chosen(question, value, data)
        case "choices":
            ticked = [one for one in value if one != "none"]
            for rag in ("green", "amber"):
                rule = question["levels"][rag]
                enough = len(ticked) >= rule.get("at_least", 0)
                if enough and all(one in ticked for one in rule.get("all_of", [])):
                    return plain(rag)
            return plain("red")
        case "number" | "percentage":
            figure = Fraction(str(value))
            rag = by_thresholds(figure, question["thresholds"], question.get("better", "higher"))
            if question.get("points_by") == "share":
                share = figure if question.get("better", "higher") == "higher" else 100 - figure
                return rag, share / 100
            return plain(rag)
        case "x_of_y":
            return ratio(question, value, before)
        case "date":
            limit, grace = question["within_months"], question.get("grace_months", 1)
            return plain(by_age(date.fromisoformat(value), on, limit, grace))
    return worst_cell(question, value, kind, on, before)


def chosen(question: Any, value: str, data: Any) -> Any:
    points = [o["points"] if "points" in o else POINTS[o["level"]] for o in question["options"]]
    place = [o["value"] for o in question["options"]].index(value)
    # A level stands for its points of two; given points, for a share of the most there are.
    floor = 2 if any("points" not in o for o in question["options"]) else 0
    share = Fraction(points[place], max(*points, floor))
    return question["options"][place].get("level", band(100 * share, data)), share


def by_thresholds(figure: Fraction, thresholds: Any, better: str) -> str:
    for rag in ("green", "amber"):
        line = Fraction(str(thresholds[rag]))
        if figure >= line if better == "higher" else figure <= line:
            return rag
    return "red"


def ratio(question: Any, value: Any, before: Any) -> Any:
    x, y = value["x"], value.get("y")
    if question.get("y_from"):
        source = [r for r in before if r["question"]["id"] == question["y_from"]["question"]]
        part = question["y_from"].get("part", "value")
        y = number(source[0]["value"], part) if source else None
    if y is None or x > y:
        return None
    if y == 0:
        return "none of none"
    thresholds = question.get("thresholds", {"green": 95, "amber": 80})
    return plain(by_thresholds(Fraction(100 * x, y), thresholds, question.get("better", "higher")))


def by_age(event: date, on: date, limit: int, grace: int) -> str:
    """Count the month-days that have been reached since the event."""
    months = 0
    day = event
    while day < on:
        day += timedelta(days=1)
        ends = (day + timedelta(days=1)).day == 1
        if day.day == event.day or (ends and day.day < event.day):
            months += 1
    return "green" if months <= limit else "amber" if months <= limit + grace else "red"


def worst_cell(question: Any, value: Any, kind: str, on: date, before: Any) -> Any:
    found = []
    for column in question["columns"]:
        if kind not in column.get("applies_to", [kind]):
            continue
        if "when" in column and not holds(column["when"], before):
            continue
        for row in value.values() if isinstance(value, dict) else value:
            cell = row.get(column["id"])
            if cell is None:
                continue
            if "within_months" in column:
                limit, grace = column["within_months"], column.get("grace_months", 1)
                found.append(by_age(date.fromisoformat(cell), on, limit, grace))
            found += [
                o["level"] for o in column.get("options", []) if o["value"] == cell and "level" in o
            ]
    return plain(min(found, key=WORST_FIRST.index)) if found else "nothing to judge"


def number(value: Any, part: str) -> Any:
    if isinstance(value, dict):
        value = value.get(part)
    elif part != "value":
        return None
    return value if isinstance(value, int) else None


def holds(when: Any, before: Any) -> bool:
    if "all" in when:
        return all(holds(one, before) for one in when["all"])
    if "any" in when:
        return any(holds(one, before) for one in when["any"])
    if "not" in when:
        return not holds(when["not"], before)
    source = [row for row in before if row["question"]["id"] == when["question"]]
    claimed = bool(source) and source[0]["claimed"]
    value = source[0]["value"] if source else None
    if "answered" in when:
        return bool((value is not None or claimed) == when["answered"])
    if isinstance(value, dict) and "part" in when:
        value = value.get(when["part"])
    if value is None:
        return False
    if "is" in when:
        return bool(value == when["is"])
    if "in" in when:
        return value in when["in"]
    if "includes" in when:
        return when["includes"] in value
    figure = Fraction(str(value))
    return bool(
        figure >= when.get("at_least", figure)
        and figure <= when.get("at_most", figure)
        and figure > when.get("more_than", figure - 1)
        and figure < when.get("less_than", figure + 1)
    )


def band(score: Fraction, data: Any) -> str:
    bands = data.get("scoring", {}).get("bands", {})
    if score >= Fraction(str(bands.get("green", 80))):
        return "green"
    return "amber" if score >= Fraction(str(bands.get("amber", 50))) else "red"


def rate(rows: Any, data: Any, stage: str, *, reds_of: list[str] | None) -> dict[str, Any]:
    """Rate some questions together: score, band, then the caps in their order."""
    rows = [row for row in rows if row["scored_now"]]
    levels = [row for row in rows if row["rag"] is not None]
    weights = sum(row["question"].get("weight", 1) for row in levels)
    points = sum(
        (2 * row["question"].get("weight", 1) * row["share"] for row in levels), Fraction(0)
    )
    is_open = [row for row in rows if row["standing"] == "unanswered"]
    critical = [row for row in rows if row["question"].get("critical")]
    caps = [
        ("critical_red", "red", [r for r in critical if r["rag"] == "red" and r not in is_open]),
        ("critical_unanswered", "red", [row for row in critical if row in is_open]),
        ("critical_amber", "amber", [row for row in critical if row["rag"] == "amber"]),
        ("red", "amber", [r for r in levels if r["rag"] == "red" and r not in critical]),
    ]
    found = [(cap, to, [r["question"]["id"] for r in made]) for cap, to, made in caps if made]
    if reds_of is not None:
        found = [cap for cap in found if cap[0] != "red"]
        place = sum(cap[1] == "red" for cap in found)
        found[place:place] = [("section_red", "amber", reds_of)] if reds_of else []
    if stage == "draft":
        found = []
    banded = None
    if stage != "draft" and levels:
        worst = min((row["rag"] for row in levels), key=WORST_FIRST.index)
        banded = band(100 * points / (2 * weights), data) if weights else worst
    rating = banded
    if stage != "draft" and not levels and any(row in is_open for row in critical):
        rating = "red"
    for _, to, _ in found:
        if rating is not None:
            rating = min(rating, to, key=WORST_FIRST.index)
    if not levels and not is_open:
        rating = "not_applicable"
    return {
        "rating": rating,
        "band": banded,
        "points": points,
        "of": 2 * weights,
        "answered": len(rows) - len(is_open),
        "applicable": len(rows),
        "caps": [(cap, names) for cap, _, names in found],
        "counts": [sum(row["rag"] == rag for row in levels) for rag in WORST_FIRST],
        "moderation": moderation([r for r in rows if r["standing"] != "automatic"], data),
    }


def moderation(rows: Any, data: Any) -> str:
    sampling = data.get("scoring", {}).get("moderation", {})
    checked = [row for row in rows if row["checked"]]
    if not checked:
        return "self"
    enough = len(checked) >= min(sampling.get("least", 3), len(rows))
    share = Fraction(100 * len(checked), len(rows)) >= sampling.get("share", 25)
    every = all(row["checked"] for row in rows if row["question"].get("critical"))
    return "validated" if enough and share and every else "part_validated"


def area(one: Any, rows: Any, shares: Any, stage: str) -> Any:
    inside = [r for r in rows if r["question"]["id"] in one["questions"]]
    inside = [row for row in inside if row["standing"] != "hidden"]
    is_open = [row for row in inside if row["standing"] == "unanswered"]
    found = [row["rag"] for row in inside if row["rag"]]
    found += ["red" for row in is_open if row["question"].get("critical")]
    found += [
        shares[name]["rating"]
        for name in one.get("indicators", [])
        if name in shares and shares[name]["rating"] in POINTS
    ]
    worst = min(found, key=WORST_FIRST.index) if found else None
    if stage == "draft" or worst is None:
        rating = None if found or is_open else "not_applicable"
    else:
        rating = "amber" if worst == "green" and is_open else worst
    return {
        "rating": rating,
        "answered": len(inside) - len(is_open),
        "applicable": len(inside),
    }


def indicator(one: Any, rows: Any) -> Any:
    x, y = (
        next(
            number(row["value"], one[p].get("part", "value"))
            for row in rows
            if row["question"]["id"] == one[p]["question"]
        )
        for p in "xy"
    )
    rating = None
    if x is not None and y is not None:
        if y == 0:
            rating = "not_applicable" if x == 0 else None
        elif x <= y and "thresholds" in one:
            rating = by_thresholds(Fraction(100 * x, y), one["thresholds"], "higher")
    return {"x": x, "y": y, "rating": rating}
