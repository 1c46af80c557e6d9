"""The sheets whose rows belong to a section or a question."""

from audit_app.core.sheets.columns import (
    ID,
    KINDS_OF_ORGANISATION,
    NUMBER,
    OF_QUESTION,
    OF_SECTION,
    RAG,
    TEXT,
    WORD,
    WORDS,
    YES,
    Column,
    Sheet,
)

WORDING = Sheet(
    "Wording by kind",
    "Other words for some kinds of organisation. Name a section or a question, and the kind.",
    (
        OF_SECTION,
        OF_QUESTION,
        Column("Kind of organisation", "@kind", WORD, "who reads this", KINDS_OF_ORGANISATION),
        Column("Title", "title_for", TEXT, "of a section"),
        Column("Text", "text_for", TEXT, "of a question"),
        Column("Hint", "hint_for", TEXT, "of a question"),
        Column("Action", "action_for", TEXT, "of a question"),
    ),
)

DESCRIPTORS = Sheet(
    "Descriptors",
    "What each level of a rating looks like; every level of the scale needs one.",
    (
        OF_QUESTION,
        Column(
            "Kind of organisation", "@kind", WORD, "blank: for everybody", KINDS_OF_ORGANISATION
        ),
        Column("Level", "@level", WORD, "red, amber, green, or a level of the question's scale"),
        Column("Descriptor", "descriptor", TEXT, "what can be seen, in whole sentences"),
    ),
)

OPTIONS = Sheet(
    "Options",
    "The answers on offer of a choice, of choices, or of a column of kind choice.",
    (
        OF_QUESTION,
        Column("Column", "@column", WORD, "the id of a column; blank for the question's own"),
        Column("Value", "value", WORD, "how the answer is kept; small letters and figures"),
        Column("Label", "label", TEXT, "what people read"),
        Column("Hint", "hint", TEXT, "more about this option"),
        Column(
            "Level", "level", WORD, "red, amber or green: all options of a question or none", RAG
        ),
        Column("Points", "points", NUMBER, "instead of a level; may be negative"),
    ),
)

COLUMNS = Sheet(
    "Columns",
    "The columns of a table question, in the order shown.",
    (
        OF_QUESTION,
        Column("Id", "id", WORD, "small letters; unlike that of any other column of the table"),
        Column("Label", "label", TEXT, "what people read"),
        Column(
            "Kind",
            "kind",
            WORD,
            "what is entered",
            ("text", "number", "date", "choice", "yes_no"),
        ),
        Column("Required", "required", YES, "yes unless given", ("yes", "no")),
        Column("Applies to", "applies_to", WORDS, "kinds of organisation; all unless given"),
        Column("Minimum", "minimum", NUMBER, "0 unless given; - for none"),
        Column("Maximum", "maximum", NUMBER, "of a number"),
        Column("Max length", "max_length", NUMBER, "characters; 200 unless given"),
        Column("Within months", "within_months", NUMBER, "a date is Green up to this age"),
        Column("Grace months", "grace_months", NUMBER, "then Amber for so many; 1 unless given"),
        Column("May be future", "may_be_future", YES, "no unless given", ("yes", "no")),
        Column("Not more than", "not_more_than", WORD, "a column of the same row"),
        Column("Sum of", "sum_of", WORDS, "columns that must add up to this one"),
        Column("Total", "total", YES, "print the sum below it", ("yes", "no")),
    ),
)

ROWS = Sheet(
    "Rows",
    "The rows of a table question whose rows you name.",
    (
        OF_QUESTION,
        Column("Id", "id", WORD, "small letters; unlike that of any other row of the table"),
        Column("Label", "label", TEXT, "what people read"),
        Column("Totals", "totals", YES, "it must be the sum of the other rows", ("yes", "no")),
    ),
)

LINKS = Sheet(
    "Links",
    "Where to read more about a question.",
    (
        OF_QUESTION,
        Column("Label", "label", TEXT, "what people read"),
        Column("Address", "address", TEXT, "begins with https://"),
    ),
)

CONDITIONS = Sheet(
    "Conditions",
    "On which earlier answers a section, a question or a column of a table is asked.",
    (
        OF_SECTION,
        OF_QUESTION,
        Column("Column", "@column", WORD, "the id of a column of the question's table"),
        Column("Part", "@part", ID, "1; within it 1.1, 1.2; within those 1.1.1 and so on"),
        Column("Join", "@join", WORD, "joins the parts within it", ("all", "any", "not")),
        Column("Looks at", "question", ID, "an earlier question"),
        Column("Figure", "part", ID, "x or y; a column of a table, or row.column"),
        Column(
            "Compare",
            "@compare",
            WORD,
            "how its answer is compared",
            (
                "is",
                "in",
                "includes",
                "answered",
                "at_least",
                "at_most",
                "more_than",
                "less_than",
            ),
        ),
        Column("Value", "@value", TEXT, "with what; yes or no for answered; a list for in"),
    ),
)
