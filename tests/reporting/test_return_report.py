"""What the paper of a return says, in the words a reader meets."""

import re
from datetime import date

from audit_app.core.evidence.pieces import Piece
from audit_app.core.questionnaire import Caps
from audit_app.core.replies import Reply, Validation
from audit_app.core.results import Stage
from audit_app.reporting.return_report import return_html
from tests.reporting.examples import COPY, early_years, facts, replies_to, sheet, tiny


def words_of(html: str) -> str:
    """The words of a page, with single spaces."""
    return re.sub(r"\s+", " ", re.sub(r"<[^>]*>", " ", html.partition("<body>")[2])).replace(
        "\u00a0", " "
    )


def small(stage: Stage = Stage.SUBMITTED, given: dict[str, Reply] | None = None) -> str:
    replies = given or {"1.1": Reply("amber", "We look, but not often."), "2.1": Reply("yes")}
    return words_of(return_html(sheet(tiny(), stage=stage, replies=replies), about=facts()))


def test_every_answer_stands_with_its_question_its_words_and_its_commentary():
    said = small()

    assert "How well are concerns recorded?" in said
    assert "Amber : Recorded, not reviewed." in said or "Amber: Recorded, not reviewed." in said
    assert "We look, but not often." in said
    assert "Are records passed on when a child leaves?" in said


def test_evidence_stands_with_its_title_its_date_and_whether_it_has_expired():
    behind = (
        Piece("Safeguarding policy", date(2026, 3, 3), date(2026, 4, 1)),
        Piece("Log of concerns", where="Blue folder"),
    )
    said = small(given={"1.1": Reply("amber", evidence=behind), "2.1": Reply("yes")})

    assert "Safeguarding policy, dated 3 March 2026, expired on 1 April 2026" in said
    assert "Log of concerns (Blue folder), no date given" in said


def test_a_question_without_an_answer_says_so():
    assert "Not answered" in small(Stage.CLOSED, {"2.1": Reply("yes")})


def test_the_cover_counts_what_calls_for_action():
    assert "Amber overall, by its own assessment: 1 answer calls for action." in small()


def test_the_actions_say_what_green_means():
    assert "Recorded and reviewed." in small()


def test_where_all_is_green_nothing_calls_for_action():
    assert "Nothing calls for action." in small(given={"1.1": Reply("green"), "2.1": Reply("yes")})


def test_a_draft_has_no_rating_and_says_what_it_is():
    said = small(Stage.DRAFT, {"1.1": Reply("green")})

    assert "Draft, not submitted" in said
    assert (
        "1 of 2 questions that count towards a rating are answered. A draft has no rating." in said
    )
    assert "Green overall" not in said


def test_a_claim_of_not_applicable_is_printed_with_its_reason():
    said = small(given={"1.1": Reply("green"), "2.1": Reply(not_applicable="Nobody has left.")})

    assert "Not applicable: Nobody has left." in said


def test_a_validated_rating_stands_beside_the_self_rating_and_never_over_it():
    checked = {"1.1": Validation("red", reason="The file was empty.")}
    replies = {"1.1": Reply("amber"), "2.1": Reply("yes")}
    made = sheet(tiny(), replies=replies, validations=checked)
    said = words_of(return_html(made, about=facts()))

    assert "Red after moderation; the self-rating was Amber" in said
    assert "self-rating Amber" in said
    assert "The file was empty." in said
    assert "By its own assessment alone: Amber" in said


def test_what_was_declined_stands_on_the_cover_with_why_it_was_signed_all_the_same():
    about = facts()._replace(declined="Greta Oak: “See 2.3.” Amina Shah signed all the same.")
    said = words_of(return_html(sheet(), about=about))

    assert "Declined before that by Greta Oak: “See 2.3.” Amina Shah signed all the same." in said


def test_the_first_page_of_a_copy_says_what_was_sent_when_by_whom_and_how_it_is_checked():
    html = return_html(sheet(), about=facts(copy=COPY, declined="Olu Brand: “See 2.3.”"))
    said = words_of(html.partition("</header>")[0])

    for words in (
        "Reference EYA-2026-0042",
        "The whole return that follows: version 1 of 2",
        "12 November 2026 at 9:30am, by Wendlemere Safeguarding Children Partnership",
        "Sent by Jo Example",
        "Greta Example, Owner of the nursery: “I confirm that these answers show things",
        "Check number 7F3A 91CC 04BE 5D12",
        "with the same number, at https://audit.example.org/returns/reference/EYA-2026-0042 .",
        "Declined before it was signed, by Olu Brand: “See 2.3.”",
    ):
        assert words in said, words


