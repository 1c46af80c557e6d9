"""Finding dates of birth: a date beside a word for birth, or right behind a likely name."""

import re
from collections.abc import Iterator

MONTHS = (
    r"jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?"
    r"|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?"
)
DATE = re.compile(
    r"(?<![\d.,/-])(?:"
    r"\d{1,2}[./-]\d{1,2}[./-](?:\d{4}|\d{2})"
    r"|\d{4}-\d{2}-\d{2}"
    rf"|\d{{1,2}}(?:st|nd|rd|th)?(?: of)? (?:{MONTHS})\.?,? (?:\d{{4}}|['’]?\d{{2}})"
    r")(?![\d/])",
    re.IGNORECASE,
)

BIRTH_BEFORE = re.compile(
    r"\b(?:d\.? ?o\.? ?b\b|date of birth|birth ?date|birthday|(?:was )?born)[^\w\n]{0,4}"
    r"(?:(?:is|was|on|the|dob)[^\w\n]{1,3}){0,3}$",
    re.IGNORECASE,
)
BIRTH_AFTER = re.compile(r"[ ,;:(\[-]{1,3}(?:d\.? ?o\.? ?b\b|date of birth)", re.IGNORECASE)

ONE_NAME = re.compile(r"[^\W\d_](?:['’-]?[^\W\d_])*")
BEHIND_NAME = re.compile(r"[^\w\n]{0,4}")
BETWEEN_NAMES = re.compile(r"[ \u00a0]{1,2}|, ")

LOOKED_AT_BEFORE, LOOKED_AT_AFTER = 80, 20
"""How many characters around a date are looked at, so that long texts take no longer by length."""

TITLES_AND_DAYS = """
act action address admin advice after agency agreement aid all allegations and annual appendix
apprentice april assent assessment at attendance audit august autumn award before behaviour board
booklet bulletin by care case centre certificate chair check checked child childcare childminder
children class club committee completed concern concerns conference contract council county course
court dated day dbs december deputy designated designation district due duty early ecfs education
effective emergency england evidence exploitation eyfs february file fire first folder food form
forms foundation framework friday from full group guidance guide half handbook head health hub
hygiene in induction information inset inspection intervention issue issued january july june
keeping key last lead leadership level locality log management manager mapping march matrix may
meeting minutes modern monday mosque multi neglect new newsletter next no norfolk november number
nursery october of officer ofsted on online operation our out paediatric page panel parent parents
part partnership pathway plan playgroup policies policy poster pre prevent procedure procedures
programme prospectus protection protocol published quality questionnaire record recording records
recruitment referral refresher register registration report return review reviewed revised risk room
rota royal safe safeguarding safer safety saturday school section see send september service session
setting sheet signed since site slavery social spring staff standard standards statement statutory
strategy summer sunday supervision support survey system team template term the threshold thresholds
thursday to together toolkit training transfer tuesday unit university update updated version visit
visitor visitors website wednesday welfare whistleblowing working workshop written year years
"""

NOT_NAMES: frozenset[str] = frozenset(TITLES_AND_DAYS.split())
"""Words that begin with a capital in the titles, days and months of this field."""


def places_of_birth_dates(text: str) -> Iterator[tuple[int, int]]:
    """Give where each begins and ends, with the name before it where there is one."""
    for date in DATE.finditer(text):
        start, end = date.span()
        before = text[max(0, start - LOOKED_AT_BEFORE) : start]
        born = BIRTH_BEFORE.search(before)
        after = BIRTH_AFTER.match(text, end, end + LOOKED_AT_AFTER)
        if born or after:
            word = start - len(before) + born.start() if born else start
            named = _name_before(text, word, least=1)
            yield (word if named is None else named), (after.end() if after else end)
        elif (named := _name_before(text, start, least=2)) is not None:
            yield named, end


def _name_before(text: str, place: int, *, least: int) -> int | None:
    """Give where the name right before a place begins: so many words or more, each capitalised."""
    begins = max(0, place - LOOKED_AT_BEFORE)
    start, number, last = None, 0, place
    for word in reversed(list(ONE_NAME.finditer(text, begins, place))):
        gap = text[word.end() : last]
        joined = BEHIND_NAME if start is None else BETWEEN_NAMES
        if not joined.fullmatch(gap) or not _may_be_name(word[0]):
            break
        start = last = word.start()
        # An initial belongs to a name, and is none by itself.
        number += len(word[0]) > 1
    return start if number >= least else None


def _may_be_name(word: str) -> bool:
    """Say whether a word is written as names are, and is none of this field's own."""
    return word[0].isupper() and not word[1:].isupper() and word.lower() not in NOT_NAMES
