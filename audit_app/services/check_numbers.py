"""The number by which a copy on paper is compared with the version that the service keeps."""

import json
from hashlib import sha256

from audit_app.services.reading_submissions import Version
from audit_app.storage.models import AuditReturn

LENGTH, GROUP = 16, 4


def check_number(audit_return: AuditReturn, version: Version) -> str:
    """Give the check number of a version: "7F3A 91CC 04BE 5D12".

    It is made of everything that was kept when the version was sent and never changes: reference,
    moment, answers, plan, result and signature. So it is the same on every copy and on the page of
    the version, today and in ten years, and another one as soon as one letter differs.
    """
    signed = version.signature
    kept = {
        "reference": audit_return.reference,
        "number": version.number,
        "at": version.at.isoformat(),
        "answers": version.answers,
        "answers_for": version.answers_for,
        "plan": version.plan,
        "figures": version.result.figures,
        "questionnaire": version.result.content_hash,
        "signature": None
        if signed is None
        else [signed.name, signed.role_in_words, signed.declaration, signed.reason],
    }
    plainly = json.dumps(kept, sort_keys=True, ensure_ascii=True, separators=(",", ":"))
    digits = sha256(plainly.encode()).hexdigest()[:LENGTH].upper()
    return " ".join(digits[at : at + GROUP] for at in range(0, LENGTH, GROUP))
