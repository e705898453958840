"""Captioned folders are read and split the same way by everybody."""

from pathlib import Path

import numpy as np
import pytest

from engine.errors import FolderUnavailable
from engine.evaluation.captioned_folder import CaptionedPhoto, Part, choose_part, read_captioned_folder


def make_folder(folder: Path, captions: str, photos: tuple[str, ...] = ("a.jpg", "b.jpg")) -> Path:
    (folder / "photos").mkdir(parents=True)
    for name in photos:
        (folder / "photos" / name).touch()
    (folder / "captions.csv").write_text(captions, encoding="utf-8")
    return folder


def test_photos_come_in_the_order_of_their_names_with_all_their_captions(tmp_path: Path) -> None:
    folder = make_folder(tmp_path, 'photo,caption\nb.jpg,"A dog, running. "\na.jpg,Ein Hündchen\nb.jpg,A puppy\n')
    assert read_captioned_folder(folder) == [
        CaptionedPhoto(folder / "photos" / "a.jpg", ("Ein Hündchen",)),
        CaptionedPhoto(folder / "photos" / "b.jpg", ("A dog, running.", "A puppy")),
    ]


def test_captions_of_photos_that_are_not_there_and_photos_without_captions_are_left_out(tmp_path: Path) -> None:
    folder = make_folder(tmp_path, "photo,caption\nb.jpg,A dog\nc.jpg,A cat\na.jpg,\n")
    assert [photo.path.name for photo in read_captioned_folder(folder)] == ["b.jpg"]


@pytest.mark.parametrize(
    "captions",
    ["", "photo,caption\n", "file,text\na.jpg,A dog\n", "photo,caption\nc.jpg,A cat\n", "photo,caption\na.jpg"],
)
def test_a_folder_without_usable_captions_is_named(tmp_path: Path, captions: str) -> None:
    with pytest.raises(FolderUnavailable, match="captions"):
        read_captioned_folder(make_folder(tmp_path, captions))


def test_a_folder_without_a_caption_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(FolderUnavailable, match="Can't read the captions"):
        read_captioned_folder(tmp_path)


def test_test_and_train_part_the_photos_by_the_split_that_everybody_can_repeat() -> None:
    photos = [CaptionedPhoto(Path(f"{number:03}.jpg"), ("A dog",)) for number in range(53)]
    test, train = choose_part(photos, Part.TEST), choose_part(photos, Part.TRAIN)
    drawn = sorted(np.random.default_rng(7).permutation(53)[:10])
    assert list(test) == [photos[number] for number in drawn]
    assert sorted((*test, *train), key=lambda photo: photo.path) == photos
    assert choose_part(photos, Part.ALL) == choose_part(photos, Part.AUTO) == tuple(photos)
