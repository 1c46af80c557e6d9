"""The sheets that say what the whole questionnaire has: its name, scoring, sections, areas."""

from audit_app.core.sheets.columns import (
    ID,
    IDS,
    NUMBER,
    RAG,
    TEXT,
    WORD,
    WORDS,
    YES,
    Column,
    Sheet,
)

YES_OR_NO = ("yes", "no")
CAP = "yes unless given: it holds a rating down"

QUESTIONNAIRE = Sheet(
    "Questionnaire",
    "What it is called, whom it asks and how it is scored. Fill in the second column.",
    (
        Column("Format", "format", NUMBER, "always 1"),
        Column("Name", "name", TEXT, "small letters and hyphens; the same in every version"),
        Column("Version", "version", ID, "such as 2026; a published version never changes"),
        Column("Title", "title", TEXT, "what it is called on screen and on paper"),
        Column("Short title", "short_title", TEXT, "where there is little room"),
        Column("Reference", "reference", TEXT, "two to six capitals; returns are numbered by it"),
        Column("Purpose", "purpose", TEXT, "why it is asked: the first thing people read"),
        Column("Minutes", "minutes", NUMBER, "how long all of it takes; 60 unless given"),
        Column(
            "Section word", "section_word", WORD, "section or standard", ("section", "standard")
        ),
        Column(
            "Unit",
            "unit",
            WORD,
            "organisation unless given: what one return is about",
            ("organisation", "consultation"),
        ),
        Column("Asked of", "asked_of", WORDS, "the kinds of organisation that get it"),
        Column("Changes", "changes", TEXT, "what is new in this version"),
        Column("Green from (%)", "scoring.bands.green", NUMBER, "80 unless given"),
        Column("Amber from (%)", "scoring.bands.amber", NUMBER, "50 unless given"),
        Column(
            "Moderated share (%)",
            "scoring.moderation.share",
            NUMBER,
            "how many scored questions of a section a moderator checks; 25 unless given",
        ),
        Column(
            "Moderated at least", "scoring.moderation.least", NUMBER, "and how many at least; 3"
        ),
        Column("Cap: critical Red", "scoring.caps.critical_red", YES, CAP, YES_OR_NO),
        Column("Cap: critical unanswered", "scoring.caps.critical_unanswered", YES, CAP, YES_OR_NO),
        Column("Cap: critical Amber", "scoring.caps.critical_amber", YES, CAP, YES_OR_NO),
        Column("Cap: any Red", "scoring.caps.red", YES, CAP, YES_OR_NO),
        Column("Cap: a Red section", "scoring.caps.section_red", YES, CAP, YES_OR_NO),
        Column(
            "Signed by", "signed_by", WORD, "lead unless given: who signs", ("lead", "signatory")
        ),
    ),
    is_a_list=True,
)

SECTIONS = Sheet(
    "Sections",
    "The sections in the order asked.",
    (
        Column("Id", "id", ID, "unlike that of any other section"),
        Column("Within", "@within", ID, "the section around it, named further up; blank for none"),
        Column("Title", "title", TEXT, "what it is called"),
        Column("Introduction", "introduction", TEXT, "shown above its questions"),
        Column("Applies to", "applies_to", WORDS, "kinds of organisation; all unless given"),
        Column("Owners", "owners", WORDS, "owners named by reviews: only those who answer for one"),
        Column("Owner kinds", "owner_kinds", WORDS, "and every organisation of these kinds"),
        Column("Rated", "rated", YES, "no: it only gathers facts", ("yes", "no")),
        Column("Marks", "marks", NUMBER, "kept for tools that give marks; usually blank"),
    ),
)

SCALES = Sheet(
    "Levels",
    "Ways to rate other than Red, Amber, Green: the levels of each scale in the order shown.",
    (
        Column("Scale", "@scale", WORD, "the name that questions use"),
        Column("Value", "value", WORD, "how the level is kept; small letters and figures"),
        Column("Label", "label", TEXT, "what people read"),
        Column("Colour", "rag", WORD, "red, amber or green", RAG),
        Column("Points", "points", NUMBER, "a better colour never has fewer"),
    ),
)

PRIORITY_AREAS = Sheet(
    "Priority areas",
    "Questions that are judged together by the worst answer.",
    (
        Column("Id", "id", WORD, "small letters and hyphens"),
        Column("Title", "title", TEXT, "what it is called"),
        Column("Questions", "questions", IDS, "the ids of questions that are scored"),
        Column("Indicators", "indicators", WORDS, "the ids of indicators"),
        Column("Why", "why", TEXT, "what happened where it failed"),
        Column("Derives from", "derives_from", IDS, "facts of the reviews"),
    ),
)

INDICATORS = Sheet(
    "Indicators",
    "Shares made of two answers: so many (x) of so many (y).",
    (
        Column("Id", "id", WORD, "small letters and hyphens"),
        Column("Title", "title", TEXT, "what it is called"),
        Column("X question", "x.question", ID, "where the first figure stands"),
        Column("X figure", "x.part", ID, "x, y or value; a column of a table, or row.column"),
        Column("Y question", "y.question", ID, "where the second figure stands"),
        Column("Y figure", "y.part", ID, "x, y or value; a column of a table, or row.column"),
        Column("Green from", "thresholds.green", NUMBER, "per cent; blank: no colour"),
        Column("Amber from", "thresholds.amber", NUMBER, "per cent"),
        Column("Why", "why", TEXT, "why it is looked at"),
    ),
)
