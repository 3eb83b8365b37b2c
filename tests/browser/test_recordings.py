import pytest

from lms.learning.services import enrol
from tests.factories.content import card, make_lesson, make_programme, row
from tests.factories.recordings import make_recording

pytestmark = pytest.mark.django_db(transaction=True)


def test_nothing_of_a_recording_is_loaded_before_she_taps(open_page, learner, curriculum):
    recording = make_recording()
    lesson = make_lesson(curriculum.module, "Heard", [card("audio", recording=recording.pk)])
    programme = make_programme(curriculum.home, [row(lesson)], title="Second", code="second")
    enrol(learner, programme)
    page, asked = open_page(learner), []
    page.on("request", lambda request: asked.append(request.url) if "/recordings/" in request.url else None)
    page.goto(lesson.url)
    page.wait_for_load_state("networkidle")
    assert asked == []
    page.get_by_text("Read it instead").click()
    assert page.get_by_text("I ask everybody these questions.").is_visible()
    assert asked == []
    with page.expect_response(lambda response: "/recordings/" in response.url) as heard:
        page.locator("audio").evaluate("sound => { sound.play().catch(() => null) }")
    assert heard.value.status in (200, 206)
    assert heard.value.headers["accept-ranges"] == "bytes"
