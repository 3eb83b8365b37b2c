"""Every type of question with the keyboard alone, with scripts and without, and as people see it on a phone."""

import pytest

from assessments import services
from lms.learning.services import complete_unit, enrol

from ..factories.assessments import QUESTIONS, right_response
from ..factories.content import make_question, make_quiz

pytestmark = pytest.mark.django_db(transaction=True)
DESK = {"is_mobile": False, "has_touch": False}
SEEN = {"light": {}, "dark": {"color_scheme": "dark"}, "forced colours": {"forced_colors": "active"}}


@pytest.fixture
def attempt(learner, curriculum, settings, tmp_path):
    """A practice paper that asks every type, in the order of their names."""
    settings.MEDIA_ROOT = tmp_path
    several = QUESTIONS["picture"] | {"several": True, "stem": "Which do you keep in a bedroom?"}
    asked = [make_question(f"b-{number}", data) for number, data in enumerate([*QUESTIONS.values(), several])]
    quiz = make_quiz(curriculum.module, asked, title="Every type", purpose="practice", shuffle_questions=False)
    enrol(learner, curriculum.programme)
    for unit in [*curriculum.lessons, curriculum.quiz]:
        complete_unit(learner, unit)
    return services.start_attempt(learner, quiz, learner.country, "en")


def address(attempt, number):
    return f"/en/quiz/{attempt.pk}/{number}/"


# With the keyboard ----------------------------------------------------------------------------------------------------


def tab_to(page, selector):
    for _press in range(80):
        page.keyboard.press("Tab")
        if page.locator(selector).and_(page.locator(":focus")).count():
            return
    raise AssertionError(f"The tab key does not reach {selector} on {page.url}")


def down(page, times):
    for _press in range(times):
        page.keyboard.press("ArrowDown")


def choose(page, name, values, right):
    """Of radio buttons the right one, by arrows as a keyboard does."""
    tab_to(page, f"input[type=radio][name='{name}']")
    down(page, values.index(right)) if values.index(right) else page.keyboard.press("Space")


def tick(page, item, right):
    for id_ in right:
        tab_to(page, f"input[type=checkbox][value='{id_}']")
        page.keyboard.press("Space")


def write(page, item, right):
    tab_to(page, "input[autocomplete=off]")
    page.keyboard.type(right)


def fill_gaps(page, item, right):
    for gap, word in right.items():
        tab_to(page, f"select[name='a-{gap}']")
        down(page, 1 + [row["id"] for row in item["words"]].index(word))


def match(page, item, right):
    for row in item["prompts"]:
        choose(page, f"a-{row['id']}", [choice["id"] for choice in item["choices"]], right[row["id"]])


def order(page, item, right):
    if page.locator("[data-ordering] button").count():
        for line in sorted(item["lines"], key=lambda line: right[line["id"]]):
            tab_to(page, f"button:has-text('{line['text']}')")
            page.keyboard.press("Enter")
        return
    for line in item["lines"]:
        tab_to(page, f"select[name='a-{line['id']}']")
        down(page, right[line["id"]])


def choose_option(page, item, right):
    choose(page, "a", [option["id"] for option in item["options"]], right)


def choose_truth(page, item, right):
    choose(page, "a", [True, False], right)


def choose_picture(page, item, right):
    if item["several"]:
        return tick(page, item, right)
    choose(page, "a", [picture["id"] for picture in item["pictures"]], right[0])


WAYS = {
    "single": choose_option,
    "multiple": tick,
    "true_false": choose_truth,
    "number": write,
    "ordering": order,
    "matching": match,
    "short_text": write,
    "gaps": fill_gaps,
    "picture": choose_picture,
}


@pytest.mark.parametrize("scripts", [True, False], ids=["with scripts", "without"])
def test_every_type_is_answered_with_the_keyboard_alone(open_page, learner, attempt, scripts):
    page = open_page(learner, **DESK, java_script_enabled=scripts)
    for number, item in enumerate(attempt.paper, 1):
        page.goto(address(attempt, number))
        WAYS[item["type"]](page, item["item"], right_response(attempt, item))
        tab_to(page, ".dock .go")
        page.keyboard.press("Enter")
        page.get_by_text("Next question").wait_for()
    assert services.hand_in(attempt).points == len(attempt.paper)


def test_short_text_is_answered_by_the_enter_key_and_told_how_near_it_was(open_page, learner, attempt):
    number = [item["type"] for item in attempt.paper].index("short_text") + 1
    page = open_page(learner)
    page.goto(address(attempt, number))
    page.get_by_label("Your answer").fill("Tuberculsis")
    page.keyboard.press("Enter")
    page.get_by_text("look at how it is written").wait_for()


# As it is seen --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("way", SEEN)
def test_every_type_can_be_read_by_everybody(open_page, axe, learner, attempt, way):
    page = open_page(learner, **SEEN[way], viewport={"width": 360, "height": 1400})  # nothing behind the dock
    for number in range(1, len(attempt.paper) + 1):
        page.goto(address(attempt, number))
        axe(page)


@pytest.mark.parametrize("width", [240, 360])
def test_no_type_is_wider_than_the_window(open_page, learner, attempt, width):
    page = open_page(learner, viewport={"width": width, "height": 640}, is_mobile=False)
    for number, item in enumerate(attempt.paper, 1):
        page.goto(address(attempt, number))
        assert page.evaluate("document.documentElement.scrollWidth") <= width, item["type"]


def test_fields_are_as_high_as_a_finger_is_wide(open_page, learner, attempt):
    page = open_page(learner)
    for number, item in enumerate(attempt.paper, 1):
        page.goto(address(attempt, number))
        fields = page.locator("fieldset :is(.answer, .chip, select, input[autocomplete]):visible").all()
        assert fields and min(field.bounding_box()["height"] for field in fields) >= 48, item["type"]


def test_pictures_are_light_and_keep_their_shape(open_page, learner, attempt):
    number = [item["type"] for item in attempt.paper].index("picture") + 1
    page = open_page(learner)
    pictures = []
    page.on("response", lambda response: pictures.append(response) if ".webp" in response.url else None)
    page.goto(address(attempt, number), wait_until="networkidle")
    sizes = [len(picture.body()) for picture in pictures]
    assert len(sizes) == 3 and max(sizes) <= 15_000
    boxes = [image.bounding_box() for image in page.locator(".pictures img").all()]
    assert all(box["width"] / box["height"] == pytest.approx(4 / 3, abs=0.02) for box in boxes)
