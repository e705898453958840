"""A photo is cut into six views that together show all of it."""

import numpy as np
from PIL import Image

from engine.embedding.views import SIDE_PX, other_views, whole_view


def four_colours() -> Image.Image:
    """A wide photo: red, green / blue, white."""
    photo = Image.new("RGB", (400, 200), "white")
    photo.paste("red", (0, 0, 200, 100))
    photo.paste("lime", (200, 0, 400, 100))
    photo.paste("blue", (0, 100, 200, 200))
    return photo


def test_the_whole_view_crops_nothing() -> None:
    view = whole_view(four_colours())
    assert view.shape == (SIDE_PX, SIDE_PX, 3)
    assert view.dtype == np.uint8
    corners = [view[0, 0], view[0, -1], view[-1, 0], view[-1, -1]]
    assert [tuple(corner) for corner in corners] == [(255, 0, 0), (0, 255, 0), (0, 0, 255), (255, 255, 255)]


def test_the_first_other_view_is_the_whole_mirrored() -> None:
    np.testing.assert_array_equal(other_views(four_colours())[0], whole_view(four_colours())[:, ::-1])


def test_the_last_four_views_show_the_four_corners() -> None:
    views = other_views(four_colours())
    assert views.shape == (5, SIDE_PX, SIDE_PX, 3)
    middles = [tuple(view[SIDE_PX // 2, SIDE_PX // 2]) for view in views[1:]]
    assert middles == [(255, 0, 0), (0, 255, 0), (0, 0, 255), (255, 255, 255)]


def test_a_tiny_photo_has_views_too() -> None:
    assert other_views(Image.new("RGB", (1, 1))).shape == (5, SIDE_PX, SIDE_PX, 3)
