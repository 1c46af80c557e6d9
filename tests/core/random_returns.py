"""Questionnaires of every kind of question, and returns of them, made at random as plain data."""

from datetime import date, timedelta
from decimal import Decimal
from random import Random
from typing import Any

KINDS = ["group", "childminder"]
ON = date(2026, 11, 20)
RAGS = ["red", "amber", "green"]
WORDS = ["Are concerns written down?", "Who reads them?", "How many files were sent?"]


def random_questionnaire(dice: Random, *, most: int = 14) -> dict[str, Any]:
    """Make a questionnaire that can be read: nested sections, conditions, weights, criticals."""
    data: dict[str, Any] = {
        "format": 1,
        "name": "random",
        "version": "1",
        "title": "Random",
        "reference": "RND",
        "purpose": "To be scored twice.",
        "asked_of": [*KINDS],  # a copy: some tests spoil what they are given
        "scales": {"own": random_scale(dice)},
        "scoring": {
            "bands": dice.choice(
                [{}, {"green": 90, "amber": 60}, {"green": "66.6", "amber": "33.3"}, {"amber": 0}]
            ),
            "moderation": dice.choice([{}, {"share": 50, "least": 1}, {"share": 0, "least": 0}]),
        },
    }
    asked: list[dict[str, Any]] = []
    total = dice.randint(1, most)
    sections: list[dict[str, Any]] = []
    while len(asked) < total:
        sections.append(random_section(dice, f"{len(sections) + 1}", asked, depth=0))
    data["sections"] = sections
    data["indicators"] = random_indicators(dice, asked)
    scored = [one["id"] for one in asked if can_be_scored(one)]
    data["priority_areas"] = [
        {
            "id": f"area{place}",
            "title": "Area",
            "questions": dice.sample(scored, dice.randint(1, min(4, len(scored)))),
            "indicators": [one["id"] for one in data["indicators"] if dice.random() < 0.5],
        }
        for place in range(dice.randint(0, 2) if scored else 0)
    ]
    return data


def random_scale(dice: Random) -> list[dict[str, Any]]:
    rags = sorted(dice.choices(RAGS, k=dice.randint(2, 5)), key=RAGS.index)
    points = sorted(dice.sample(range(8), len(rags)))
    levels = [
        {"value": f"l{place}", "label": f"Level {place}", "rag": rag, "points": given}
        for place, (rag, given) in enumerate(zip(rags, points, strict=True))
    ]
    return levels if dice.random() < 0.5 else levels[::-1]


def random_section(
    dice: Random, name: str, asked: list[dict[str, Any]], *, depth: int
) -> dict[str, Any]:
    section: dict[str, Any] = {"id": name, "title": f"Section {name}"}
    sometimes(dice, section, "rated", False, 0.15)
    sometimes(dice, section, "applies_to", [dice.choice(KINDS)], 0.1)
    if asked and dice.random() < 0.2:
        section["when"] = random_condition(dice, asked)
    section["questions"] = []
    for _ in range(dice.randint(0 if depth < 2 else 1, 4)):
        question = random_question(dice, f"q{len(asked) + 1}", asked)
        section["questions"].append(question)
        asked.append(question)
    inner = dice.randint(0, 2) if depth < 2 else 0
    if not section["questions"]:
        inner = max(1, inner)
    section["sections"] = [
        random_section(dice, f"{name}.{place}", asked, depth=depth + 1) for place in range(inner)
    ]
    return section


def random_question(dice: Random, name: str, asked: list[dict[str, Any]]) -> dict[str, Any]:
    kind = dice.choice(list(MAKERS))
    question: dict[str, Any] = {"id": name, "kind": kind, "text": dice.choice(WORDS)}
    question |= MAKERS[kind](dice, asked)
    if asked and dice.random() < 0.25:
        question["when"] = random_condition(dice, asked)
    sometimes(dice, question, "applies_to", [dice.choice(KINDS)], 0.1)
    sometimes(dice, question, "weight", dice.choice([0, 0, 2, 3]), 0.4)
    sometimes(dice, question, "not_applicable", "There is none.", 0.5)
    sometimes(dice, question, "dont_know", True, 0.2)
    sometimes(dice, question, "required", False, 0.2)
    if can_be_scored(question) and dice.random() < 0.2:
        question |= {"critical": True, "critical_because": "A child stays unsafe."}
    return question


