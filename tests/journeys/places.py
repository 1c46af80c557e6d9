"""Where there is something to look at: the addresses of every role."""

import re
from typing import NamedTuple

from playwright.sync_api import BrowserContext

A_RETURN = re.compile(r"/returns/([0-9a-f-]{36})")
A_CYCLE = re.compile(r"/board/cycles/([0-9a-f-]{36})")

AT_THE_DOOR = (
    "/sign-in/code",
    "/sign-in/passkey",
    "/password-reset",
    "/password-reset/old",
    "/invitations/old",
)
PEOPLE = (
    "/admin/people/",
    "/admin/people/invitations",
    "/admin/people/invite",
    "/admin/people/inactive",
)
ACCOUNT = (
    "/account/",
    "/account/password",
    "/account/email",
    "/account/email/old",
    "/account/second-step",
    "/account/second-step/app",
    "/account/passkeys/add",
    "/account/prove",
)
EVERYBODY = ("/", "/sign-in", "/accessibility", "/privacy", "/no-such-page")
REVIEWS = ("/reviews/", "/reviews/case-ai", "/reviews/case-l", "/reviews/newsletter")
ANSWERING = ("/returns/", "/returns/{now}", "/returns/{now}/check")
ONE_OF_EVERY_KIND = (
    "1.1",
    "1.2",
    "2.1",
    "2.2",
    "2.3",
    "2.5",
    "4.6",
    "6.2",
    "6.3",
    "6.7",
    "8.5",
    "11.3",
    "12.3",
)
ACTIONS = ("/actions/", "/actions/?show=overdue", "/actions/?show=done")
QUESTIONS = tuple(f"/returns/{{now}}/questions/{name}" for name in ONE_OF_EVERY_KIND)
BOARD = ("/board/", "/board/cycles/{cycle}", "/board/cycles/{cycle}/grid")
A_PART = "/board/cycles/{cycle}/grid?part=record-transfer&rating=red"

PLACES: dict[str, tuple[str, ...]] = {
    "": (*EVERYBODY, *AT_THE_DOOR),
    "lead": (
        *ANSWERING,
        "/returns/{now}/read",
        *QUESTIONS,
        "/returns/{now}/questions/6.5",
        "/returns/{now}/sections/6",
        "/returns/{now}/sections/6/give",
        "/returns/{now}/submit",
        "/returns/{now}/questions/1.1/evidence",
        "/returns/{now}/evidence",
        "/returns/evidence/",
        "/returns/{last}/read",
        "/returns/{last}/submitted",
        "/returns/{now}/action-plan",
        "/returns/{now}/rating-so-far",
        "/returns/{now}/hints",
        "/returns/{last}/action-plan",
        "/actions/add/{now}",
        *ACTIONS,
        "/no-such-page",
    ),
    "contributor": (*ANSWERING, "/returns/{now}/sections/6"),
    "signatory": ANSWERING,
    "waiting.lead": ("/returns/",),
    "waiting.signatory": ("/returns/",),
    "changing.lead": ("/returns/",),
    "police": ("/returns/", *ACCOUNT),
    "board": (*BOARD, *REVIEWS),
    "moderator": (*ACTIONS, "/moderation/", "/returns/{last}/read"),
    "east.moderator": ("/moderation/",),
    "coordinator": ("/", "/moderation/?locality=east", A_PART, *PEOPLE, "/admin/history/"),
    "administrator": ("/", "/reviews/", "/admin/people/"),
}
"""By account: what this person can open. `{now}` is the untouched return of the first setting,
`{last}` the one it returned a year ago, `{cycle}` this year's."""


class Ids(NamedTuple):
    """The names of returns and of a cycle in addresses; they are different each time."""

    now: str
    last: str
    cycle: str


def read_ids(lead: BrowserContext, board: BrowserContext) -> Ids:
    """Read the ids off the pages that name them."""
    returns = list(dict.fromkeys(A_RETURN.findall(lead.request.get("/returns/").text())))
    cycles = list(dict.fromkeys(A_CYCLE.findall(board.request.get("/board/").text())))
    return Ids(now=returns[0], last=returns[1], cycle=cycles[0])
