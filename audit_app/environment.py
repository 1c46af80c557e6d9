"""How the words of the environment are read: yes or no, whole numbers and lists."""

from collections.abc import Mapping

YES, NO = ("yes", "true", "on", "1"), ("no", "false", "off", "0")


class ConfigIsWrong(Exception):
    """The environment asks for something that must not or cannot be; says what, in one sentence."""


def listed(environment: Mapping[str, str], name: str) -> tuple[str, ...]:
    """Read what is separated by commas."""
    return tuple(part.strip() for part in environment.get(name, "").split(",") if part.strip())


def yes_or_no(environment: Mapping[str, str], name: str, *, otherwise: bool) -> bool:
    """Read a yes or a no; raises ConfigIsWrong."""
    word = environment.get(name, "").strip().lower()
    if not word:
        return otherwise
    if word not in YES + NO:
        raise ConfigIsWrong(f"{name} must be yes or no.")
    return word in YES


def whole(
    environment: Mapping[str, str], name: str, otherwise: int, *, least: int = 1, most: int = 1000
) -> int:
    """Read a whole number; raises ConfigIsWrong."""
    text = environment.get(name, "").strip()
    if not text:
        return otherwise
    if not text.isdecimal() or not least <= int(text) <= most:
        raise ConfigIsWrong(f"{name} must be a whole number from {least} to {most}.")
    return int(text)
