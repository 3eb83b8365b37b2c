"""An observer's phone: each mark goes its own way, the signal comes and goes, two windows meet."""

import pytest
from django.urls import reverse

from assessments import services
from assessments.models import Observation
from lms.learning.services import enrol

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def observation(observer, learner, curriculum):
    enrol(learner, curriculum.programme)
    return services.start_observation(observer, learner, curriculum.practical)


@pytest.fixture
def watching(open_page, observer, observation):
    def watching():
        page = open_page(observer)
        page.goto(reverse("assessments:observation-watch", args=[observation.pk]))
        return page

    return watching


def mark(page, number, value):
    page.locator(".step").nth(number).locator(f"[value={value}]").press("Space")


def saved(page):
    page.get_by_text("Saved on the server").wait_for()


def stored(observation):
    return [step["mark"] for step in Observation.objects.get(pk=observation.pk).steps]


def write(page):
    page.get_by_label("Strength 1").fill("Warm greeting")
    page.get_by_label("Strength 2").fill("Asked one at a time")
    page.get_by_label("One next step").fill("Say what comes next")


def test_each_mark_and_note_is_saved_and_comes_back(watching, observation, axe):
    page = watching()
    mark(page, 0, "yes")
    saved(page)
    assert stored(observation) == ["yes", "", ""]
    page.locator(".step summary").first.click()
    page.get_by_label("Note on step 1").fill("Looked at her all the time")
    page.get_by_label("Strength 1").focus()
    saved(page)
    page.wait_for_function("!localStorage.length")
    page.reload()
    assert page.locator("[data-count=steps]").inner_text() == "1 of 3 steps"
    assert page.get_by_label("Note on step 1").input_value() == "Looked at her all the time"
    axe(page)


def test_marks_given_without_a_signal_stay_on_the_phone_and_arrive_later(watching, observation):
    page = watching()
    page.context.set_offline(True)
    mark(page, 0, "yes")
    mark(page, 1, "not_yet")
    mark(page, 1, "yes")
    page.get_by_text("2 kept on this phone. Sent when the signal is back.").wait_for()
    assert stored(observation) == ["", "", ""]
    page.context.set_offline(False)
    saved(page)
    assert stored(observation) == ["yes", "yes", ""]


def test_what_was_kept_is_sent_from_another_page_of_hers(watching, observation):
    page, signal = watching(), []
    page.route("**/save/", lambda route: route.continue_() if signal else route.abort())
    mark(page, 0, "yes")
    page.get_by_text("1 kept on this phone").wait_for()
    page.goto(reverse("assessments:people-list"))
    page.get_by_text("1 kept on this phone").wait_for()
    signal.append("back")
    saved(page)
    assert stored(observation) == ["yes", "", ""]


def test_sign_off_waits_for_the_signal_and_signs_once(watching, observation):
    page = watching()
    page.context.set_offline(True)
    for number in range(3):
        mark(page, number, "yes")
    write(page)
    page.get_by_role("button", name="Sign off").click()
    page.get_by_text("Sent when the signal is back.").wait_for()
    page.context.set_offline(False)
    page.wait_for_url("**/result/")
    assert Observation.objects.get(pk=observation.pk).competent
    assert page.evaluate("localStorage.length") == 0


def test_a_lost_answer_of_the_server_is_no_conflict(watching, observation):
    page, signal = watching(), []
    page.route("**/save/", lambda route: route.continue_() if signal else (route.fetch(), route.abort()))
    mark(page, 0, "yes")
    page.get_by_text("1 kept on this phone").wait_for()
    mark(page, 0, "not_yet")
    signal.append("back")
    saved(page)
    assert stored(observation)[0] == "not_yet"


def test_another_window_is_not_written_over(watching, observation):
    first, second = watching(), watching()
    mark(first, 0, "yes")
    saved(first)
    mark(second, 0, "not_yet")
    second.get_by_text("Step 1 was changed in another window.").wait_for()
    assert stored(observation)[0] == "yes"
    assert second.locator(".step").first.locator("[value=yes]").is_checked()
    mark(second, 0, "not_yet")
    saved(second)
    assert stored(observation)[0] == "not_yet"


def test_sign_off_says_what_is_missing(watching, observation):
    page = watching()
    with page.expect_response("**/save/"):  # the answer to the mark does not hide the sentence
        mark(page, 0, "yes")
        page.get_by_role("button", name="Sign off").click(force=True)
    page.get_by_text("A mark, a strength or the next step is missing.").wait_for()
    page.wait_for_timeout(100)
    assert page.get_by_text("A mark, a strength or the next step is missing.").is_visible()
    assert Observation.objects.get(pk=observation.pk).signed_at is None


def test_keep_for_later_leads_to_her_people_with_everything_saved(watching, observation):
    page = watching()
    write(page)
    page.get_by_role("button", name="Keep for later").click()
    page.get_by_role("heading", name="My people").wait_for()
    assert Observation.objects.get(pk=observation.pk).strength_2 == "Asked one at a time"


def test_keep_for_later_waits_for_a_mark_on_its_way_and_sends_what_follows(watching, observation):
    page = watching()
    held = []
    page.route("**/save/", lambda route: held.append(route), times=1)
    with page.expect_request("**/save/"):
        mark(page, 0, "yes")
    mark(page, 1, "yes")
    page.get_by_role("button", name="Keep for later").click()
    held[0].continue_()
    page.get_by_role("heading", name="My people").wait_for()
    assert stored(observation) == ["yes", "yes", ""]


def test_it_all_works_without_a_script(open_page, observer, observation):
    page = open_page(observer, java_script_enabled=False)
    page.goto(reverse("assessments:observation-watch", args=[observation.pk]))
    for number in range(3):
        mark(page, number, "yes")
    write(page)
    page.get_by_role("button", name="Sign off").click()
    page.wait_for_url("**/result/")
    assert Observation.objects.get(pk=observation.pk).competent
