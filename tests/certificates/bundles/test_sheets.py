"""Where cards lie on a sheet, and that a back lies behind its front when the sheet is turned."""

import io

import pytest
from pypdf import PdfReader

from certificates.bundles import sheets
from certificates.bundles.gathering import Gathering
from tests.certificates.bundles.conftest import CARD, make_pdf

LEFT, RIGHT = 15.4, 15.4 + 85.6 + 8


def laid_out(count: int) -> PdfReader:
    made = Gathering("", "")
    sheets.add_sheet(made, [make_pdf(f"front {n}", f"back {n}", size=CARD) for n in range(count)])
    spool = io.BytesIO()
    made.save(spool)
    return PdfReader(spool)


def test_eight_cards_fill_an_a4_sheet_from_the_upper_left():
    spots = list(sheets.spots())
    assert [(round(spot.x, 1), round(spot.y, 1)) for spot in spots[:3]] == [
        (LEFT, 214.5),
        (RIGHT, 214.5),
        (LEFT, 152.5),
    ]
    assert len(spots) == 8 and spots[-1].y > 20
    assert all(spot.x + CARD[0] <= 210 - LEFT + 0.01 for spot in spots)


def test_back_lies_behind_its_front():
    for front, back in zip(sheets.spots(), sheets.spots(mirrored=True), strict=True):
        assert back.y == front.y
        assert back.x == pytest.approx(210 - front.x - CARD[0])


def test_sheet_has_fronts_on_one_page_and_backs_on_the_next():
    reader = laid_out(3)
    fronts, backs = reader.pages
    assert tuple(round(float(edge) / sheets.MM) for edge in fronts.mediabox) == (0, 0, 210, 297)
    assert sorted(fronts.extract_text().split("\n")) == ["front 0", "front 1", "front 2"]
    assert sorted(backs.extract_text().split("\n")) == ["back 0", "back 1", "back 2"]


def test_cards_are_drawn_where_they_lie_at_full_size():
    fronts, backs = laid_out(2).pages
    drawn = fronts.get_contents().get_data().decode()
    assert f"q 1 0 0 1 {LEFT * sheets.MM:.4f} {214.5 * sheets.MM:.4f} cm /Card0 Do Q" in drawn
    back = backs.get_contents().get_data().decode()
    assert f"q 1 0 0 1 {RIGHT * sheets.MM:.4f} {214.5 * sheets.MM:.4f} cm /Card0 Do Q" in back
    assert drawn.count(" l S") == 2 * 8  # eight marks a card


def test_marks_lie_on_no_card():
    marks = [float(number) for number in sheets._marks(sheets.Spot(LEFT, 214.5)).split() if number[0].isdigit()][1:]
    points = list(zip(marks[::2], marks[1::2], strict=True))
    on_it = [
        point
        for point in points
        if LEFT < point[0] / sheets.MM < LEFT + 85.6 and 214.5 < point[1] / sheets.MM < 214.5 + 54
    ]
    assert len(points) == 16 and on_it == []


def test_only_cards_are_laid_out():
    with pytest.raises(sheets.NotACard):
        sheets.add_sheet(Gathering("", ""), [make_pdf("one", "two")])
    with pytest.raises(sheets.NotACard):
        sheets.add_sheet(Gathering("", ""), [make_pdf("one", size=CARD)])
