"""What stays as it is while a return awaits a signature: everything that will be signed."""

from enum import StrEnum


class Change(StrEnum):
    """What somebody does to a return, to what stands behind it, or around it."""

    ANSWER = "answer"
    BACK_ANSWER = "back_answer"
    REPLACE_FILE = "replace_file"
    DESCRIBE_EVIDENCE = "describe_evidence"
    REMOVE_EVIDENCE = "remove_evidence"
    DRAFT_ACTIONS = "draft_actions"
    ADD_ACTION = "add_action"
    CHANGE_ACTION = "change_action"
    DROP_ACTION = "drop_action"
    MOVE_DAY = "move_day"
    GIVE_SECTION = "give_section"
    ENTER_ON_BEHALF = "enter_on_behalf"
    REPORT_PROGRESS = "report_progress"
    KEEP_TYPED = "keep_typed"
    CHANGE_REGISTER = "change_register"
    EXTEND = "extend"


C = Change
ANSWERS = "its answers stay as they are"
EVIDENCE = "the evidence behind its answers stays as it is"
PLAN = "its action plan stays as it is"

STAYS: dict[Change, str | None] = {
    # Typed, confirmed as brought forward, uploaded as a spreadsheet, entered for somebody: each is
    # an answer.
    C.ANSWER: ANSWERS,
    # Added, cited, used again or taken away.
    C.BACK_ANSWER: EVIDENCE,
    C.REPLACE_FILE: EVIDENCE,
    C.DESCRIBE_EVIDENCE: EVIDENCE,
    C.REMOVE_EVIDENCE: EVIDENCE,
    C.DRAFT_ACTIONS: PLAN,
    C.ADD_ACTION: PLAN,
    C.CHANGE_ACTION: PLAN,
    C.DROP_ACTION: PLAN,
    # The day is part of what is promised with the signature.
    C.MOVE_DAY: PLAN,
    # Nobody can answer a section now, so nobody is asked to.
    C.GIVE_SECTION: "there is nothing in it to answer now",
    C.ENTER_ON_BEHALF: "nothing can be entered or sent for anybody else",
    C.REPORT_PROGRESS: None,
    C.KEEP_TYPED: None,
    C.CHANGE_REGISTER: None,
    C.EXTEND: None,
}
"""What stays as it is, in words; None where a change is allowed all the same, on purpose:

`REPORT_PROGRESS`: an action that was promised with an earlier signature comes on, and is done, in
its own time. What was promised, by whom and by when is not touched.
`KEEP_TYPED`: words that somebody typed and could not save are kept for them alone, and count for
nothing.
`CHANGE_REGISTER`: the name and the kind of an organisation, and whom it answers for, are facts of
the partnership's register. Whoever signs is shown anew what is asked, before the signature counts
(services/reading_to_sign).
`EXTEND`: more time is no part of what is signed.
"""

WAY_OUT = "To change something, take the request back, or ask whoever signs to decline"
WAY_OUT_FOR_OTHERS = "Ask the organisation to take its request back, or to decline it"


class AwaitsSignature(Exception):
    """Nothing was changed: somebody has this before them to sign. The words say what to do."""

    def __init__(self, change: Change) -> None:
        super().__init__(awaiting_words(change))
        self.change = change


def refuse_while_awaited(change: Change, *, awaits: bool) -> None:
    """Raise AwaitsSignature where a return `awaits` a signature and this would change it."""
    if awaits and STAYS[change] is not None:
        raise AwaitsSignature(change)


def awaiting_words(change: Change) -> str:
    """Say that something stays as it is while a signature is awaited, and what to do about it."""
    way_out = WAY_OUT_FOR_OTHERS if change is Change.ENTER_ON_BEHALF else WAY_OUT
    return f"The return awaits a signature, so {STAYS[change]}. {way_out}"
