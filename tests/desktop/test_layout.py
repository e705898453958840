"""Where photos lie in a grid."""

import numpy as np
import pytest
from PySide6.QtCore import QPoint, QRect, QSize

from desktop.grid.layout import GridLayout, Section

CELL = QSize(100, 120)


def laid_out(*photos: int, width_px: int = 350, titles: bool = True) -> GridLayout:
    sections = [Section(f"Month {number}" if titles else "", count) for number, count in enumerate(photos)]
    return GridLayout(sections, CELL, 30, width_px)


def test_photos_fill_columns_below_headings() -> None:
    layout = laid_out(4, 2)
    assert layout.columns == 3
    assert [layout.rect(row).top() for row in range(6)] == [30, 30, 30, 150, 300, 300]
    assert layout.height_px == 30 + 2 * 120 + 30 + 120


def test_cells_of_a_line_share_the_whole_width() -> None:
    cells = [laid_out(3, titles=False).rect(row) for row in range(3)]
    assert cells[0].left() == 0
    assert cells[2].right() == 349
    assert all(left.right() + 1 == right.left() for left, right in zip(cells, cells[1:], strict=False))


@pytest.mark.parametrize("counts", [(1,), (7,), (3, 3), (4, 1, 5), (0, 2, 0, 1)])
def test_every_photo_is_found_where_it_lies(counts: tuple[int, ...]) -> None:
    layout = laid_out(*counts)
    assert layout.photos == sum(counts)
    for row in range(layout.photos):
        assert layout.row_at(layout.rect(row).center()) == row
    everything = QRect(0, 0, 350, layout.height_px)
    assert layout.rows_in(everything) == list(range(layout.photos))


def test_there_is_no_photo_in_a_heading_nor_after_the_last_one() -> None:
    layout = laid_out(1)
    assert layout.row_at(QPoint(10, 10)) is None
    assert layout.row_at(QPoint(300, 60)) is None
    assert layout.row_at(QPoint(10, 500)) is None


def test_going_up_and_down_keeps_the_column_across_headings() -> None:
    layout = laid_out(5, 2, 4)
    assert layout.row_beside(1, 1) == 4
    assert layout.row_beside(2, 1) == 4, "the last line is short"
    assert layout.row_beside(4, 1) == 6
    assert layout.row_beside(6, -1) == 4
    assert layout.row_beside(0, -1) == 0
    assert layout.row_beside(10, 1) == 10
    assert layout.row_beside(0, 100) == 10


def test_the_heading_of_what_is_in_sight_is_known() -> None:
    layout = laid_out(3, 3)
    above = layout.heading_above(100)
    assert above
    assert above[0].title == "Month 0"
    assert [section.title for section, _ in layout.headings_in(QRect(0, 0, 350, 160))] == ["Month 0", "Month 1"]
    assert layout.heading_above(151) == (layout.sections[1], layout.height_px)


def test_a_library_of_any_size_is_laid_out_alike() -> None:
    layout = laid_out(*np.full(300, 334), width_px=1200)
    row = 99_999
    assert layout.row_at(layout.rect(row).center()) == row
    in_sight = QRect(0, layout.height_px // 2, 1200, 800)
    assert 60 < len(layout.rows_in(in_sight)) < 110


def test_an_empty_library_has_nothing_to_show() -> None:
    layout = laid_out()
    assert layout.height_px == 0
    assert layout.rows_in(QRect(0, 0, 100, 100)) == []
    assert layout.heading_above(0) is None
