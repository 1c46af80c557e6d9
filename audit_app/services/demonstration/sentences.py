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

TEXTS: tuple[str, ...] = (
    "Three small worries over one term, looked at together, led us to ring for advice; the family "
    "now has a family support worker.",
    "We put the three bruise forms of the spring side by side, saw that all were on Mondays, and "
    "talked to the health visitor.",
    "Team meeting in October; we changed how we write down who collected a child.",
    "Lead to update the transfer log and to ring two schools for receipts.",
    "Supervision notes, team meeting minutes and the training matrix, all kept in the office.",
)
