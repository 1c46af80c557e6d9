"""What agencies of the demonstration say became of a recommendation. All of it is invented."""

STORY: tuple[tuple[str, str, int], ...] = (
    ("complete", "green", -90),
    ("on_track", "amber", 120),
    ("embedded", "green", -240),
    ("at_risk", "amber", 40),
    ("complete", "amber", -30),
    ("off_track", "red", 150),
    ("on_track", "amber", 75),
    ("not_started", "red", 200),
)
"""Status, rating, and how many days from now its date is, block after block."""

DONE: dict[str, tuple[str, ...]] = {
    "not_started": ("Nothing has been done yet.",),
    "on_track": (
        "The guidance was rewritten in June. Three of five teams have been taken through it; the "
        "other two follow in January.",
        "A lead was named, and a first sample of ten records was read in October.",
    ),
    "at_risk": (
        "The training was written with colleagues from two agencies. Half of the places were "
        "taken: release from the rota is harder than we thought.",
    ),
    "off_track": (
        "The form was agreed in the spring and the system that should carry it was put off twice. "
        "Until then there is a paper form, and few use it.",
    ),
    "complete": (
        "In place in every team since the summer. Supervisors asked about it in the autumn and "
        "found it in eight of ten records.",
        "Done in May: the procedure, the training and a check after three months.",
    ),
    "embedded": ("Part of induction and supervision for two years, and sampled each quarter.",),
}
"""What was done, by status."""

IMPACT: tuple[str, ...] = (
    "Before, three of ten plans told what life is like for the child. In the last sample it was "
    "eight of ten.",
    "Young people whom we asked said that they now know who their worker is, and whom to ring when "
    "that person is away.",
    "Nothing can be seen yet. We look at 20 records in March, and ask the families.",
    "Health visitors were told of a move within five days in 46 of 50 cases. A year ago nobody "
    "counted.",
)

PAPERS: tuple[str, ...] = (
    "Report of the record sample, October; minutes of the assurance group, item 4.",
    "The procedure as published in June, and the list of those who were trained.",
    "Quarterly dashboard, second page; terms of the sampling, May.",
)

HELP: tuple[str, ...] = (
    "A decision by the partnership on who chairs the handover meeting, by the end of January.",
    "Two places on the learning forum in the spring for colleagues from the night team.",
)

GROUP = "The safeguarding assurance group, chaired by the director of quality."

SINCE = (
    "Two services were merged in the spring. The lessons still hold: the handover between them is "
    "now the place where a worry could be lost, and the group looks at it each quarter."
)
