"""How old somebody must be to read a text with ease, roughly."""

import re

SENTENCE = re.compile(r"[.!?:;]+(?=\s|$)")
WORD = re.compile(r"[A-Za-z\u2019']+")
VOWELS = re.compile(r"[aeiouy]+")


def reading_age(text: str) -> int:
    """Give the Flesch-Kincaid grade of a text plus five, in whole years, truncated; 5 at least.

    Source: Kincaid and others, 1975: 0.39 words a sentence + 11.8 syllables a word - 15.59.
    Syllables are counted as groups of vowels, which is near enough for advice.
    """
    words = WORD.findall(text)
    if not words:
        return 5
    sentences = max(1, len(SENTENCE.findall(text)))
    syllables = sum(_syllables(word.lower()) for word in words)
    grade = 0.39 * len(words) / sentences + 11.8 * syllables / len(words) - 15.59
    return max(5, int(grade + 5))


def _syllables(word: str) -> int:
    count = len(VOWELS.findall(word))
    if word.endswith("e") and not word.endswith(("le", "ee")) and count > 1:
        count -= 1
    return max(1, count)
