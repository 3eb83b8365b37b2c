"""The square as a phone sees it on paper, with a credential as long as a real one."""

import pytest
import zxingcpp

from certificates.paper import card, drawing
from tests.factories.certificates import CODE

from .on_paper import CREDENTIAL, LONG_NAME, drawn, scanned

PAPERS = [(drawing, base, orientation) for base in ("hem", "loom") for orientation in ("landscape", "portrait")]
PAPERS.append((card, "hem", "landscape"))


@pytest.mark.parametrize("drawer, base, orientation", PAPERS)
def test_square_decodes_at_150_dpi(drawer, base, orientation, tmp_path):
    """A specimen’s, with all its lines about it: in colour, in grey, and from a copier that knows black only."""
    design = {"base": base, "orientation": orientation}
    path = drawn(tmp_path, drawer=drawer, design=design, specimen=True, name=LONG_NAME)
    for options in ((), ("-gray",), ("-mono",)):
        page = scanned(path, tmp_path, 150, "-f", "2" if drawer is card else "1", *options)
        found = [code.text for code in zxingcpp.read_barcodes(page)]
        assert found == [f"HTTPS://LEARN.EXAMPLE.ORG/V#2.{CREDENTIAL}"]


def test_code_decodes_where_there_is_no_credential(tmp_path):
    pdf = drawn(tmp_path, credential="")
    found = zxingcpp.read_barcodes(scanned(pdf, tmp_path, 150))
    assert [code.text for code in found] == [f"HTTPS://LEARN.EXAMPLE.ORG/V#1.{CODE}"]


def test_square_is_forty_millimetres_with_its_quiet_zone_white(tmp_path):
    pdf, dpi = drawn(tmp_path), 300
    page = scanned(pdf, tmp_path, dpi).convert("L")
    (code,) = zxingcpp.read_barcodes(page)
    corners = code.position
    side = (corners.top_right.x - corners.top_left.x) / dpi * 25.4
    assert side == pytest.approx(40, abs=0.5)
    quiet = 4 * 40 / 53 / 25.4 * dpi
    box = (corners.top_left.x - quiet, corners.top_left.y - quiet, corners.bottom_right.x + quiet)
    around = page.crop((*map(round, box), corners.bottom_right.y + round(quiet * 0.75)))  # the code stands below
    inner = round(quiet) - 4
    symbol = (inner, inner, around.width - inner, around.height - round(quiet * 0.75) + 4)
    around.paste(255, symbol)
    assert around.getextrema()[0] > 250
