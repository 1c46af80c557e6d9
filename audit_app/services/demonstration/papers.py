"""What stands behind the answers of the demonstration: the papers that people there have."""

from fnmatch import fnmatchcase
from typing import NamedTuple

from audit_app.services.demonstration import county
from audit_app.services.demonstration.after_sending import AWAITING, CHANGES, CHECKED, TOLD
from audit_app.services.demonstration.bringing import BROUGHT


class Paper(NamedTuple):
    """One item: a file that says `lines`, or `where` it is to be found.

    `answers` are ids of questions, or patterns of them. `months` is how old it was when it was
    added, None where it has no date; `runs_out` in how many days from today, before today if less
    than nothing. `was_there` says that it stood behind last year's answers already.
    """

    title: str
    answers: tuple[str, ...]
    file: str = ""
    lines: tuple[str, ...] = ()
    where: str | None = None
    months: int | None = 2
    runs_out: int | None = None
    was_there: bool = False
    has_newer: bool = False
    is_scanned: bool = True

    def backs(self, question_id: str) -> bool:
        """Say whether it stands behind the answer to a question."""
        return any(fnmatchcase(question_id, one) for one in self.answers)


OF_A_TEAM: tuple[Paper, ...] = (
    Paper(
        "Safeguarding procedures, the six parts marked",
        ("3.*", "4.1", "4.3", "4.4", "11.1"),
        "safeguarding-procedures.docx",
        (
            "What everybody here does when they are worried about a child.",
            "1. Write down what you saw and heard, with the date, the same day.",
            "2. Tell the safeguarding lead before you go home.",
            "3. If the lead cannot be reached, ring the front door yourself.",
        ),
        was_there=True,
        has_newer=True,
    ),
    Paper(
        "Course certificate of the safeguarding lead",
        ("2.1", "2.3"),
        "certificate-lead.pdf",
        ("Designated safeguarding lead, two days.", "Valid for two years from the course."),
        months=23,
        runs_out=23,
    ),
    Paper(
        "Training list of everybody who works here",
        ("1.3", "2.5", "4.5", "5.1", "5.2"),
        "training-list.xlsx",
        ("Post|Last course|Next due", "Lead|March|March", "Deputy|May|May", "Team|June|June"),
        months=1,
    ),
    Paper(
        "Whom to ring, on the wall by the staff room",
        ("2.2", "8.1"),
        "whom-to-ring.png",
        ("Worried about a child?", "Ring the front door", "01632 960 011", "Do not wait."),
        is_scanned=False,
    ),
    Paper(
        "Paediatric first aid certificate of the deputy",
        ("9.5",),
        "first-aid-deputy.pdf",
        ("Paediatric first aid, two days.", "Valid for three years from the course."),
        months=24,
        runs_out=-40,
        was_there=True,
    ),
    Paper(
        "Notes of the team meeting in the autumn",
        ("2.4", "4.6", "6.5", "12.1"),
        "team-meeting.txt",
        (
            "We read the short account of the review together.",
            "What do we do with three small worries about one child? We put them side by side.",
            "To do: the lead looks through the forms on the last Friday of each month.",
        ),
        months=1,
    ),
    Paper(
        "Files sent to schools, counts only",
        ("11.2", "11.3", "11.4", "11.5"),
        "files-sent.csv",
        ("Term,Left,Files sent,Receipts", "Spring,4,4,4", "Summer,11,11,9"),
        months=3,
    ),
    Paper(
        "Supervision notes, names covered",
        ("5.3", "5.4"),
        where="In the blue folder in the office",
        was_there=True,
    ),
    Paper(
        "Chronologies, names covered",
        ("6.1", "6.2", "6.3", "6.4", "6.9"),
        where="In the locked cabinet; we show three of them on a visit",
        was_there=True,
    ),
    Paper(
        "Log of calls to the front door, counts only",
        ("6.6", "6.8", "8.2", "8.3", "8.4"),
        where="Second page of the office spreadsheet",
    ),
    Paper(
        "Register and notes of absences",
        ("1.2", "9.1", "9.2", "9.3", "9.4", "9.6"),
        where="On the manager's computer, in the folder Attendance",
        months=0,
    ),
    Paper(
        "Forms of injuries seen at arrival",
        ("7.1", "7.2", "7.3"),
        where="In the red folder beside the accident book",
        months=None,
    ),
)

OF_ONE_PERSON: tuple[Paper, ...] = (
    Paper(
        "My course certificate",
        ("2.*", "5.1"),
        "my-certificate.pdf",
        ("Safeguarding for childminders, one day.", "Valid for two years from the course."),
        months=23,
        runs_out=23,
    ),
    Paper(
        "Two pages of my diary, names covered",
        ("4.*", "5.4", "9.1", "9.4"),
        "diary.txt",
        ("Rang the mother at half past nine: a cold.", "Wrote down the third such Monday."),
        months=1,
        was_there=True,
    ),
    Paper(
        "The numbers I keep on the fridge",
        ("8.1", "8.2"),
        "on-the-fridge.png",
        ("If you are worried", "01632 960 011", "Out of hours", "01632 960 012"),
        is_scanned=False,
    ),
    Paper(
        "What I would do, in my own words",
        ("3.*",),
        where="First page of the blue folder on the kitchen shelf",
        was_there=True,
    ),
    Paper(
        "My notebook of small worries",
        ("6.*",),
        where="In the drawer with the registers; I show it on a visit",
        months=0,
    ),
    Paper(
        "My accident book, with what I saw at arrival",
        ("7.1", "7.3"),
        where="Beside the first aid box",
        months=None,
    ),
)

OF_AN_AGENCY: tuple[Paper, ...] = (
    Paper(
        "Report to the executive board on the recommendations",
        ("*[137].evidence", "*[137].rating"),
        "report-to-the-board.pdf",
        ("Where each recommendation stands, and what is in the way.", "For decision: item four."),
        months=1,
    ),
    Paper(
        "Dip sample of twenty records",
        ("*[24].evidence", "*[24].rating"),
        "dip-sample.xlsx",
        ("Looked at|Found|Of", "Decision written down|17|20", "Lateral checks|14|20"),
        months=2,
    ),
    Paper(
        "Course evaluations",
        ("*5.evidence", "*5.rating"),
        where="With the learning and development team, on the shared drive",
        months=4,
    ),
)

WITH_FILES = frozenset({0, 1, BROUGHT, CHECKED, CHANGES, AWAITING, 49})
"""Settings whose papers are all here, each with an account of its own; at one in eight of
the others, and where the answers were told by telephone, is said where they are to be found."""

AGENCIES_WITH_FILES = frozenset({0, 6, 8, 14})


def papers_of(setting: county.Setting) -> tuple[Paper, ...]:
    """Give what a setting or an agency of the story has to show."""
    if setting.kind not in county.NUMBERS:
        return OF_AN_AGENCY if setting.number in AGENCIES_WITH_FILES else ()
    papers = OF_ONE_PERSON if setting.kind == "childminder" else OF_A_TEAM
    if setting.number in WITH_FILES:
        return papers
    cites = setting.number % 8 == 5 or setting.number == TOLD
    return tuple(one for one in papers if one.where) if cites else ()
