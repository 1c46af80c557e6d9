"""Invented sentences for the demonstration's comments. No child and no real person is meant."""

COMMENTS: dict[str, tuple[str, ...]] = {
    "green": (
        "Checked by the deputy in September; five records sampled and all five were complete.",
        "In place since last year and looked at every half term with the whole team.",
        "Our committee asked to see this in October and minuted that it was satisfied.",
        "New staff are shown this in their first week, and asked about it again after a month.",
    ),
    "amber": (
        "We do this, but not every time: two of the last six records had no decision written down.",
        "The procedure is written; two new colleagues have still to be taken through it.",
        "Works well when the lead is in. On Fridays it depends on who is covering.",
        "Started in the summer term, so there is little to show for it yet.",
    ),
    "red": (
        "We had not thought of this before the audit. It goes on the agenda of the next meeting.",
        "Not in place since our previous lead left in the spring; we would welcome support.",
        "We looked for a record and found none. The lead will put this right by half term.",
    ),
}

NOTE_TO_SIGN = "Section 11 is new since last year: please look at the receipts with me."
"""What a lead writes to whoever signs."""

TO_CHANGE: dict[str, str] = {
    "figures": "You count {x} of {y}. Please say in the comment which {missing} are missing, and "
    "whether they can still be put right.",
    "comment": "Your comment says how it stands. Please add who puts it right, and by when.",
    "bare": "Please say in the comment how you know this, and who looked.",
}
"""What a moderator asks to be looked at again: of figures, of a comment, of an answer alone."""

TEXTS: tuple[str, ...] = (
    "Three small worries over one term, looked at together, led us to ring for advice; the family "
    "now has a family support worker.",
    "We put the three bruise forms of the spring side by side, saw that all were on Mondays, and "
    "talked to the health visitor.",
    "Team meeting in October; we changed how we write down who collected a child.",
    "Lead to update the transfer log and to ring two schools for receipts.",
    "Supervision notes, team meeting minutes and the training matrix, all kept in the office.",
)

CELLS: dict[str, tuple[str, ...]] = {
    "provider": ("Wensmere safeguarding training", "Early Years Alliance of Wensmere, online"),
    "changed": (
        "We now put small worries side by side at the end of every month.",
        "Fathers and other adults at home are on the registration form.",
        "We ring the school as well as sending the file, and note who took the call.",
    ),
    "about": ("6.3 patterns over time", "11.4 receipts", "5.3 supervision"),
    "what": (
        "A fixed half hour each fortnight to read the chronologies together",
        "Ask every school for a signed receipt and write it in the log",
        "Supervision for everybody each half term, with a note of what was agreed",
    ),
}
"""What is written in text cells, by the column's id."""

DEPUTIES = ("Lowri Dunmallow", "Hanif Jessamine", "Carys Ravensmoor", "Bethan Inglefold")

OUT_OF: dict[str, tuple[int, int]] = {
    "4.2": (0, 4),
    "4.5": (0, 1),
    "6.2": (1, 6),
    "6.6": (0, 3),
    "8.3": (0, 6),
    "8.6": (0, 4),
    "9.2": (14, 60),
    "9.3": (0, 3),
    "11.2": (0, 6),
}
"""For "x of y" questions of the early years audit: between which figures y lies in this story."""

PROVISION: dict[str, tuple[str, ...]] = {
    "group": ("day_nursery", "pre_school"),
    "childminder": ("childminder_ofsted",),
    "out_of_school": ("club",),
    "school_nursery": ("school_nursery_class",),
}
"""What each kind calls itself where a question asks which sort of provision this is."""

WHO = ("Deputy manager", "Safeguarding lead", "Room leader", "Manager", "Chair of the committee")

PROGRESS = (
    "The procedure is rewritten; half of the team has been taken through it.",
    "First sample done: three of five were complete. We look again after half term.",
    "Waiting for a place on the course in the spring.",
)

CLOSINGS = (
    "Sampled five records in June: all complete, with a decision and a date.",
    "Everybody trained by May; the matrix shows it and the committee has seen it.",
    "Two schools sent receipts at once, the third after a call. The log is up to date.",
)
"""Who does what of a plan, how it will be known, how it comes on, and what it came to."""
