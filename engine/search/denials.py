"""What a caption says is not there: "no leash", "without a hat", "not wearing a helmet"."""

import re

_ARTICLES = r"(?:\s+(?:an?|the|any|his|her|its|their|single|visible))*"
_HAVING = r"(?:wear(?:ing)?|hav(?:e|ing)|hold(?:ing)?|carry(?:ing)?|show(?:ing)?|contain(?:ing)?|includ(?:e|ing)|got)"
_SOME_ARE_THERE = r"others?|another|additional|more|less|fewer|longer|only|just|much|many|all|every"
_PHRASE_ENDS = (
    r"an?|the|some|and|or|nor|no|not|without|but|yet|except|besides|than|that|who|which|while|when|as|is|are|was|were"
    r"|has|have|can|on|in|at|by|near|with|from|to|for|under|over|behind|beside|between|around|against|into|along"
    r"|across|next|of|\w+ing"
)
_NOUNS = rf"(?:\s+(?!(?:{_SOME_ARE_THERE}|{_PHRASE_ENDS})\b)\w+(?:['’-]\w+)*){{1,3}}"
_DENIAL = re.compile(
    rf"""(?<!\bwith\ and\ )(?<!\bwith\ or\ )(?<!\bnot\ )\b
    (?:no|without|lacking|lacks|devoid\ of|free\ of|neither|nor
      |(?:not|\w+n['’]t)(?:\s+{_HAVING}|(?=\s+(?:an?|any)\b)))
    {_ARTICLES}{_NOUNS}(?:,?\s+(?:or|nor){_ARTICLES}{_NOUNS})*""",
    re.IGNORECASE | re.VERBOSE,
)

NEGATORS = ("no", "without", "lacking", "lacks", "devoid", "free", "neither", "nor", "not", "t")
"""Words of which every denial holds one, as the word index splits them."""


def denials(text: str) -> list[str]:
    """Return what a text says is not there, each with the word that denies it."""
    return [" ".join(match[0].split()) for match in _DENIAL.finditer(text)]


def without_denials(text: str) -> str:
    """Return a text without what it says is not there.

    Where it is not clear how far a denial goes, it ends: "no hat and a dog" denies the hat alone, "no other people" and
    "not watching a dog" nothing.
    """
    return _DENIAL.sub(" ", text)
