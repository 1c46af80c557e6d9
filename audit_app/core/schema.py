"""The JSON Schema of the format, for editors that check a file while it is written."""

from typing import Any

from audit_app.core.questionnaire import Questionnaire

ID = "^[A-Za-z0-9][A-Za-z0-9._-]*$"
WORDS_TOO = "^[A-Za-z0-9{][A-Za-z0-9._{}-]*$"
"""An id, and an id in which words of a repeated section may stand."""


def schema_for_editors() -> dict[str, Any]:
    """Give the schema of a file as authors write it, with repeated sections not yet written out."""
    schema = Questionnaire.model_json_schema()
    schema["properties"].pop("content_hash", None)
    section = schema["$defs"]["Section"]["properties"]
    for name in ("owners", "owner_kinds"):
        section[name]["items"] = {"anyOf": [section[name]["items"], {"pattern": r"^\{[a-z_]+\}$"}]}
    found: dict[str, Any] = _with_words(schema)
    return found


def _with_words(part: Any) -> Any:
    if isinstance(part, dict):
        return {
            name: WORDS_TOO if name == "pattern" and inner == ID else _with_words(inner)
            for name, inner in part.items()
        }
    return [_with_words(inner) for inner in part] if isinstance(part, list) else part
