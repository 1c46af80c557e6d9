"""What is wrong with the shape of a field, in words that an author can act on."""

from typing import Any

SAID: dict[str, str] = {
    "missing": "{field} is missing",
    "extra_forbidden": "{field} is not a field that the format knows here",
    "string_too_short": "{field} is empty",
    "string_unicode": "{field} holds a character that cannot be kept",
    "list_type": "{field} must be a list",
    "dict_type": "{field} must be a mapping of names to values",
    "model_type": "{field} must be a mapping of names to values",
    "model_attributes_type": "{field} must be a mapping of names to values",
    "bool_type": "{field} must be true or false",
    "bool_parsing": "{field} must be true or false",
    "int_type": "{field} must be a whole number",
    "int_parsing": "{field} must be a whole number",
    "int_parsing_size": "{field} is too large a number",
    "int_from_float": "{field} must be a whole number",
    "decimal_type": "{field} must be a number",
    "decimal_parsing": "{field} must be a number",
    "finite_number": "{field} must be a number",
    "greater_than_equal": "{field} must be {ge} or more",
    "less_than_equal": "{field} must be {le} or less",
    "too_short": "{field} is too short: the least is {min_length}",
    "too_long": "{field} is too long: the limit is {max_length}",
    "string_too_long": "{field} is too long: the limit is {max_length} characters",
    "union_tag_not_found": "`kind` is missing: say which kind of question this is",
    "union_tag_invalid": "`{tag}` is not a kind of question; kinds are {expected_tags}",
    "recursion_loop": "{field} is nested too deeply",
}
"""What pydantic finds, and what we say."""

WRITTEN: dict[str, str] = {
    r"^[A-Za-z0-9][A-Za-z0-9._-]*$": "with letters, figures, dots and hyphens, and no spaces",
    r"^[a-z0-9][a-z0-9_-]*$": "with small letters, figures, hyphens and underscores, and no spaces",
    r"^[a-z][a-z0-9_]*$": "with small letters, figures and underscores, beginning with a letter",
    r"^[a-z][a-z0-9_]*(\.[a-z][a-z0-9_]*)?$": "as x, y, value, a column, or `row.column`",
    r"^[a-z][a-z0-9-]*$": "with small letters, figures and hyphens, beginning with a letter",
    r"^[A-Z][A-Z0-9]{1,5}$": "with two to six capital letters or figures, like EYA",
    r"^https://\S+$": "as an address that begins with https://",
}
"""How a field is to be written, by its pattern."""


def what_is_wrong(found: dict[str, Any]) -> str:
    """Say one of pydantic's findings in words."""
    kind, context, value = found["type"], found.get("ctx", {}), found["input"]
    names = [str(part) for part in found["loc"] if isinstance(part, str)]
    if names[-1:] == ["[key]"]:
        # It is a name of a mapping that is wrong, and not what stands behind it.
        names, value = names[:-2], names[-2]
    field = f"`{names[-1]}`" if names else "the file"
    if found["loc"] and isinstance(found["loc"][-1], int) and kind != "literal_error":
        field = f"an entry of {field}"
    if kind == "string_type":
        return _not_text(field, value)
    if kind == "literal_error":
        return f"`{_short(value)}` is not allowed for {field}: use {context['expected']}"
    if kind == "string_pattern_mismatch":
        how = WRITTEN.get(context["pattern"], f"in the form {context['pattern']}")
        return f"`{_short(value)}` will not do for {field}: write it {how}"
    if kind == "value_error":
        return str(found["msg"]).removeprefix("Value error, ")
    if kind in SAID:
        return SAID[kind].format(field=field, **context)
    return f"{field}: {str(found['msg'])[:1].lower()}{str(found['msg'])[1:]}"


def _not_text(field: str, value: Any) -> str:
    if value is None:
        return f"{field} is empty"
    if isinstance(value, list | dict):
        return f"{field} must be a text, not a list or a mapping"
    return f"{field} must be text: put it in quotation marks"


def _short(value: Any) -> str:
    text = str(value)
    return text if len(text) <= 40 else f"{text[:39]}…"
