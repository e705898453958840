"""Requests for photos without something that others like them show."""

import hashlib
from collections.abc import Iterator, Sequence

import numpy as np

from engine.evaluation.captioned_folder import CaptionedPhoto
from engine.evaluation.content_words import count_stems, read_content_words, word_cosines
from engine.evaluation.request import Request, RequestKind

_THINGS = {
    "people": """person people persons man men woman women boy boys girl girls child children kid kids baby babies
        toddler lady ladies guy guys crowd player players skier skateboarder surfer biker cyclist hiker climber rider
        swimmer""",
    "children": "child children kid kids boy boys girl girls baby babies toddler toddlers",
    "women": "woman women lady ladies",
    "dogs": "dog dogs puppy puppies",
    "water": "water lake lakes ocean sea river rivers pool pools pond stream wave waves fountain",
    "snow": "snow snowy",
    "grass": "grass grassy lawn",
    "beach": "beach beaches",
    "rocks": "rock rocks rocky boulder boulders cliff",
    "trees": "tree trees",
    "balls": "ball balls football baseball basketball",
    "cars": "car cars truck trucks vehicle vehicles",
    "bikes": "bike bikes bicycle bicycles motorcycle motorcycles motorbike",
    "horses": "horse horses",
    "hats": "hat hats cap caps helmet helmets",
    "sunglasses": "sunglasses glasses goggles",
    "buildings": "building buildings",
}
_FORMS = (
    "{caption} without {thing}",
    "{caption}, no {thing}",
    "{caption} but not with {thing}",
    "{caption}, not the one with {thing}",
)
_ALIKE = 10
_LEAST_SHOWN = 3


def make_negations(photos: Sequence[CaptionedPhoto]) -> Iterator[Request]:
    """Yield for each photo at most one request for what one of its captions says, without a thing it does not show.

    A photo shows a thing, of seventeen, where one of its captions has one of the thing's words. The thing is the one
    that most of the ten photos whose captions are most like its own show, at least three of them: it is what a search
    for the caption brings up. The photos that show it are wrong answers, whatever else they are. The caption is the
    one whose place is that of the photo modulo its captions, and its BLAKE2 hash chooses one of four wordings.
    """
    bags = [count_stems(captions) for captions in read_content_words(photos)]
    showing = {thing: _showing(photos, words) for thing, words in _THINGS.items()}
    for photo, cosines in enumerate(word_cosines(bags)):
        alike = {int(place) for place in np.argsort(-cosines, kind="stable")[:_ALIKE] if cosines[place] > 0}
        missing = {thing: len(alike & others) for thing, others in showing.items() if photo not in others}
        thing = max(missing, key=missing.__getitem__, default="")
        if thing and missing[thing] >= _LEAST_SHOWN:
            number = photo % len(photos[photo].captions)
            text = _without(photos[photo].captions[number], thing)
            yield Request(RequestKind.NEGATION, text, photo, number, without=showing[thing])


def _showing(photos: Sequence[CaptionedPhoto], words: str) -> frozenset[int]:
    names = set(words.split())
    return frozenset(place for place, photo in enumerate(photos) if names & _words(" ".join(photo.captions)))


def _words(text: str) -> set[str]:
    return set("".join(character if character.isalnum() else " " for character in text.lower()).split())


def _without(caption: str, thing: str) -> str:
    form = _FORMS[hashlib.blake2b(caption.encode(), digest_size=1).digest()[0] % len(_FORMS)]
    bare = caption.rstrip(" .")
    return form.format(caption=bare[:1].lower() + bare[1:], thing=thing)
