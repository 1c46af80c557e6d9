"""A childminder's home keeps its name from those who have no need of it."""

from audit_app.core.lifecycle import State
from audit_app.core.naming import may_read_names, neutral_names, shown_to
from audit_app.core.permissions import Role
from audit_app.core.summary import Returned
from audit_app.core.summing_up import summarise


def row(name, kind="Childminder", locality="North", state=State.SUBMITTED, overall="green"):
    return Returned(
        f"id of {name}", name, kind, locality, state, True, overall, {}, {}, is_validated=False
    )


def summary_of(*rows):
    return summarise(rows, sections=[], areas=[])


def names(rows):
    return [one.organisation for one in rows]


def test_only_those_who_read_returns_across_the_partnership_read_names():
    readers = {role for role in Role if may_read_names(frozenset({role}))}
    assert readers == {Role.COORDINATOR, Role.MODERATOR}
    assert not may_read_names(frozenset())


def test_other_organisations_keep_their_names():
    shown = shown_to(
        summary_of(row("Ash Nursery", kind="Group setting"), row("Nora Plumtree")),
        roles=frozenset({Role.BOARD_MEMBER}),
    )
    assert names(shown.rows) == ["Ash Nursery", "Childminder 1, North locality"]


def test_a_coordinator_is_shown_the_summary_unchanged():
    summary = summary_of(row("Nora Plumtree"))
    assert shown_to(summary, roles=frozenset({Role.COORDINATOR})) is summary


def test_a_neutral_name_does_not_follow_the_alphabet_or_the_order_of_rows():
    rows = [row(f"{letter} Home") for letter in "ABCDEFGHIJ"]
    given = neutral_names(rows)
    numbers = [int(given[one.return_id].split()[1].strip(",")) for one in rows]
    assert sorted(numbers) == list(range(1, 11))
    assert numbers != sorted(numbers)
    assert neutral_names(rows[::-1]) == given


def test_a_neutral_name_stays_when_the_return_comes():
    before = [row(f"{letter} Home", state=State.IN_PROGRESS) for letter in "ABCDE"]
    after = [before[0]._replace(state=State.SUBMITTED), *before[1:]]
    assert neutral_names(before) == neutral_names(after)


def test_who_has_not_returned_stands_in_the_order_of_neutral_names():
    waiting = [row(f"{letter} Home", state=State.NOT_STARTED) for letter in "ABCDEFGHIJKL"]
    shown = shown_to(summary_of(*waiting), roles=frozenset())
    assert names(shown.not_returned) == [f"Childminder {n}, North locality" for n in range(1, 13)]


def test_the_weakest_still_stand_first_and_equals_by_neutral_name():
    rows = [row(f"{letter} Home", overall="amber") for letter in "ABCDEFGHIJK"]
    shown = shown_to(summary_of(*rows, row("Z Home", overall="red")), roles=frozenset())
    assert [one.overall for one in shown.rows][:2] == ["red", "amber"]
    numbers = [int(one.organisation.split()[1].strip(",")) for one in shown.rows[1:]]
    assert numbers == sorted(numbers)


def test_a_home_without_a_locality_is_said_to_have_none():
    assert list(neutral_names([row("A Home", locality="No locality")]).values()) == [
        "Childminder 1, No locality"
    ]
