"""Who signs a return, and what a signature must say."""

import pytest

from audit_app.core.permissions import Role
from audit_app.core.signing import (
    LONGEST_PART,
    WAYS,
    Signature,
    SignedBy,
    usual_role,
    ways_to_send,
    wrong_signature,
)

EITHER = (True, False)


def test_every_case_is_in_the_table():
    assert set(WAYS) == {(one, two, by) for one in EITHER for two in EITHER for by in SignedBy}


@pytest.mark.parametrize("signed_by", SignedBy)
def test_nobody_is_left_without_a_way_and_nobody_alone_has_to_ask(signed_by: SignedBy):
    for is_signatory in EITHER:
        alone = ways_to_send(signed_by, is_signatory=is_signatory, has_another=False)
        assert (alone.may_sign, alone.may_ask) == (True, False)
        assert any(ways_to_send(signed_by, is_signatory=is_signatory, has_another=True))


def test_a_signatory_always_signs():
    for signed_by in SignedBy:
        for other in EITHER:
            assert ways_to_send(signed_by, is_signatory=True, has_another=other).may_sign


def test_a_lead_signs_where_the_round_lets_leads_and_asks_where_it_does_not():
    lead = {"is_signatory": False, "has_another": True}
    assert ways_to_send(SignedBy.LEAD, **lead) == (True, True)
    assert ways_to_send(SignedBy.SIGNATORY, **lead) == (False, True)


def test_a_signature_has_a_name_and_a_role_of_a_length_that_can_be_kept():
    assert wrong_signature(Signature("Ada Moss", "Manager")) == {}
    assert set(wrong_signature(Signature(" ", ""))) == {"name", "role"}
    assert set(wrong_signature(Signature("x" * (LONGEST_PART + 1), "Manager"))) == {"name"}


def test_the_weightiest_role_is_offered():
    assert usual_role(frozenset({Role.CONTRIBUTOR, Role.SIGNATORY})) == "Signatory"
    assert usual_role(frozenset({Role.DESIGNATED_LEAD})) == "Designated safeguarding lead"
    assert usual_role(frozenset()) == ""
