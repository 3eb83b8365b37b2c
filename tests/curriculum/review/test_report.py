"""What was reviewed and what runs out."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from curriculum.models import Review
from curriculum.review import queries


@pytest.fixture
def reviewed(curriculum, reviewer):
    """The first lesson, in date for ten days; the second has run out yesterday."""
    first, second = curriculum.lessons
    for page, days in ((first, 10), (second, -1)):
        review = Review.objects.record(page.live_revision, reviewer, months=12, comment="")
        review.due_on = timezone.localdate() + timedelta(days=days)
        review.save()
    return first, second


def keys(pages):
    return [page.pk for page in pages]


def test_what_runs_out_is_found(reviewed, curriculum):
    first, second = reviewed
    assert keys(queries.overdue()) == [second.pk]
    assert keys(queries.due_soon()) == [first.pk]
    assert keys(queries.due_soon(days=5)) == []
    assert first.pk not in keys(queries.never_reviewed())
    assert curriculum.module.pk in keys(queries.never_reviewed())


def test_published_again_nobody_has_reviewed_it(reviewed):
    first, _second = reviewed
    first.save_revision().publish()
    assert keys(queries.changed_since()) == [first.pk]
    assert first.pk not in keys(queries.due_soon())


def test_what_waits_is_for_who_may_approve(trainer, reviewer, curriculum):
    lesson = curriculum.lessons[0]
    lesson.save_revision(user=trainer)
    state = lesson.get_workflow().start(lesson, trainer).current_task_state
    [row] = queries.waiting_for(reviewer)
    assert (row.title, row.sent_by, row.url) == (lesson.title, trainer, reverse("reviews:screen", args=[state.pk]))
    assert queries.waiting_for(trainer) == []


def test_what_waits_asks_the_same_however_much(trainer, reviewer, curriculum, django_assert_num_queries):
    pages = [*curriculum.lessons, curriculum.module]
    for number, page in enumerate(pages):
        page.save_revision(user=trainer)
        page.get_workflow().start(page, trainer)
        if number in (0, 2):
            with django_assert_num_queries(7):
                assert len(queries.waiting_for(reviewer)) == number + 1


@pytest.mark.parametrize(
    ("state", "shown", "hidden"),
    [
        ("overdue", "Ask everyone", "What TB is"),
        ("soon", "What TB is", "Ask everyone"),
        ("never", "Tuberculosis", "What TB is"),
        ("reviewed", "What TB is", "Ask everyone"),
    ],
)
def test_the_report_filters_by_state(client, reviewer, reviewed, state, shown, hidden):
    client.force_login(reviewer)
    page = client.get(reverse("reviews:list-results"), {"state": state}).content.decode()
    assert shown in page
    assert hidden not in page


def test_the_report_names_who_when_and_until(client, trainer, reviewed):
    client.force_login(trainer)
    page = client.get(reverse("reviews:list-results")).content.decode()
    assert "Daudi Mwangi" in page
    assert "Overdue" in page and "Due soon" in page and "Never reviewed" in page
    rows = b"".join(client.get(reverse("reviews:list"), {"export": "csv"}).streaming_content).decode()
    assert "Daudi Mwangi" in rows
    assert "Overdue" in rows


def test_the_report_asks_the_same_however_many(client, reviewer, reviewed, curriculum, django_assert_max_num_queries):
    client.force_login(reviewer)
    url = reverse("reviews:list-results")
    client.get(url)
    with django_assert_max_num_queries(20) as few:
        client.get(url, {"state": "soon"})
    for page in (curriculum.module, curriculum.quiz, curriculum.practical):
        Review.objects.record(page.live_revision, reviewer, months=1, comment="")
    with django_assert_max_num_queries(len(few)):
        client.get(url, {"state": "soon"})


@pytest.mark.parametrize("who", ["hr", "learner"])
def test_the_report_is_not_for_others(client, who, reviewed, request):
    client.force_login(request.getfixturevalue(who))
    assert client.get(reverse("reviews:list")).status_code in (302, 403)
