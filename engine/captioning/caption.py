"""Clean what a model wrote, and refuse what is no caption."""

import re
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from engine.captioning.chat import Reply
from engine.captioning.profile import ModelProfile, Sampling
from engine.captioning.prompt import CAPTION_PROMPT
from engine.errors import CaptionRejected

WORD_BUDGET = 100

_THOUGHT = re.compile(r"<think>.*?(?:</think>|$)", re.DOTALL | re.IGNORECASE)
_SPECIAL = re.compile(
    r"<\|[^|<>]*\|>|</?(?:s|bos|eos|pad|unk|im|img|image|start_of_image|end_of_image|start_of_turn|end_of_turn"
    r"|end_of_utterance|fake_token_around_image)>|\[/?INST\]",
    re.IGNORECASE,
)
_MARKDOWN = re.compile(r"[*`]{1,3}|^\s*(?:#+|[-•]|\d+[.)])\s+", re.MULTILINE)
_LABEL = re.compile(r"^(?:assistant|caption|description|answer|output)\s*:\s*", re.IGNORECASE)
_PREAMBLE = re.compile(
    r"^(?:(?:sure|certainly|of course|okay|absolutely)\b[^.:!\n]*[.:!,]\s*)?"
    r"(?:here(?:'s| is| are)\b[^.:\n]{0,80}:\s*)?",
    re.IGNORECASE,
)
_PICTURE = r"(?:image|photo|photograph|picture|scene|snapshot)"
_OPENING = re.compile(
    rf"^(?:(?:in|within) (?:this|the) {_PICTURE},?\s+(?:(?:we|you|i|one) (?:can )?see\s+|there (?:is|are)\s+)?"
    rf"|(?:this|the) {_PICTURE} (?:also |clearly |mainly )?(?:shows|depicts|features|captures|displays|presents"
    rf"|contains|portrays|is of|consists of)\s+"
    rf"|(?:this is )?an? (?:close-up |colou?r )?{_PICTURE} (?:of|showing)\s+)"
    r"(?!that\b|how\b|no\b|what\b)(?=\w)",
    re.IGNORECASE,
)
_ABSENCE = re.compile(
    r"^(?:there (?:is|are) no\b|no (?:\w+ ){0,4}(?:is|are|can be) (?:visible|present|shown|seen)|no visible\b"
    r"|the (?:image|photo|picture) (?:does not|doesn't) (?:contain|show|include))",
    re.IGNORECASE,
)
_REFUSAL = re.compile(
    r"^(?:(?:i'?m|i am) (?:very |so )?(?:sorry|unable|not able)|sorry,"
    r"|i (?:apologi[sz]e|can'?t|cannot|do(?:n'?t| not) see)|as an ai\b|unfortunately,? i\b"
    r"|(?:no|there is no) (?:image|photo|picture) (?:was |is )?(?:provided|attached))",
    re.IGNORECASE,
)
_SENTENCE_END = re.compile(r"(?<=[.!?])[\"'”’)]?\s+(?=[\"'“‘(]?[A-Z0-9])")
_DANGLING = re.compile(
    r"[\s,;:–-]+(?:a|an|the|and|or|of|in|on|at|to|with|by|for|from|is|are|his|her|its|their)?$", re.IGNORECASE
)
_WORD = re.compile(r"[^\W_]+(?:['’-][^\W_]+)*")
_LONGEST_LOOP = 8
_LOOP_TIMES = 3
_ECHO_WORDS = 6


@dataclass(frozen=True, slots=True)
class Caption:
    """Hold a caption that passed its checks; `tokens` counts every token written for it."""

    text: str
    tokens: int
    retried: bool


def describe_with_retry(
    describe: Callable[[NDArray[np.uint8], Sampling], Reply], picture: NDArray[np.uint8], profile: ModelProfile
) -> Caption:
    """Describe a picture; where the answer is no caption, once more with a little chance and less repetition.

    Raises:
        CaptionRejected: the second answer is no caption either.

    """
    first = describe(picture, profile.sampling)
    try:
        return Caption(clean_caption(first.text), first.tokens, retried=False)
    except CaptionRejected:
        second = describe(picture, profile.retry)
        return Caption(clean_caption(second.text), first.tokens + second.tokens, retried=True)


