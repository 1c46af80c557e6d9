"""Who signs a return: whoever submits it, or a signatory who is asked to."""

from enum import StrEnum
from typing import NamedTuple

from audit_app.core.permissions import WORDS, Role


class SignedBy(StrEnum):
    """Whose signature a round takes: the lead's own, or that of a signatory where there is one."""

    LEAD = "lead"
    SIGNATORY = "signatory"


SIGNED_BY_WORDS: dict[SignedBy, str] = {
    SignedBy.LEAD: "The designated lead may sign, or ask a signatory to",
    SignedBy.SIGNATORY: "A signatory signs, where the organisation has one",
}


class Ways(NamedTuple):
    """What somebody who may submit can do with a return that is complete."""

    may_sign: bool
    may_ask: bool


WAYS: dict[tuple[bool, bool, SignedBy], Ways] = {
    # is a signatory, there is another one, whose signature the round takes
    (True, False, SignedBy.LEAD): Ways(may_sign=True, may_ask=False),
    (True, False, SignedBy.SIGNATORY): Ways(may_sign=True, may_ask=False),
    (True, True, SignedBy.LEAD): Ways(may_sign=True, may_ask=True),
    (True, True, SignedBy.SIGNATORY): Ways(may_sign=True, may_ask=True),
    (False, False, SignedBy.LEAD): Ways(may_sign=True, may_ask=False),
    (False, False, SignedBy.SIGNATORY): Ways(may_sign=True, may_ask=False),
    (False, True, SignedBy.LEAD): Ways(may_sign=True, may_ask=True),
    (False, True, SignedBy.SIGNATORY): Ways(may_sign=False, may_ask=True),
}
"""Where nobody else is there to sign, whoever submits does: a childminder asks nobody."""


def ways_to_send(signed_by: SignedBy, *, is_signatory: bool, has_another: bool) -> Ways:
    """Say whether somebody who may submit signs, asks another to sign, or may choose."""
    return WAYS[(is_signatory, has_another, signed_by)]


class Signature(NamedTuple):
    """Who signs, as it stands under the declaration."""

    name: str
    role: str


LONGEST_PART = 100
LONGEST_WORDS = 2_000
"""Characters of a note with a request, and of a reason for declining it."""


NO_REASON_IN_SPITE = "Say why you sign although it was declined"


def wrong_in_spite(reason: str) -> str | None:
    """Say what is wrong with the reason for signing what somebody else declined to sign."""
    said = reason.strip()
    if not said:
        return NO_REASON_IN_SPITE
    if len(said) > LONGEST_WORDS:
        return f"The reason must be {LONGEST_WORDS:,} characters or fewer"
    return None


def usual_role(roles: frozenset[Role]) -> str:
    """Give the role that is offered for a signature: the weightiest one that somebody holds."""
    for role in (Role.SIGNATORY, Role.DESIGNATED_LEAD, Role.CONTRIBUTOR):
        if role in roles:
            return WORDS[role]
    return ""


def wrong_signature(signature: Signature) -> dict[str, str]:
    """Give what is wrong with a signature, by its part."""
    wrong = {}
    for part, text, missing in (
        ("name", signature.name, "Enter the name of whoever signs"),
        ("role", signature.role, "Enter the role of whoever signs"),
    ):
        if not text.strip():
            wrong[part] = missing
        elif len(text.strip()) > LONGEST_PART:
            wrong[part] = f"The {part} must be {LONGEST_PART} characters or fewer"
    return wrong
