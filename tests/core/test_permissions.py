"""Who may do what, as one table says."""

import pytest

from audit_app.core.permissions import (
    GRANTED,
    HELD_AT_ORGANISATION,
    HELD_AT_PARTNERSHIP,
    WORDS,
    Permission,
    Role,
    is_granted,
)

WITHOUT_A_ROLE = {Permission.ANYONE, Permission.SIGNED_IN}


def test_every_permission_is_in_the_table_or_needs_no_role() -> None:
    assert set(GRANTED) | WITHOUT_A_ROLE == set(Permission)
    assert not set(GRANTED) & WITHOUT_A_ROLE


def test_every_permission_is_carried_by_some_role_and_every_role_carries_some() -> None:
    assert all(GRANTED.values())
    assert {role for roles in GRANTED.values() for role in roles} == set(Role)


def test_every_role_has_words_and_one_place_where_it_is_held() -> None:
    assert set(WORDS) == set(Role)
    assert not HELD_AT_ORGANISATION & HELD_AT_PARTNERSHIP
    assert set(Role) - HELD_AT_ORGANISATION - HELD_AT_PARTNERSHIP == {Role.ADMINISTRATOR}


@pytest.mark.parametrize("permission", sorted(GRANTED))
def test_whoever_has_no_role_has_no_permission(permission: Permission) -> None:
    assert not is_granted(permission, frozenset())


@pytest.mark.parametrize("permission", sorted(GRANTED))
@pytest.mark.parametrize("role", Role)
def test_a_role_carries_exactly_what_the_table_says(permission: Permission, role: Role) -> None:
    assert is_granted(permission, frozenset({role})) == (role in GRANTED[permission])


def test_one_role_that_carries_it_is_enough() -> None:
    both = frozenset({Role.BOARD_MEMBER, Role.CONTRIBUTOR})
    assert is_granted(Permission.ANSWER_RETURN, both)
    assert is_granted(Permission.READ_BOARD_SUMMARY, both)
    assert not is_granted(Permission.MODERATE_RETURN, both)


def test_what_anyone_may_needs_no_role() -> None:
    assert all(is_granted(permission, frozenset()) for permission in WITHOUT_A_ROLE)


def test_those_who_answer_do_not_judge_and_those_who_judge_do_not_answer() -> None:
    assert not GRANTED[Permission.ANSWER_RETURN] & GRANTED[Permission.MODERATE_RETURN]
    assert not GRANTED[Permission.SUBMIT_RETURN] & GRANTED[Permission.MODERATE_RETURN]


def test_whoever_may_submit_may_answer_and_whoever_may_answer_may_read() -> None:
    assert GRANTED[Permission.SUBMIT_RETURN] <= GRANTED[Permission.ANSWER_RETURN]
    assert GRANTED[Permission.ANSWER_RETURN] <= GRANTED[Permission.READ_RETURN]


def test_the_board_reads_figures_and_not_single_returns() -> None:
    assert Role.BOARD_MEMBER not in GRANTED[Permission.READ_RETURN]
