"""The columns of the sheet of questions: what every question has, then what some kinds have."""

from audit_app.core.sheets.columns import (
    BETTER,
    ID,
    IDS,
    KINDS_OF_QUESTION,
    NUMBER,
    OF_SECTION,
    TEXT,
    WORD,
    WORDS,
    YES,
    Column,
    Sheet,
)
from audit_app.core.sheets.part_columns import (
    COLUMNS,
    CONDITIONS,
    DESCRIPTORS,
    LINKS,
    OPTIONS,
    ROWS,
    WORDING,
)
from audit_app.core.sheets.whole_columns import (
    INDICATORS,
    PRIORITY_AREAS,
    QUESTIONNAIRE,
    SCALES,
    SECTIONS,
)

YES_OR_NO = ("yes", "no")

OF_EVERY_QUESTION = (
    OF_SECTION,
    Column("Id", "id", ID, "such as 6.3; kept from year to year if it means the same"),
    Column("Kind", "kind", WORD, "see questionnaires/README.md", KINDS_OF_QUESTION),
    Column("Text", "text", TEXT, "the question"),
    Column("Hint", "hint", TEXT, "how to answer; shown above the answer"),
    Column("Guidance", "guidance", TEXT, "what good looks like; opens on demand"),
    Column("Evidence hint", "evidence_hint", TEXT, "follows the words “You could name:”"),
    Column("Action", "action", TEXT, "what to do where it is not Green; plans are drafted from it"),
    Column(
        "Applies to", "applies_to", WORDS, "kinds of organisation; all unless given; - for none"
    ),
    Column("Required", "required", YES, "no: it may be left blank", YES_OR_NO),
    Column("Weight", "weight", NUMBER, "1 unless given"),
    Column("Critical", "critical", YES, "yes: Red here makes the whole return Red", YES_OR_NO),
    Column("Critical because", "critical_because", TEXT, "needed where it is critical"),
    Column("Not applicable", "not_applicable", TEXT, "when a claim is right; blank: never"),
    Column("Don't know", "dont_know", YES, "yes: “don’t know” may be said", YES_OR_NO),
    Column("Comment required for", "comment_required_for", WORDS, "levels, such as red, amber"),
    Column("Evidence required for", "evidence_required_for", WORDS, "levels"),
    Column("Derives from", "derives_from", IDS, "facts of the reviews, such as case-ai.resp-5"),
    Column("Law", "law", IDS, "references of questionnaires/sources/law.yaml"),
    Column("Same meaning as", "same_meaning_as", ID, "its id in an earlier version, if another"),
    Column("Scoring version", "scoring_version", NUMBER, "raise it when it is rated another way"),
    Column("With previous", "with_previous", YES, "yes: on the page of the one before", YES_OR_NO),
)

OF_SOME_KINDS = (
    Column("Scale", "scale", WORD, "rating: a scale of the sheet Levels; blank for Red to Green"),
    Column("Cumulative", "cumulative", YES, "rating: each level takes in those below", YES_OR_NO),
    Column(
        "Good answer", "good_answer", WORD, "yes_no, yes_partly_no: yes unless given", YES_OR_NO
    ),
    Column("Scored", "scored", YES, "yes_no, yes_partly_no, x_of_y: no for information", YES_OR_NO),
    Column("None of these", "none_of_these", TEXT, "choices: the words of this answer"),
    Column("Green: at least", "levels.green.at_least", NUMBER, "choices: so many ticked"),
    Column("Green: all of", "levels.green.all_of", WORDS, "choices: these ticked"),
    Column("Amber: at least", "levels.amber.at_least", NUMBER, "choices: so many ticked"),
    Column("Amber: all of", "levels.amber.all_of", WORDS, "choices: these ticked"),
    Column("Unit", "unit", TEXT, "number: what is counted"),
    Column("Minimum", "minimum", NUMBER, "number: 0 unless given; - for none"),
    Column("Maximum", "maximum", NUMBER, "number"),
    Column("Decimals", "decimals", NUMBER, "number, percentage: 0 unless given"),
    Column("Green from", "thresholds.green", NUMBER, "number, percentage, x_of_y (95)"),
    Column("Amber from", "thresholds.amber", NUMBER, "number, percentage, x_of_y (80)"),
    Column("Better", "better", WORD, "number, percentage, x_of_y: higher unless given", BETTER),
    Column("Points by", "points_by", WORD, "percentage", ("level", "share")),
    Column("X label", "x_label", TEXT, "x_of_y: what the first figure counts"),
    Column("Y label", "y_label", TEXT, "x_of_y: what it is out of"),
    Column("Y from question", "y_from.question", ID, "x_of_y: an earlier question"),
    Column("Y from figure", "y_from.part", ID, "x_of_y: which figure of it"),
    Column("Within months", "within_months", NUMBER, "date: Green up to this age"),
    Column("Grace months", "grace_months", NUMBER, "date: then Amber for so many; 1 unless given"),
    Column("May be future", "may_be_future", YES, "date: no unless given", YES_OR_NO),
    Column("Lines", "rows", NUMBER, "text: how much room; 5 unless given"),
    Column("Max length", "max_length", NUMBER, "text, evidence: characters"),
    Column("Pattern", "pattern", TEXT, "text: a form that it must have"),
    Column("Pattern says", "pattern_says", TEXT, "text: that form in words"),
    Column("Row is called", "repeating.item", TEXT, "table: what an added row is called"),
    Column("Rows at least", "repeating.least", NUMBER, "table: 1 unless given"),
    Column("Rows at most", "repeating.most", NUMBER, "table: 20 unless given"),
    Column("Action: what", "becomes.what", ID, "table: the column that says what will be done"),
    Column("Action: who", "becomes.who", ID, "table: the column that says who"),
    Column("Action: by when", "becomes.by_when", ID, "table: the column that says by when"),
    Column("Action: about", "becomes.about", ID, "table: the column that names a question"),
    Column("Statement", "statement", TEXT, "declaration: what is put a name to"),
    Column("Signatories", "signatories", NUMBER, "declaration: 1 or 2"),
)

QUESTIONS = Sheet(
    "Questions",
    "The questions in the order asked. The coloured columns on the right are for some kinds only.",
    OF_EVERY_QUESTION + OF_SOME_KINDS,
)

SHEETS: tuple[Sheet, ...] = (
    QUESTIONNAIRE,
    SECTIONS,
    QUESTIONS,
    WORDING,
    OPTIONS,
    SCALES,
    DESCRIPTORS,
    COLUMNS,
    ROWS,
    LINKS,
    CONDITIONS,
    PRIORITY_AREAS,
    INDICATORS,
)
"""Every sheet that is read, in the order of the spreadsheet."""
