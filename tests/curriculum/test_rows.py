from dataclasses import dataclass

import pytest

from curriculum.rows import faults


@dataclass(frozen=True)
class Page:
    translation_key: str
    title: str = "A page"


TB, HIV, NCD, AWAY = Page("tb", "TB"), Page("hiv", "HIV"), Page("ncd", "NCD"), Page("away", "Away")


@pytest.mark.parametrize(
    ("rows", "where"),
    [
        ([], {}),
        ([(HIV, []), (TB, [HIV]), (NCD, [HIV, TB])], {}),
        ([(NCD, [TB]), (TB, [])], {}),
        ([(None, []), (TB, [None])], {}),
        ([(TB, []), (HIV, []), (TB, [])], {2: "target"}),
        ([(TB, [AWAY])], {0: "after"}),
        ([(TB, [TB])], {0: "after"}),
        ([(TB, [HIV]), (HIV, [TB])], {0: "after", 1: "after"}),
        ([(TB, [NCD]), (HIV, [TB]), (NCD, [HIV])], {0: "after", 1: "after", 2: "after"}),
        ([(HIV, [TB]), (TB, [NCD]), (NCD, [TB])], {1: "after", 2: "after"}),
    ],
)
def test_faults_name_the_row_and_its_field(rows, where):
    assert {number: next(iter(found)) for number, found in faults(rows).items()} == where


def test_faults_name_the_pages():
    assert faults([(TB, [AWAY])])[0]["after"].startswith("“Away” is not a row")
    assert "“TB” waits for “HIV”" in faults([(TB, [HIV]), (HIV, [TB])])[0]["after"]
    assert faults([(TB, []), (TB, [])])[1]["target"] == "“TB” has a row already. Each needs only one."
