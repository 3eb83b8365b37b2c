import pytest

from curriculum.checks.report import report
from curriculum.checks.weight import BODY, SOUND, Part, Weight, remarks, weigh
from tests.factories.content import card, make_lesson


@pytest.fixture
def lesson(curriculum):
    cards = [card("ask", question="Who?"), card("drawing", name="undetectable", caption="Few viruses.")]
    return make_lesson(curriculum.module, "Drawn", cards)


def test_a_report_counts_and_weighs(lesson):
    found = report(lesson)
    assert found.words == 3
    assert 0 < found.weight.body < BODY
    (drawn,) = found.weight.parts
    assert drawn.name == "undetectable"
    assert 0 < drawn.size <= 4096
    assert found.grade is None


def test_a_drawing_is_weighed_beside_the_cards_and_not_with_them(lesson):
    with_drawing = weigh("<p>Words</p><svg>" + "<path/>" * 999 + "</svg>", lesson.cards)
    assert with_drawing.body == weigh("<p>Words</p>", []).body


def test_what_is_too_heavy_is_named(db):
    sound = Part("The recording", "A talk", SOUND + 1, SOUND)
    found = [one.sentence for one in remarks(Weight(BODY + 1, (sound,)))]
    assert len(found) == 2
    assert "A talk" in found[1]
    assert list(remarks(Weight(BODY, (Part("The recording", "A talk", SOUND, SOUND),)))) == []


def test_other_pages_have_no_report(curriculum):
    assert report(curriculum.quiz) is None
    assert report(curriculum.module) is None
