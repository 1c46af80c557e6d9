"""What the YAML reader found wrong, and where, in words that an author can act on."""

from ruamel.yaml.error import MarkedYAMLError
from ruamel.yaml.reader import ReaderError

SAID: tuple[tuple[str, str], ...] = (
    ("undefined alias", "anchors (&) and aliases (*) are not allowed: write the text out"),
    ("alphabetic or numeric character", "a text that begins with & or * needs quotation marks"),
    ("single document", "only one document to a file: take out the second `---`"),
    (
        "could not find expected ':'",
        "a line is not `name: value`; is a colon or a quotation mark missing just above?",
    ),
    (
        "mapping values are not allowed",
        "a colon followed by a space inside a text: put the text in quotation marks",
    ),
    ("expected ',' or ']'", "a list that begins with [ is not closed: is a ] or a comma missing?"),
    ("expected ',' or '}'", "a part that begins with { is not closed: is a } or a comma missing?"),
    ("unexpected end of stream", "a quotation mark is not closed"),
    ("unexpected document separator", "a quotation mark is not closed"),
    ("expected <block end>", "this line is not in line with the ones above: look at its spaces"),
    ("cannot start any token", "a text that begins with this sign needs quotation marks"),
    ("unknown escape character", "a backslash inside \" \" stands for something else: use ' '"),
    ("escape sequence", "a backslash inside \" \" stands for something else: use ' '"),
    ("tag handle", "a tag (!) is not allowed: take it out, or put the text in quotation marks"),
    ("nested too deeply", "lists are nested too deeply"),
)
"""Parts of what the reader says, and what we say for them; the first that fits is taken."""

NOT_CLOSED = ("unexpected end of stream", "expected ',' or ']'", "expected ',' or '}'")


def why_not_yaml(error: Exception, text: str) -> tuple[int, int, str]:
    """Give line and column, both from 1, and what is wrong there."""
    if isinstance(error, ReaderError):
        before = text[: error.position]
        line = before.count("\n") + 1
        column = len(before) - (before.rfind("\n") + 1) + 1
        code = ord(error.character) if isinstance(error.character, str) else error.character
        return line, column, f"an invisible character (U+{code:04X}) stands here: take it out"
    if not isinstance(error, MarkedYAMLError):
        return 1, 1, f"not YAML: {str(error).splitlines()[0] if str(error) else 'it has no form'}"
    mark = error.problem_mark or error.context_mark
    found = f"{error.context or ''} {error.problem or ''}"
    if any(part in found for part in NOT_CLOSED) and error.context_mark is not None:
        # What matters is where it was opened, not where the reader stopped.
        mark = error.context_mark
    if mark is None:
        return 1, 1, f"not YAML: {found.strip()}"
    return mark.line + 1, mark.column + 1, _plainly(found, text, mark.line)


def _plainly(found: str, text: str, line: int) -> str:
    lines = text.splitlines()
    at_fault = lines[line] if line < len(lines) else ""
    if "\t" in at_fault[: len(at_fault) - len(at_fault.lstrip())]:
        return "a tab is used as indentation: use spaces"
    if "'\\t'" in found:
        return "a tab is used here: use spaces"
    for part, said in SAID:
        if part in found:
            return said
    return found.strip() if found.strip().startswith("the file") else f"not YAML: {found.strip()}"
