"""The running count of a section: its points, its levels, and how much of it is answered."""

from fractions import Fraction

from audit_app.core.results import QuestionResult, Standing

PLAIN_OF = 2
UNANSWERED, AUTOMATICALLY = Standing.UNANSWERED, Standing.AUTOMATIC
NOTHING = Fraction(0)


class Tally:
    """The running count of one section: points, levels and what has none."""

    __slots__ = (
        "amber",
        "automatic",
        "checked",
        "critical_amber",
        "critical_red",
        "critical_unanswered",
        "critical_unchecked",
        "green",
        "left_open",
        "other_points",
        "points",
        "red",
        "reds",
        "weight",
        "without_level",
    )

    def __init__(self) -> None:
        """Begin with nothing counted."""
        self.points = self.weight = self.red = self.amber = self.green = 0
        self.without_level = self.left_open = self.automatic = 0
        self.checked = self.critical_unchecked = 0
        self.other_points = NOTHING
        self.reds: list[str] = []
        self.critical_red: list[str] = []
        self.critical_amber: list[str] = []
        self.critical_unanswered: list[str] = []

    def add(self, found: QuestionResult) -> None:
        """Count one scored question."""
        standing, rag, critical = found.standing, found.rag, found.critical
        if standing is UNANSWERED:
            self.left_open += 1
            if critical:
                self.critical_unanswered.append(found.id)
        if standing is AUTOMATICALLY:
            self.automatic += 1
        elif found.is_moderated:
            self.checked += 1
        elif critical:
            self.critical_unchecked += 1
        if rag is None:
            self.without_level += 1
            return
        weight, of = found.weight, found.of
        self.weight += weight
        if of == PLAIN_OF:
            self.points += weight * found.points
        else:
            self.other_points += Fraction(PLAIN_OF * weight * found.points, of)
        if rag == "green":
            self.green += 1
        elif rag == "amber":
            self.amber += 1
            if critical:
                self.critical_amber.append(found.id)
        else:
            self.red += 1
            if not critical:
                self.reds.append(found.id)
            elif standing is not UNANSWERED:
                self.critical_red.append(found.id)

    def take(self, other: "Tally") -> None:
        """Add the count of a section within this one."""
        self.points += other.points
        self.weight += other.weight
        if other.other_points is not NOTHING:
            self.other_points += other.other_points
        self.red += other.red
        self.amber += other.amber
        self.green += other.green
        self.without_level += other.without_level
        self.left_open += other.left_open
        self.automatic += other.automatic
        self.checked += other.checked
        self.critical_unchecked += other.critical_unchecked
        self.reds += other.reds
        self.critical_red += other.critical_red
        self.critical_amber += other.critical_amber
        self.critical_unanswered += other.critical_unanswered

    @property
    def levels(self) -> int:
        """Count the questions that have a level."""
        return self.red + self.amber + self.green
