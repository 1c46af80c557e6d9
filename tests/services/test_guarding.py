"""Asking once before words that may be personal data are saved, and counting it without them."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from audit_app.core.personal_data import pointed_out
from audit_app.services.guarding import ask_first
from audit_app.storage.models import GuardCount
from tests.builders import make_organisation, make_return

NUMBER = "Seen by the health visitor: 943 476 5919."


def counts(session: Session) -> dict[str, tuple[int, int]]:
    rows = session.scalars(select(GuardCount).execution_options(populate_existing=True))
    return {row.kind: (row.shown, row.kept) for row in rows}


def ask(session, audit_return, text=NUMBER, **values):
    return ask_first(
        session,
        {"commentary": text},
        organisation=audit_return.organisation,
        audit_return=audit_return,
        **values,
    )


def test_words_are_asked_about_the_first_time_and_counted_without_the_words(session):
    audit_return = make_return(session)
    (asked,) = ask(session, audit_return)
    assert (asked.field, asked.found.part) == ("commentary", "943 476 5919")
    assert counts(session) == {"nhs_number": (1, 0)}


def test_what_was_shown_is_counted_once_however_often_it_is_sent(session):
    audit_return = make_return(session)
    (asked,) = ask(session, audit_return)
    assert ask(session, audit_return, shown={asked.found.mark})
    assert counts(session) == {"nhs_number": (1, 0)}


def test_what_may_stay_is_counted_as_kept_and_not_asked_about(session):
    audit_return = make_return(session)
    (asked,) = ask(session, audit_return)
    assert ask(session, audit_return, kept={asked.found.mark}) == []
    assert counts(session) == {"nhs_number": (1, 1)}


def test_saying_that_one_may_stay_does_not_let_another_through(session):
    audit_return = make_return(session)
    (asked,) = ask(session, audit_return)
    more = f"{NUMBER} They live at NR1 3DH."
    (second,) = ask(session, audit_return, more, kept={asked.found.mark})
    assert second.found.part == "NR1 3DH"
    assert counts(session) == {"nhs_number": (1, 0), "postcode": (1, 0)}


def test_what_is_saved_already_is_not_asked_about_again(session):
    audit_return = make_return(session)
    assert ask(session, audit_return, NUMBER + " More.", before=[NUMBER]) == []
    assert counts(session) == {}


def test_what_is_kept_without_having_been_shown_counts_as_both(session):
    audit_return = make_return(session)
    (found,) = pointed_out(NUMBER)
    assert ask(session, audit_return, kept={found.mark}) == []
    assert ask(session, audit_return, kept={found.mark}) == []
    assert counts(session) == {"nhs_number": (2, 2)}


def test_what_an_organisation_says_of_itself_is_not_asked_about(session):
    organisation = make_organisation(session, postcode="NR1 3DH", telephone="01603 223344")
    audit_return = make_return(session, organisation=organisation)
    assert ask(session, audit_return, "We are at NR13DH, ring 01603 223 344.") == []
