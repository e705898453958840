"""Let the vision-language model shorten what rules cannot, and take its answer only where it adds and drops nothing.

Query enhancement of arXiv 2602.07125 by the model that captions. What somebody typed, and what stands in a photo, is
text to be shortened and never an instruction: whatever the model makes of it, only words that were there get through.
"""

import contextlib
import json
from collections import Counter
from collections.abc import Callable
from dataclasses import replace

from engine.paths import RESOURCES
from engine.search.denials import NEGATORS
from engine.search.stemmer import Stemmer
from engine.search.stop_words import STOP_WORDS
from engine.understanding.plan import QueryPlan

Ask = Callable[[str, str, float], str | None]
"""Put a question to the model, with a grammar and a limit in seconds; None where it has no answer in time."""

LIMIT_S = 1.5
_LONG = 12
_LEAST_KEPT = 1 / 3
_MOST_REFERENCE_WORDS = 5
_REFERENCES = frozenset(
    [
        "it",
        "this",
        "that",
        "these",
        "those",
        "here",
        "there",
        "same",
        "he",
        "she",
        "they",
        "him",
        "her",
        "them",
        "who",
        "where",
        "what",
    ]
)
_NEGATIVE = frozenset((*NEGATORS, "never", "nobody", "none", "nothing", "nowhere", "hardly", "barely"))
# What the marks of chat templates are made of, as in "<|im_end|>" and "[INST]": a model would take them for its own.
_MARKUP = str.maketrans(dict.fromkeys("<>[]{}|｜", " "))
_INSTRUCTION = (RESOURCES / "prompts" / "rewrite.txt").read_text(encoding="utf-8").strip()
GRAMMAR = r"""
root ::= "{\"description\": " text ", \"without\": [" (text (", " text){0,3})? "]}"
text ::= "\"" [a-zA-Z0-9À-ÿ ,'-]{1,90} "\""
"""


def is_worth_rewriting(plan: QueryPlan, caption: str | None = None) -> bool:
    """Say whether the model can help: what is left is long, or it points at a photo that has a caption."""
    words = _plain_words(plan.description)
    return len(words) > _LONG or bool(caption and _REFERENCES & set(words))


def rewrite(plan: QueryPlan, ask: Ask, caption: str | None = None) -> QueryPlan | None:
    """Return the plan with a shorter description, or None where there is none to be had in a second and a half.

    `caption` is that of the reference photo, if there is one. Filters, phrases and words that must or must not be there
    stay as the rules understood them.
    """
    if not is_worth_rewriting(plan, caption):
        return None
    without = [_plain(name) for name in plan.must_not]
    request = {"request": _plain(plan.description), "without": without, "photo": _plain(caption or "")}
    answer = ask(f"{_INSTRUCTION}\n\n{json.dumps(request, ensure_ascii=False)}", GRAMMAR, LIMIT_S)
    return None if answer is None else _accept(plan, answer, caption)


def _accept(plan: QueryPlan, answer: str, caption: str | None) -> QueryPlan | None:
    """Return the plan with what the model wrote, unless it lost a negation, added a word, or kept hardly anything."""
    try:
        written = json.loads(answer)
        description, without = written["description"].strip(), " ".join(written["without"])
    except (ValueError, KeyError, TypeError, AttributeError):
        return None
    with contextlib.closing(Stemmer()) as stemmer:
        asked, said = _content(stemmer, plan.description), _content(stemmer, description)
        shown = _content(stemmer, caption or "")
        unwanted = _content(stemmer, " ".join(plan.must_not))
        refused = _content(stemmer, without)
        is_as_negative = _negations(stemmer, plan.description) == _negations(stemmer, description)
    is_sound = is_as_negative and said and said <= asked | shown and unwanted == refused and not said & unwanted
    is_full = len(said & asked) >= _LEAST_KEPT * len(asked) and len(said - asked) <= _MOST_REFERENCE_WORDS
    is_shorter = len(description) <= len(plan.description) or caption
    return replace(plan, description=description) if is_sound and is_full and is_shorter else None


def _content(stemmer: Stemmer, text: str) -> set[str]:
    return {stem for word, stem in stemmer.split(text) if word not in STOP_WORDS}


def _negations(stemmer: Stemmer, text: str) -> Counter[str]:
    return Counter(word for word, _ in stemmer.split(text) if word in _NEGATIVE)


def _plain(text: str) -> str:
    return " ".join(text.translate(_MARKUP).split())


def _plain_words(text: str) -> list[str]:
    return text.lower().replace("?", " ").replace(",", " ").split()
