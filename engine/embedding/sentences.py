"""Split captions into sentences: each gets a vector of its own, so that one detail can match by itself."""

import re

_END = re.compile(r"""[.!?…]+["'”’)\]]*\s+|\n+""")
_LAST_WORD = re.compile(r"[^\s(\[\"'“‘]*$")
_TITLES_AND_STREETS = ("mr", "mrs", "ms", "dr", "prof", "jr", "sr", "st", "mt", "ave", "blvd", "rd")
_NEVER_LAST = frozenset([*_TITLES_AND_STREETS, "inc", "ltd", "vs", "approx"])


def split_sentences(caption: str) -> list[str]:
    """Return the sentences of a caption in their order, without surrounding space.

    A full stop after an abbreviation ("St. Mark's"), an initial ("J. Smith") or inside a number ("3.5") ends nothing;
    neither do commas and semicolons, however long the sentence. A line break always ends one.
    """
    sentences: list[str] = []
    start = 0
    for end in _END.finditer(caption):
        if _is_end(caption, start, end):
            sentences.append(caption[start : end.end()])
            start = end.end()
    sentences.append(caption[start:])
    stripped = (sentence.strip() for sentence in sentences)
    return [sentence for sentence in stripped if any(character.isalnum() for character in sentence)]


def _is_end(caption: str, start: int, end: re.Match[str]) -> bool:
    if "\n" in end.group() or end.group().rstrip() != ".":
        return True
    match = _LAST_WORD.search(caption, start, end.start())
    word = match.group() if match else ""
    following = caption[end.end() : end.end() + 1]
    if word.lower() in {"a.m", "p.m"}:
        return following.isupper()
    if word.lower() == "no":
        return not following.isdigit()
    is_initial = len(word) == 1 and word.isupper() and word not in {"I", "A"}
    return not (is_initial or "." in word or word.lower() in _NEVER_LAST)
