"""What stays as it is while a return awaits a signature."""

import pytest

from audit_app.core.awaiting import (
    STAYS,
    AwaitsSignature,
    Change,
    awaiting_words,
    refuse_while_awaited,
)

ALLOWED = {Change.REPORT_PROGRESS, Change.KEEP_TYPED, Change.CHANGE_REGISTER, Change.EXTEND}


def test_every_change_has_its_rule_and_these_alone_are_allowed():
    assert set(STAYS) == set(Change)
    assert {change for change, stays in STAYS.items() if stays is None} == ALLOWED


@pytest.mark.parametrize("change", list(Change))
def test_what_stays_is_refused_while_a_signature_is_awaited_and_never_otherwise(change: Change):
    refuse_while_awaited(change, awaits=False)
    if change in ALLOWED:
        refuse_while_awaited(change, awaits=True)
        return
    with pytest.raises(AwaitsSignature) as refused:
        refuse_while_awaited(change, awaits=True)
    assert str(refused.value) == awaiting_words(change)
    assert "awaits a signature" in str(refused.value)
    assert "take" in str(refused.value)
    assert "decline" in str(refused.value)