def sometimes(dice: Random, part: dict[str, Any], field: str, value: Any, chance: float) -> None:
    if dice.random() < chance:
        part[field] = value


def _rating(dice: Random, asked: Any) -> dict[str, Any]:
    if dice.random() < 0.5:
        return {"descriptors": {rag: f"This is how {rag} looks." for rag in RAGS}}
    # The scale is filled in by `with_descriptors`, which knows it.
    return {"scale": "own", "descriptors": {}}


def _yes(dice: Random, asked: Any) -> dict[str, Any]:
    made: list[dict[str, Any]] = [{}, {}, {"good_answer": "no"}, {"scored": False}]
    return dice.choice(made)


def _choice(dice: Random, asked: Any) -> dict[str, Any]:
    count = dice.randint(2, 4)
    options: list[dict[str, Any]] = [
        {"value": f"o{place}", "label": f"Option {place}"} for place in range(count)
    ]
    style = dice.choice(["plain", "level", "points"])
    points = sorted(dice.sample(range(-2, 6), count - 1))
    for place, option in enumerate(options):
        if style == "level":
            option["level"] = dice.choice(RAGS)
        elif style == "points":
            option["points"] = [*points, 6][place]
    if style == "level" and all(option["level"] == "red" for option in options):
        options[0]["level"] = "green"
    return {"options": options}


def _choices(dice: Random, asked: Any) -> dict[str, Any]:
    options = [{"value": f"o{place}", "label": f"Option {place}"} for place in range(4)]
    made: dict[str, Any] = {"options": options, "none_of_these": "None of these"}
    if dice.random() < 0.7:
        made["levels"] = {
            "green": dice.choice([{"at_least": 3}, {"all_of": ["o0", "o1"]}]),
            "amber": dice.choice([{"at_least": 1}, {"at_least": 1, "all_of": ["o0"]}]),
        }
    return made


def thresholds(dice: Random, better: str) -> dict[str, Any]:
    low, high = sorted(dice.sample(["0", "5", "33.3", "50", "66.65", "80", "95"], 2), key=float)
    return {"green": high, "amber": low} if better == "higher" else {"green": low, "amber": high}


def _number(dice: Random, asked: Any) -> dict[str, Any]:
    better = dice.choice(["higher", "lower"])
    made: dict[str, Any] = {"better": better, "decimals": dice.choice([0, 0, 2]), "maximum": 100}
    if dice.random() < 0.5:
        made["thresholds"] = thresholds(dice, better)
    return made


def _percentage(dice: Random, asked: Any) -> dict[str, Any]:
    better = dice.choice(["higher", "lower"])
    made: dict[str, Any] = {"better": better, "decimals": dice.choice([0, 1, 3])}
    if dice.random() < 0.7:
        made |= {
            "thresholds": thresholds(dice, better),
            "points_by": dice.choice(["level", "share"]),
        }
    return made


def _x_of_y(dice: Random, asked: list[dict[str, Any]]) -> dict[str, Any]:
    better = dice.choice(["higher", "higher", "lower"])
    made: dict[str, Any] = {"x_label": "So many", "y_label": "Of so many", "better": better}
    if better == "lower" or dice.random() < 0.3:
        made["thresholds"] = thresholds(dice, better)
    sometimes(dice, made, "scored", False, 0.2)
    sources = figures_of(asked)
    if sources and dice.random() < 0.5:
        made["y_from"] = dice.choice(sources)
    return made


def _date(dice: Random, asked: Any) -> dict[str, Any]:
    if dice.random() < 0.3:
        return {}
    return {"within_months": dice.choice([0, 3, 24]), "grace_months": dice.choice([0, 1, 2])}


def _table(dice: Random, asked: list[dict[str, Any]]) -> dict[str, Any]:
    judged = dice.random() < 0.7
    columns: list[dict[str, Any]] = [
        {"id": "who", "label": "Name", "kind": "text"},
        {"id": "count", "label": "Count", "kind": "number", "required": False},
        {"id": "when_done", "label": "Done on", "kind": "date", "required": False},
        {
            "id": "how",
            "label": "How",
            "kind": "choice",
            "required": False,
            "options": [{"value": value, "label": value.title()} for value in ("well", "badly")],
        },
    ]
    if judged:
        columns[2]["within_months"] = dice.choice([3, 24])
        columns[3]["options"][0]["level"] = "green"
        columns[3]["options"][1]["level"] = dice.choice(["amber", "red"])
    sometimes(dice, columns[2], "applies_to", [dice.choice(KINDS)], 0.3)
    if asked and dice.random() < 0.3:
        columns[3]["when"] = random_condition(dice, asked)
    made: dict[str, Any] = {"columns": columns}
    if dice.random() < 0.5:
        made["repeating"] = {"item": "person", "most": 3}
    else:
        made["fixed_rows"] = [{"id": "one", "label": "One"}, {"id": "two", "label": "Two"}]
    return made


