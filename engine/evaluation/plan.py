"""Decide which photos to measure and with which retrievers, so that nothing is asked that was learned by heart."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from engine.evaluation.captioned_folder import CaptionedPhoto, Part, choose_part
from engine.evaluation.retriever import Retriever
from engine.imaging.fingerprint import fingerprint_file
from engine.learning.visual_head import HELDOUT_HEAD, VisualHead


@dataclass(frozen=True, slots=True)
class Plan:
    """The photos, the retriever of the product, the one to compare it with if it is here, and what to say of all."""

    photos: tuple[CaptionedPhoto, ...]
    trained: Retriever
    plain: Retriever | None
    notes: tuple[str, ...]

    @property
    def retrievers(self) -> tuple[Retriever, ...]:
        """All of them, the plain one first."""
        return (self.plain, self.trained) if self.plain else (self.trained,)


def make_plan(photos: Sequence[CaptionedPhoto], part: Part) -> Plan:
    """Take the shipped head where it has seen none of the photos; else its held-out twin, and by itself the test part.

    `photos` are sorted by name. The plain retriever always has a held-out head.
    """
    chosen, head, notes = _choose(photos, part)
    plain = Retriever.plain()
    return Plan(chosen, Retriever.trained(head), plain, (*notes, *_notes_on_plain(plain, head, chosen)))


def _choose(photos: Sequence[CaptionedPhoto], part: Part) -> tuple[tuple[CaptionedPhoto, ...], VisualHead, list[str]]:
    shipped = VisualHead.open()
    seen = _count_seen(shipped, photos)
    if not seen:
        return choose_part(photos, part), shipped, []
    heldout = VisualHead.open(name=HELDOUT_HEAD)
    chosen = choose_part(photos, Part.TEST if part is Part.AUTO else part)
    notes = [
        f"The shipped visual head was trained on {seen} of these {len(photos)} photos, so the {len(chosen)} of the "
        f"{'test part' if part is Part.AUTO else f'part “{part}”'} are measured with its held-out twin."
    ]
    if known := _count_seen(heldout, chosen):
        notes.append(f"The twin has seen {known} of them too: its figures are too good.")
    return chosen, heldout, notes


def _notes_on_plain(plain: Retriever | None, head: VisualHead, photos: Sequence[CaptionedPhoto]) -> Iterator[str]:
    if plain is None:
        yield "The plain retriever is not part of this installation, so the trained one is measured alone."
        return
    if known := _count_seen(plain.head, photos):
        yield f"The plain retriever's visual head was trained on {known} of these photos: its figures are too good."
    own, other = len(plain.head.trained_on), len(head.trained_on)
    if own != other:
        yield f"The plain retriever's visual head has learned from {own:,} photos, the trained one's from {other:,}."


def _count_seen(head: VisualHead, photos: Sequence[CaptionedPhoto]) -> int:
    return sum(head.has_seen(fingerprint_file(photo.path).hex) for photo in photos)
