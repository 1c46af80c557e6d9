"""The PDF of an action plan: tagged, in order, whole, and printed with the return."""

from datetime import date
from functools import cache

from audit_app.reporting.plan_report import PrintedAction, PrintedPlan, plan_html, plan_report
from audit_app.reporting.return_report import return_html, return_report
from tests.reporting.examples import facts, sheet
from tests.reporting.pdf_reading import opened, page_words, tagged

LATE = PrintedAction(
    about="6.3 Do you put small worries side by side?",
    rating="red",
    now=None,
    is_critical=True,
    what="A fixed half hour each fortnight to read the chronologies together",
    who="Deputy manager",
    by_when=date(2026, 10, 31),
    how_known="Five chronologies sampled in March have no gap of more than a month",
    status="In progress",
    is_overdue=True,
)
OWN = LATE._replace(
    about=None,
    rating=None,
    is_critical=False,
    what="Ring <b>two</b> schools & ask",
    who=None,
    by_when=None,
    how_known=None,
    status="Draft",
    is_overdue=False,
)
GREEN = LATE._replace(
    rating=None, now="Green now", is_critical=False, status="Done", is_overdue=False
)
DROPPED = LATE._replace(status="Dropped", came_to="The review said it better", is_overdue=False)


@cache
def plan() -> PrintedPlan:
    return PrintedPlan((LATE, GREEN, OWN) * 6, (DROPPED,))


@cache
def made() -> bytes:
    return plan_report(plan(), about=facts())


def test_the_plan_is_tagged_and_says_its_language_and_title():
    pdf = opened(made())
    assert pdf.Root.MarkInfo.Marked
    assert pdf.Root.StructTreeRoot.K
    assert b'pdfuaid:part="1"' in pdf.Root.Metadata.read_bytes()
    assert str(pdf.Root.Lang) == "en-GB"
    assert pdf.Root.ViewerPreferences.DisplayDocTitle
    assert "Action plan: Early Years Safeguarding Audit 2026" in str(pdf.docinfo.Title)


def test_every_table_header_of_the_plan_says_which_way_it_points():
    pdf = opened(made())
    assert {"/Row", "/Column"} == {str(header.A.Scope) for header in tagged(pdf, "/TH")}
    assert len(tagged(pdf, "/Table")) >= 2


def test_the_same_plan_gives_the_same_file():
    assert made() == plan_report(plan(), about=facts())


def test_the_plan_says_what_who_by_when_and_how_it_will_be_known():
    pdf = opened(made())
    pages = (page_words(pdf, number) for number in range(len(pdf.pages)))
    words = " ".join(" ".join(pages).split())
    for said in ("Deputy manager", "31 October 2026", "Overdue", "Five chronologies sampled"):
        assert said in words
    assert "18 actions, 6 of them overdue" in words
    assert "The review said it better" in words
    assert "Not said yet" in words


def test_what_people_wrote_is_never_markup():
    assert "Ring &lt;b&gt;two&lt;/b&gt; schools &amp; ask" in plan_html(plan(), about=facts())


def test_a_plan_without_actions_says_so():
    assert "No action is planned." in plan_html(PrintedPlan((), ()), about=facts())


def test_the_return_prints_its_plan_where_there_is_one():
    assert "What is planned" in return_html(sheet(), about=facts(), plan=plan())
    assert "What is planned" not in return_html(sheet(), about=facts())
    assert return_report(sheet(), about=facts(), plan=plan()).startswith(b"%PDF")