MAKERS: dict[str, Any] = {
    "rating": _rating,
    "yes_partly_no": _yes,
    "yes_no": _yes,
    "choice": _choice,
    "choices": _choices,
    "number": _number,
    "percentage": _percentage,
    "x_of_y": _x_of_y,
    "date": _date,
    "text": lambda dice, asked: {},
    "table": _table,
    "evidence": lambda dice, asked: {},
    "declaration": lambda dice, asked: {"statement": "This is true."},
}


def with_descriptors(data: dict[str, Any]) -> dict[str, Any]:
    """Fill in the descriptors of ratings on the questionnaire's own scale."""
    for question in all_questions(data["sections"]):
        if question.get("scale") == "own":
            levels = data["scales"]["own"]
            question["descriptors"] = {one["value"]: f"Looks so: {one['value']}." for one in levels}
    return data


def all_questions(sections: list[dict[str, Any]]) -> list[dict[str, Any]]:
    found = []
    for section in sections:
        found += section["questions"]
        found += all_questions(section["sections"])
    return found


def can_be_scored(question: dict[str, Any]) -> bool:
    match question["kind"]:
        case "rating":
            return True
        case "yes_no" | "yes_partly_no" | "x_of_y":
            return bool(question.get("scored", True))
        case "choice":
            return bool({"level", "points"} & set(question["options"][0]))
        case "choices":
            return "levels" in question
        case "number" | "percentage":
            return "thresholds" in question
        case "date":
            return "within_months" in question
        case "table":
            return "within_months" in question["columns"][2]
    return False


