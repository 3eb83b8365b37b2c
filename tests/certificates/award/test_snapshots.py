import json

import pytest

from certificates.award import snapshots
from certificates.paper import layout
from tests.factories.certificates import make_snapshot

TELLING = "Supports a woman after a new HIV-positive result"
HARMLESS = "Measures blood pressure correctly and acts on it"


def said(**programme) -> dict:
    snapshot = make_snapshot(competencies=0)
    competencies = [{"statement": text, "observer": "Faith Achieng"} for text in (TELLING, HARMLESS)]
    return snapshot | {"competencies": competencies, "programme": snapshot["programme"] | programme}


@pytest.mark.parametrize("seen", [
    lambda snapshot: list(snapshots.printed_texts(snapshot)),
    lambda snapshot: json.dumps(snapshots.public_part(snapshot)),
    lambda snapshot: str(layout.page(snapshot)),
])  # fmt: skip
def test_neutral_title_stands_above_no_competency_that_tells_of_an_illness(seen):
    neutral, own = said(), said(printed_title=said()["programme"]["title"])
    assert HARMLESS in seen(neutral) and TELLING not in seen(neutral)
    assert HARMLESS in seen(own) and TELLING in seen(own)


def test_a_competency_has_neutral_words_of_its_own():
    neutral, own = said(), said(printed_title=said()["programme"]["title"])
    for snapshot in (neutral, own):
        snapshot["competencies"][0]["neutral_statement"] = "Supports a woman after a test result"
    assert snapshots.statements(neutral) == ["Supports a woman after a test result", HARMLESS]
    assert snapshots.statements(own) == [TELLING, HARMLESS]


def test_neutral_words_that_tell_are_left_out_too():
    neutral = said()
    neutral["competencies"][0]["neutral_statement"] = "Supports a woman on ART"
    assert snapshots.statements(neutral) == [HARMLESS]


def test_what_she_was_watched_in_stays_in_the_record():
    assert [row["statement"] for row in said()["competencies"]] == [TELLING, HARMLESS]
