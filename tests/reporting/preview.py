"""Prints every report of the invented county into a folder, to be looked at.

.venv/bin/python -m tests.reporting.preview FOLDER
"""

import sys
from pathlib import Path

from audit_app.core.replies import Validation
from audit_app.core.results import Stage
from audit_app.reporting.blank_report import BlankFacts, blank_report
from audit_app.reporting.board_report import board_report
from audit_app.reporting.letter_report import letter_report
from audit_app.reporting.plan_report import plan_report
from audit_app.reporting.return_report import return_report
from tests.reporting.county import board_facts, county
from tests.reporting.examples import COPY, early_years, facts, replies_to, sheet
from tests.reporting.test_letter_report import facts as letter
from tests.reporting.test_plan_report import plan


def main(folder: Path) -> None:
    """Write a return in three states, a blank questionnaire, and the board's report."""
    folder.mkdir(parents=True, exist_ok=True)
    checked = {
        "6.3": Validation("red", reason="The two chronologies we read stop in March."),
        "8.4": Validation("amber", reason="Staff whom we asked did not know the second step."),
    }
    begun = dict(list(replies_to(early_years(), kind="childminder").items())[:20])
    draft = sheet(kind="childminder", stage=Stage.DRAFT, replies=begun)
    not_sent = facts(reference=None, status="In progress", submitted_at=None, submitted_by=None)
    paper = BlankFacts(facts().printed_at, partnership=facts().partnership)
    files = {
        "return.pdf": return_report(sheet(), about=facts()),
        "return-copy.pdf": return_report(sheet(), about=facts(copy=COPY)),
        "return-part-validated.pdf": return_report(sheet(validations=checked), about=facts()),
        "return-draft.pdf": return_report(draft, about=not_sent._replace(kind_words="Childminder")),
        "blank.pdf": blank_report(early_years(), kind="childminder", about=paper),
        "letter.pdf": letter_report(letter()),
        "formal-request.pdf": letter_report(letter(is_formal=True)),
        "action-plan.pdf": plan_report(plan(), about=facts()),
        "return-with-plan.pdf": return_report(sheet(), about=facts(), plan=plan()),
        "board.pdf": board_report(county(), about=board_facts()),
    }
    for name, made in files.items():
        (folder / name).write_bytes(made)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