def clean_caption(raw: str) -> str:
    """Return plain sentences of at most 100 words; raise `CaptionRejected` where there is no caption to be had."""
    text = _strip_wrapping(raw)
    _check_answer(text)
    sentences = _plain_sentences(text)
    caption = " ".join(_within_budget(_without_ragged_end(sentences)))
    _check_sentence(caption)
    return caption


def _strip_wrapping(raw: str) -> str:
    """Take away what belongs to the chat and not to the caption: tokens, thoughts, Markdown, politeness."""
    text = _SPECIAL.sub(" ", _THOUGHT.sub(" ", raw))
    text = _MARKDOWN.sub("", text).replace("’", "'").strip()
    text = _PREAMBLE.sub("", _LABEL.sub("", text))
    text = re.sub(r"\s+", " ", _LABEL.sub("", text)).strip().rstrip("\ufffd").strip()
    if len(text) > 1 and text[0] in "\"'“" and text[-1] in "\"'”" and not re.search(r"[\"“”]", text[1:-1]):
        text = text[1:-1].strip()
    return text


def _check_answer(text: str) -> None:
    words = _words(text)
    if not words:
        raise CaptionRejected("The captioner wrote nothing.")
    if _REFUSAL.match(text):
        raise CaptionRejected("The captioner would not describe this photo.", f"It wrote: {text[:80]}")
    if _echoes_prompt(words):
        raise CaptionRejected("The captioner repeated its instructions.")
    if _loops(words):
        raise CaptionRejected("The captioner repeated itself.", f"It wrote: {text[:80]}")


def _check_sentence(caption: str) -> None:
    letters = sum(character.isalpha() for character in caption)
    if len(_words(caption)) < 2 or "\ufffd" in caption or letters * 2 < len(caption):
        raise CaptionRejected("The captioner wrote no sentence.", f"It wrote: {caption[:80]}")


def _words(text: str) -> list[str]:
    return [word.lower() for word in _WORD.findall(text)]


def _echoes_prompt(words: list[str]) -> bool:
    if words == _words(CAPTION_PROMPT.cue):
        return True
    return not _runs(words, _ECHO_WORDS).isdisjoint(_runs(_words(CAPTION_PROMPT.instruction), _ECHO_WORDS))


def _runs(words: list[str], length: int) -> set[tuple[str, ...]]:
    return {tuple(words[start : start + length]) for start in range(len(words) - length + 1)}


def _loops(words: list[str]) -> bool:
    """Say whether up to eight words stand three times in a row, or whether most of a long text is repetition."""
    for length in range(1, _LONGEST_LOOP + 1):
        span = length * (_LOOP_TIMES - 1)
        matches = 0
        for left, right in zip(words, words[length:], strict=False):
            matches = matches + 1 if left == right else 0
            if matches >= span:
                return True
    runs = max(len(words) - 3, 1)
    return runs >= 20 and len(_runs(words, 4)) < 0.6 * runs


def _plain_sentences(text: str) -> list[str]:
    """Split into sentences that start with what is seen; drop those said twice and those about what is not there."""
    kept: dict[str, str] = {}
    for sentence in _SENTENCE_END.split(text):
        plain = _OPENING.sub("", sentence.strip())
        if plain and not _ABSENCE.match(plain):
            kept.setdefault(plain.lower(), plain[0].upper() + plain[1:])
    return list(kept.values())


def _without_ragged_end(sentences: list[str]) -> list[str]:
    """Drop a last sentence that was cut off; where it is the only one, end it after its last full word."""
    if not sentences or sentences[-1].rstrip("\"'”’)").endswith((".", "!", "?")):
        return sentences
    if len(sentences) > 1:
        return sentences[:-1]
    return [_end(sentences[0])]


def _within_budget(sentences: list[str]) -> list[str]:
    kept: list[str] = []
    left = WORD_BUDGET
    for sentence in sentences:
        left -= len(sentence.split())
        if left < 0:
            break
        kept.append(sentence)
    if not kept and sentences:
        kept.append(_end(" ".join(sentences[0].split()[:WORD_BUDGET])))
    return kept


def _end(text: str) -> str:
    while text != (shorter := _DANGLING.sub("", text)):
        text = shorter
    return f"{text.rstrip('.,;:')}."
