"""How a section is named to people: by its number where it has one, else by its title."""

from audit_app.core.question_numbers import is_a_number

LONGEST_NUMBER = 4


def number_of(section_id: str) -> str:
    """Give the id where it is as short as 6, 4.1 or K; an id in words is shown to nobody."""
    return section_id if len(section_id) <= LONGEST_NUMBER else ""


def numbered(section_id: str, title: str) -> str:
    """Give a title after its number: "6. Training", or the title alone."""
    number = number_of(section_id)
    return f"{number}. {title}" if number else title


def question_number(question_id: str) -> str:
    """Give the id of a question where it is a number, as 11.2 or 2.10a; else nothing."""
    return question_id if is_a_number(question_id) else ""


def question_called(question_id: str, section_title: str) -> str:
    """Name a question: by its number, else by how the title of its section begins."""
    return question_number(question_id) or f"“{section_title.partition(':')[0]}”"


def section_called(word: str, section_id: str, title: str) -> str:
    """Name a section in a sentence: "section 6", or its title where it has no number."""
    number = number_of(section_id)
    return f"{word} {number}" if number else title
