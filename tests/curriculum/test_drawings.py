"""The site's own drawings: they stand inside a page, so none may be heavy, run anything or speak twice."""

import re
from pathlib import Path

import pytest
from django.utils.translation import gettext
from lxml import etree

from curriculum.drawings import DRAWINGS
from curriculum.models import LessonPage
from tests.factories.content import card

ROOT = Path(__file__).parents[2]
FOLDER = ROOT / "templates/curriculum/drawings"
PARTS = {"svg", "g", "path", "circle", "ellipse", "rect", "text"}
SHAPE = {"d", "x", "y", "cx", "cy", "r", "rx", "ry", "width", "height", "transform"}
STROKE = {"stroke-width", "stroke-dasharray", "opacity", "font-size", "font-weight", "text-anchor"}
every_drawing = pytest.mark.parametrize("name", DRAWINGS)


def read(name: str) -> str:
    return (FOLDER / f"{name}.svg").read_text()


def parse(text: str) -> etree._Element:
    return etree.fromstring(text)


def parts(name: str) -> list[etree._Element]:
    return list(parse(read(name)).iter())


def test_every_name_has_its_drawing_and_no_drawing_lacks_a_name():
    assert {path.name for path in FOLDER.iterdir()} == {f"{name}.svg" for name in DRAWINGS}


@every_drawing
def test_drawing_is_small_and_silent_and_as_wide_as_the_others(name):
    assert (FOLDER / f"{name}.svg").stat().st_size <= 4096
    assert parts(name)[0].attrib == {"viewBox": "0 0 320 200", "aria-hidden": "true", "focusable": "false"}


@every_drawing
def test_drawing_holds_shapes_only(name):
    """No style, script, event, id or address, and no brace that the template engine could read."""
    _, *shapes = parts(name)
    assert {part.tag for part in shapes} <= PARTS
    assert {key for part in shapes for key in part.attrib} <= SHAPE | STROKE | {"class"}
    assert "{" not in read(name)


@every_drawing
def test_every_colour_is_one_of_the_style_sheet(name):
    known = set(re.findall(r"\.drawing \.([a-z]+) ", (ROOT / "static/css/lesson.css").read_text()))
    assert {word for part in parts(name) for word in part.get("class", "").split()} <= known


@every_drawing
def test_the_only_text_is_a_digit_or_a_question_mark(name):
    """Nobody could translate a word in a drawing."""
    assert all(re.fullmatch(r"[0-9?]?", (part.text or "").strip()) for part in parts(name))


@every_drawing
def test_drawing_card_has_one_picture_with_its_words(name):
    cards = LessonPage(cards=[card("drawing", name=name, caption="Look at the window.")]).cards
    figure = parse(cards[0].render()).find("figure")
    words = gettext(DRAWINGS[name])
    assert len(words) > 20
    picture, caption = figure
    assert (picture.get("role"), picture.get("aria-label")) == ("img", words)
    assert [part.tag for part in picture] == ["svg"]
    assert caption.tag == "figcaption"
