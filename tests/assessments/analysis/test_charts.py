"""Where the drawn charts put things."""

import pytest

from assessments.analysis import charts
from assessments.analysis.statistics import gain


def told(before, after):
    return gain([(before, after)], enough=10)


@pytest.mark.parametrize(("before", "after"), [(0.0, 1.0), (0.2, 0.9), (0.9, 0.2)])
def test_arrow_points_from_before_to_after(before, after):
    (line,) = charts.arrows([("TB", "First", told(before, after))]).lines
    assert (line.x1, line.x2) == (charts.LEFT + before * charts.WIDTH, charts.LEFT + after * charts.WIDTH)
    tip, back = (int(point.split(",")[0]) for point in line.head.split()[:2])
    assert tip == line.x2
    assert (tip - back > 0) == (after > before)


def test_almost_no_gain_has_no_arrow_head():
    assert charts.arrows([("TB", "First", told(0.5, 0.51))]).lines[0].head == ""


def test_module_is_named_once_above_its_lines():
    rows = [("TB", "First", told(0, 1)), ("TB", "Second", told(0, 1)), ("HIV", "First", told(0, 1))]
    chart = charts.arrows(rows)
    assert [line.title for line in chart.lines] == ["TB", "", "HIV"]
    assert [line.y for line in chart.lines] == sorted({line.y for line in chart.lines})
    assert max(line.y for line in chart.lines) < chart.foot < chart.height


def test_longest_bar_fills_the_width_and_nothing_breaks_without_people():
    bands = charts.bars([(0, 20, 1, 0), (20, 40, 0, 4)])
    assert [(one["before_width"], one["after_width"]) for one in bands] == [(75, 0), (0, 300)]
    assert charts.bars([(0, 20, 0, 0)])[0]["before_width"] == 0
