"""Write `tests/embedding/golden.npz`: what the original weights say about a few sentences and photos."""

import numpy as np
import skimage
from build_image_encoder import SIDE_PX
from numpy.typing import NDArray
from PIL import Image
from reference import ReferenceImageEncoder, ReferenceTextEncoder
from sources import REPOSITORY

PHOTOS = ("astronaut.png", "chelsea.png", "coffee.png", "rocket.jpg")
SENTENCES = (
    "",
    "dog",
    "A cup of coffee on a wooden table.",
    "the woman in the orange space suit smiles in front of a flag",
    "Ein Café am Meer — crème brûlée, 3,50 €!",
    "Two children in red jackets build a snowman next to a frozen lake, while an old man with a walking stick and a "
    "small black dog watches them from a bench under bare trees.",
)


def read_squares() -> NDArray[np.uint8]:
    """Return the photos that scikit-image carries, (4, 224, 224, 3)."""
    folder = skimage.__path__[0] + "/data/"
    photos = (Image.open(folder + name).convert("RGB") for name in PHOTOS)
    return np.stack([np.asarray(photo.resize((SIDE_PX, SIDE_PX), Image.Resampling.BICUBIC)) for photo in photos])


def main() -> None:
    features = ReferenceImageEncoder().encode(read_squares())
    text = ReferenceTextEncoder()
    vectors = np.stack([text.encode(sentence) for sentence in SENTENCES]).astype(np.float32)
    target = REPOSITORY / "tests" / "embedding" / "golden.npz"
    np.savez_compressed(target, sentences=SENTENCES, vectors=vectors, photos=PHOTOS, features=features)


if __name__ == "__main__":
    main()
