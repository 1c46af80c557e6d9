"""The running count of a section: its points, its levels, and how much of it is answered."""

from fractions import Fraction

from audit_app.core.results import QuestionResult, Standing

PLAIN_OF = 2
UNANSWERED, AUTOMATICALLY = Standing.UNANSWERED, Standing.AUTOMATIC
NOTHING = Fraction(0)


class Tally:
    """The running count of one section: points, levels and coverage."""

    __slots__ = (
        "amber",
        "answered",
        "applicable",
        "checkable",
        "checked",
        "critical_amber",
        "critical_red",
        "critical_unanswered",
        "critical_unchecked",
        "green",
        "other_points",
        "points",
        "red",
        "reds",
        "weight",
    )

    def __init__(self) -> None:
        """Begin with nothing counted."""
        self.points = self.weight = self.answered = self.applicable = 0
        self.red = self.amber = self.green = 0
        self.checked = self.checkable = self.critical_unchecked = 0
        self.other_points = NOTHING
        self.reds: list[str] = []
        self.critical_red: list[str] = []
        self.critical_amber: list[str] = []
        self.critical_unanswered: list[str] = []

    def add(self, found: QuestionResult, *, draft: bool) -> None:
        """Count one scored question."""
        self.applicable += 1
        standing, rag = found.standing, found.rag
        if standing is not UNANSWERED:
            self.answered += 1
        elif found.critical and not draft:
            self.critical_unanswered.append(found.id)
        if standing is not AUTOMATICALLY:
            self.checkable += 1
            if found.is_moderated:
                self.checked += 1
            elif found.critical:
                self.critical_unchecked += 1
        if rag is None:
            return
        self.weight += found.weight
        if found.of == PLAIN_OF:
            self.points += found.weight * found.points
        else:
            self.other_points += Fraction(PLAIN_OF * found.weight * found.points, found.of)
        if rag == "green":
            self.green += 1
            return
        if rag == "amber":
            self.amber += 1
            if found.critical:
                self.critical_amber.append(found.id)
            return
        self.red += 1
        if not found.critical:
            self.reds.append(found.id)
        elif standing is not UNANSWERED:
            self.critical_red.append(found.id)

    def take(self, other: "Tally") -> None:
        """Add the count of a section within this one."""
        self.points += other.points
        if other.other_points is not NOTHING:
            self.other_points += other.other_points
        self.weight += other.weight
        self.answered += other.answered
        self.applicable += other.applicable
        self.red += other.red
        self.amber += other.amber
        self.green += other.green
        self.checked += other.checked
        self.checkable += other.checkable
        self.critical_unchecked += other.critical_unchecked
        self.reds += other.reds
        self.critical_red += other.critical_red
        self.critical_amber += other.critical_amber
        self.critical_unanswered += other.critical_unanswered

    @property
    def levels(self) -> int:
        """Count the questions that have a level."""
        return self.red + self.amber + self.green