def figures_of(asked: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Name the whole figures that earlier answers hold."""
    found: list[dict[str, Any]] = []
    for one in asked:
        if one["kind"] == "x_of_y":
            found += [{"question": one["id"], "part": "x"}]
            found += [] if "y_from" in one else [{"question": one["id"], "part": "y"}]
        elif one["kind"] == "number" and not one.get("decimals"):
            found.append({"question": one["id"]})
    return found


def random_indicators(dice: Random, asked: list[dict[str, Any]]) -> list[dict[str, Any]]:
    figures = figures_of(asked)
    found = []
    for place in range(dice.randint(0, 2) if figures else 0):
        one: dict[str, Any] = {
            "id": f"share{place}",
            "title": "Share",
            "x": dice.choice(figures),
            "y": dice.choice(figures),
        }
        sometimes(dice, one, "thresholds", {"green": 95, "amber": 80}, 0.6)
        found.append(one)
    return found


def random_condition(dice: Random, asked: list[dict[str, Any]], depth: int = 0) -> dict[str, Any]:
    style = dice.random()
    if depth < 2 and style < 0.3:
        parts = [random_condition(dice, asked, depth + 1) for _ in range(dice.randint(1, 3))]
        return {dice.choice(["all", "any"]): parts}
    if depth < 2 and style < 0.45:
        return {"not": random_condition(dice, asked, depth + 1)}
    source = dice.choice(asked)
    return {"question": source["id"], **comparison(dice, source)}


def comparison(dice: Random, source: dict[str, Any]) -> dict[str, Any]:
    if dice.random() < 0.2:
        return {"answered": dice.random() < 0.7}
    match source["kind"]:
        case "yes_no" | "yes_partly_no":
            return dice.choice([{"is": "yes"}, {"is": "no"}, {"in": ["yes", "no"]}])
        case "choice":
            return dice.choice([{"is": "o0"}, {"in": ["o0", "o1"]}])
        case "choices":
            return {"includes": dice.choice(["o0", "o1", "none"])}
        case "number" | "percentage":
            limit = dice.choice([0, 5, 50])
            name = dice.choice(["at_least", "at_most", "more_than", "less_than"])
            return {name: limit}
        case "x_of_y":
            return {"part": "x", dice.choice(["at_least", "less_than"]): dice.choice([1, 5])}
        case "rating" if source.get("scale") != "own":
            return {"in": dice.sample(RAGS, 2)}
    return {"answered": True}


def random_reply(dice: Random, question: dict[str, Any], kind: str) -> dict[str, Any]:
    """Make a reply that stands, is not known, is claimed away, or needs review."""
    if "not_applicable" in question and dice.random() < 0.3:
        return {"not_applicable": "There is none."}
    if question.get("dont_know") and dice.random() < 0.3:
        return {"value": "dont_know"}
    reply: dict[str, Any] = {"value": random_value(dice, question, kind)}
    sometimes(dice, reply, "needs_review", True, 0.05)
    return reply


def random_value(dice: Random, question: dict[str, Any], kind: str) -> Any:
    match question["kind"]:
        case "rating":
            return dice.choice(list(question["descriptors"]))
        case "yes_partly_no":
            return dice.choice(["yes", "partly", "no"])
        case "yes_no":
            return dice.choice(["yes", "no"])
        case "choice":
            return dice.choice(question["options"])["value"]
        case "choices":
            values = [option["value"] for option in question["options"]]
            chosen = [value for value in values if dice.random() < 0.6]
            return chosen or ["none"]
        case "number" | "percentage":
            return random_figure(dice, question["decimals"])
        case "x_of_y":
            y = dice.choice([0, 3, 20, 40])
            x = dice.choice([0, y, y * 19 // 20, dice.randint(0, y)])
            return {"x": x} if "y_from" in question else {"x": x, "y": y}
        case "date":
            return random_day(dice)
        case "table":
            if "repeating" in question:
                rows = dice.randint(1, 3)
                return [random_row(dice, question, kind) for _ in range(rows)]
            return {row["id"]: random_row(dice, question, kind) for row in question["fixed_rows"]}
        case "declaration":
            return [{"name": "Ada Invented", "role": "Lead", "date": "2026-11-01"}]
    return "Some words."


def random_figure(dice: Random, decimals: int) -> int | str:
    """Make a figure as it is stored: a whole number, or a decimal as text."""
    shown = dice.choice(["0", "5", "50", "80", "95", "100", "33.3", "66.65", "66.64"])
    figure = round(Decimal(dice.choice([shown, str(dice.uniform(0, 100))])), decimals)
    whole = figure == figure.to_integral_value()
    return int(figure) if whole else str(figure.normalize())


def random_row(dice: Random, question: dict[str, Any], kind: str) -> dict[str, Any]:
    shown = {
        column["id"] for column in question["columns"] if kind in column.get("applies_to", KINDS)
    }
    cells = {
        "count": dice.randint(0, 9),
        "when_done": random_day(dice),
        "how": dice.choice(["well", "badly"]),
    }
    filled = {name: cell for name, cell in cells.items() if name in shown and dice.random() < 0.6}
    return {"who": "Ada Invented", **filled}


def random_day(dice: Random) -> str:
    """Give a day that is often near to where an age turns from one month to the next."""
    months = dice.choice([0, 1, 2, 3, 4, 24, 25, 26])
    year, month = divmod(ON.year * 12 + ON.month - 1 - months, 12)
    near = date(year, month + 1, ON.day) + timedelta(days=dice.randint(-1, 1))
    return min(near, ON).isoformat()


def random_return(dice: Random, data: dict[str, Any], kind: str) -> dict[str, dict[str, Any]]:
    """Answer some of the questions of a questionnaire."""
    chance = dice.choice([0.3, 0.8, 0.95, 1.0])
    return {
        question["id"]: random_reply(dice, question, kind)
        for question in all_questions(data["sections"])
        if dice.random() < chance
    }


def random_validations(dice: Random, data: dict[str, Any]) -> dict[str, dict[str, Any]]:
    """Look at some of the questions, as moderators do."""
    chance = dice.choice([0.0, 0.3, 0.8, 1.0])
    found: dict[str, dict[str, Any]] = {}
    for question in all_questions(data["sections"]):
        if not can_be_scored(question) or dice.random() >= chance:
            continue
        levels = list(question["descriptors"]) if question["kind"] == "rating" else RAGS
        found[question["id"]] = dice.choice(
            [
                {"level": dice.choice(levels)},
                {"level": dice.choice(levels)},
                {"not_applicable": "accepted"},
                {"not_applicable": "rejected"},
            ]
        )
    return found
