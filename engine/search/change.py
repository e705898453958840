"""Change a caption by words: what they contradict goes, what they leave alone stays."""

import re
from collections.abc import Sequence

from engine.embedding.sentences import split_sentences

# Of the words in a line a photo shows one; words that go together well, such as "street" and "car", share no line.
_EXCLUSIVE = """
    red orange yellow green blue purple pink violet brown black white grey gray golden silver beige tan turquoise
    one two three four five six seven eight nine ten several many
    man woman boy girl child baby toddler person lady guy gentleman
    men women boys girls children kids babies people
    dog cat horse cow sheep goat bird duck elephant bear zebra giraffe monkey rabbit puppy kitten lion tiger
    dogs cats horses cows birds ducks elephants bears zebras giraffes monkeys rabbits puppies kittens
    car bus truck bicycle bike motorcycle motorbike train boat ship plane airplane tractor scooter
    day night morning evening dawn dusk noon midnight sunset sunrise daylight
    spring summer autumn fall winter
    grass snow sand ice mud gravel
    beach street forest woods field mountain city park river lake ocean sea desert kitchen bedroom office garden
    indoors outdoors inside outside
    sunny rainy snowy cloudy foggy stormy
    sitting standing lying walking running jumping swimming climbing sleeping riding
    sits stands lies walks runs jumps swims climbs sleeps rides
    smiling laughing crying frowning
    old young
"""
_LINES = {word: line for line, words in enumerate(_EXCLUSIVE.strip().splitlines()) for word in words.split()}
_ADJECTIVES = frozenset({_LINES["red"], _LINES["one"], _LINES["old"]})
_WORD = re.compile(r"[^\W_]+(?:['’-][^\W_]+)*")


def change_caption(caption: str, change: str, without: Sequence[str] = ()) -> str:
    """Return a caption as it would be after a change; words of the change that contradict nothing are not added.

    A word of the change takes the place of the only one in a sentence that excludes it: a colour of a colour, "night"
    of "day", "cat" of "dog". Where a sentence has two of them it is not clear which is meant, and none goes. A colour,
    a number or an age before a noun ("green hat") changes only those of the same noun. The words of `without` go too.
    """
    sentences = [_change(sentence, _words(change)) for sentence in split_sentences(caption)]
    left_out = {form for word in without for form in (word.lower(), f"{word.lower()}s", word.lower().removesuffix("s"))}
    cleaned = [_WORD.sub(lambda word: "" if word[0].lower() in left_out else word[0], each) for each in sentences]
    return " ".join(" ".join(cleaned).split())


def _change(sentence: str, change: Sequence[str]) -> str:
    for place, new in enumerate(change):
        if new in _LINES:
            noun = change[place + 1] if place + 1 < len(change) and _LINES[new] in _ADJECTIVES else None
            sentence = _replace(sentence, new, noun)
    return sentence


def _replace(sentence: str, new: str, noun: str | None) -> str:
    """Put `new` where the only word stands that excludes it; with a noun, the only one before that noun."""
    words = list(_WORD.finditer(sentence))
    rivals = [word for word in words if _LINES.get(word[0].lower()) == _LINES[new]]
    if noun is not None:
        nouns = [word.start() for word in words if word[0].lower() == noun]
        rivals = [word for word in rivals if any(word.end() + 1 == start for start in nouns)]
    if len(rivals) != 1:
        return sentence
    return sentence[: rivals[0].start()] + new + sentence[rivals[0].end() :]


def _words(text: str) -> list[str]:
    return [word.lower() for word in _WORD.findall(text)]
