"""The square on a slip opens the page to sign in with the number filled in, and the number leaves no trace."""

import pytest

pytestmark = pytest.mark.django_db(transaction=True)


def test_number_behind_the_mark_is_filled_in_and_taken_out_of_the_address(open_page, learner):
    page = open_page()
    asked = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(f"/en/sign-in/?with=code#{learner.staff_number}")
    page.wait_for_function("!location.hash")
    assert page.get_by_label("Staff number").input_value() == learner.staff_number
    assert page.url.endswith("/en/sign-in/?with=code")
    assert not [url for url in asked if learner.staff_number in url.partition("#")[0]]


def test_anything_else_behind_the_mark_is_left_alone(open_page):
    page = open_page()
    page.goto("/en/sign-in/?with=code#<b>K104417")
    page.wait_for_load_state("networkidle")
    assert page.get_by_label("Staff number").input_value() == ""