def test_a_copy_of_a_service_without_an_address_is_found_by_its_reference():
    nowhere = COPY._replace(address="", name=None)
    said = words_of(return_html(sheet(), about=facts(copy=nowhere)))

    assert "with the same number, by its reference." in said
    assert "Signed by" not in said


def test_last_cycle_stands_beside_this_one():
    assert "Early Years Safeguarding Audit 2025: Amber." in small()


def test_the_points_of_the_appendix_add_up_to_those_of_the_section():
    made = sheet()
    html = return_html(made, about=facts())
    table = html.partition('<table class="points">')[2].partition("</table>")[0]
    for body in re.findall(r"<tbody>(.*?)</tbody>", table, re.DOTALL)[:-1]:
        rows = re.findall(
            r'<td class="figure">([\d–]+)</td>\s*<td class="figure">([\d–]+)</td>\s*</tr>', body
        )
        (points, of), *lines = [tuple(int(n) if n != "–" else 0 for n in row) for row in rows]
        assert sum(line[0] for line in lines) == points
        assert sum(line[1] for line in lines) == of


def test_the_appendix_names_the_version_that_was_answered():
    questionnaire = early_years()
    said = words_of(return_html(sheet(questionnaire), about=facts()))

    assert questionnaire.content_hash in said
    assert "early-years-audit/2026" in said
    assert "rag-2026.1" in said


def test_a_childminder_is_not_shown_columns_that_are_not_asked_of_one():
    made = sheet(kind="childminder")
    said = words_of(return_html(made, about=facts(kind_words="Childminder")))

    assert (
        "Who is your designated safeguarding lead (DSL), and does anyone stand in for you?" in said
    )
    assert "Who gave the training" not in said


def test_every_kind_of_organisation_that_is_asked_gets_its_paper():
    questionnaire = early_years()
    for kind in questionnaire.asked_of:
        for stage in Stage:
            replies = replies_to(questionnaire, kind=kind)
            made = sheet(questionnaire, kind=kind, stage=stage, replies=replies)
            assert "How this was scored" in return_html(made, about=facts())


def test_a_return_closed_with_nothing_in_it_still_has_a_paper():
    made = sheet(stage=Stage.CLOSED, replies={})

    assert "as it stood when the audit closed" in words_of(return_html(made, about=facts()))


def test_a_questionnaire_of_standards_is_explained_in_standards():
    told = tiny().model_copy(update={"section_word": "standard"})
    given = {"1.1": Reply("amber", "We look."), "2.1": Reply("yes")}
    said = words_of(return_html(sheet(told, replies=given), about=facts()))
    assert "A standard’s score is its points" in said
    assert "The answers, standard by standard" in said
    assert "ection’s score" not in said


def test_caps_that_a_questionnaire_does_without_are_not_told_of():
    off = Caps(critical_red=False, critical_amber=False, red=False, section_red=False)
    plain = tiny()
    told = plain.model_copy(update={"scoring": plain.scoring.model_copy(update={"caps": off})})
    said = words_of(return_html(sheet(told), about=facts()))
    assert "The points alone decide: no single answer lowers a rating further." in said
    assert "at most Amber" not in said
    assert "Any question that is Red leaves it at most Amber." in small()


def test_an_answer_that_somebody_else_entered_says_so_under_it():
    words = "Entered by Kezia Moss on behalf of Ada Moss, by telephone"
    html = return_html(sheet(), about=facts(), entered={"1.1": words})
    assert html.count(words) == 1
    assert html.index(words) < html.index(">1.2<")
    assert words not in return_html(sheet(), about=facts())


def test_what_does_not_apply_is_counted_apart_from_the_questions_that_count():
    said = small(given={"1.1": Reply("green"), "2.1": Reply(not_applicable="Nobody has left.")})

    assert "1 question that counts: 1 Green, 1 not applicable" in said
