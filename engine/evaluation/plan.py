"""Decide which photos to measure and with which visual head, so that nothing is asked that was learned by heart."""

from collections.abc import Sequence
from dataclasses import dataclass

from engine.evaluation.captioned_folder import CaptionedPhoto, Part, choose_part
from engine.imaging.fingerprint import fingerprint_file
from engine.learning.visual_head import HELDOUT_HEAD, VisualHead


@dataclass(frozen=True, slots=True)
class Plan:
    """The photos, the head, and what to say about both."""

    photos: tuple[CaptionedPhoto, ...]
    head: VisualHead
    notes: tuple[str, ...]


def make_plan(photos: Sequence[CaptionedPhoto], part: Part) -> Plan:
    """Take the shipped head where it has seen none of the photos; else its held-out twin, and by itself the test part.

    `photos` are sorted by name.
    """
    shipped = VisualHead.open()
    seen = _count_seen(shipped, photos)
    if not seen:
        return Plan(choose_part(photos, part), shipped, ())
    heldout = VisualHead.open(name=HELDOUT_HEAD)
    chosen = choose_part(photos, Part.TEST if part is Part.AUTO else part)
    notes = [
        f"The shipped visual head was trained on {seen} of these {len(photos)} photos, so the {len(chosen)} of the "
        f"{'test part' if part is Part.AUTO else f'part “{part}”'} are measured with its held-out twin."
    ]
    if known := _count_seen(heldout, chosen):
        notes.append(f"The twin has seen {known} of them too: its figures are too good.")
    return Plan(chosen, heldout, tuple(notes))


def _count_seen(head: VisualHead, photos: Sequence[CaptionedPhoto]) -> int:
    return sum(head.has_seen(fingerprint_file(photo.path).hex) for photo in photos)
