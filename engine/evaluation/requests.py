"""Turn captions into what people ask for: short, wordy, as a photo with a change, or without something. Rules, so
nothing is by chance."""

import hashlib
from collections.abc import Sequence

from engine.evaluation.captioned_folder import CaptionedPhoto
from engine.evaluation.modifications import make_modifications
from engine.evaluation.negations import make_negations
from engine.evaluation.request import Request, RequestKind

_FILLERS = (
    "i'm trying to find that picture we took, i think two summers ago, where {caption}",
    "do you remember the one, it must be on here somewhere, with {caption}? i can't find it any more",
    "ok so i need a photo for a card, and i know that i have one that goes something like {caption}",
    "hi, could you please look for the shot that i showed to everybody last week, {caption}, thanks",
    "there was this image on my old laptop, not sure when it was made, basically {caption}, if that helps",
    "my memory is bad, but i believe that we once had a picture in which {caption}, or close to that",
    "i've been scrolling for ages and still don't see it: {caption}. it has to be in this library, i'm sure",
    "what i want is quite simple, really, just that one photo from before we moved, you know, {caption}",
    "please help me find it, i promised it to a friend: i think you could see {caption} on it",
    "somebody asked me yesterday about a photo, maybe from spring, maybe later, and it was {caption}",
    "can you get me the picture, i don't know what the file is called, that shows {caption}, as far as i recall",
    "i only remember bits of it and it may be a few years old by now, but it's {caption}, more or less",
)


def make_requests(photos: Sequence[CaptionedPhoto]) -> list[Request]:
    """Return the requests of every kind for each photo by each of its captions; the same photos give the same ones."""
    captions = [
        (place, number, caption) for place, photo in enumerate(photos) for number, caption in enumerate(photo.captions)
    ]
    return [
        *(Request(RequestKind.SHORT, caption, place, number) for place, number, caption in captions),
        *(Request(RequestKind.VERBOSE, wrap(caption), place, number) for place, number, caption in captions),
        *make_modifications(photos),
        *make_negations(photos),
    ]


def wrap(caption: str) -> str:
    """Put a caption between words that do not describe the photo.

    The BLAKE2 hash of the caption chooses one of twelve fillers; the caption goes in with a small first letter and
    without its full stop.
    """
    filler = _FILLERS[int.from_bytes(hashlib.blake2b(caption.encode(), digest_size=8).digest()) % len(_FILLERS)]
    bare = caption.rstrip(" .")
    return filler.format(caption=bare[:1].lower() + bare[1:])
