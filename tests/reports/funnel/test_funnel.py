"""The funnel: who came how far by a day, the days between, the same in table, chart and file."""

import csv
import io
import statistics
from datetime import timedelta

import pytest
from django.db.models import F
from django.urls import reverse
from django.utils import timezone

from lms.learning.models import Enrolment
from lms.people.models import User
from lms.reports.funnel.counts import NAMES, Chosen, funnel_of
from lms.reports.funnel.median import DaysBetween, Median

from ..rows import make_certificate, make_cohort, make_learner


def ago(days: int):
    return timezone.now() - timedelta(days=days)


@pytest.fixture
def cohort(site, curriculum):
    return make_cohort(site, curriculum)


@pytest.fixture
def invited(site, curriculum, cohort):
    """Five were invited 100 days ago: one is certified, one has done the theory, one started, one signed in."""
    people = [make_learner(f"Amina {number}", site, curriculum, cohort=cohort) for number in range(5)]
    moments = [
        {"signed": 98, "started_at": 96, "half_at": 80, "theory_at": 60, "completed_at": 30},
        {"signed": 94, "started_at": 90, "half_at": 70, "theory_at": 40},
        {"started_at": 88},
        {"signed": 90},
        {},
    ]
    for person, reached in zip(people, moments, strict=True):
        signed = reached.pop("signed", None)
        User.objects.filter(pk=person.pk).update(first_signed_in_at=signed and ago(signed))
        person.enrolments.update(opened_at=ago(100), **{name: ago(days) for name, days in reached.items()})
    make_certificate(people[0], awarded_on=timezone.localdate() - timedelta(days=29), drawn_at=ago(29))
    return people


def chosen(on=0, **more):
    today = timezone.localdate()
    return Chosen(today - timedelta(days=365), today - timedelta(days=on), **more)


def counts(hr, **more) -> dict:
    (everyone,) = funnel_of(hr, chosen(**more))
    return dict(zip(NAMES, everyone.counts, strict=True))


def test_who_came_how_far(hr, invited):
    """She who started on another's phone has signed in, too."""
    assert list(counts(hr).values()) == [5, 4, 3, 2, 2, 1, 1]


@pytest.mark.parametrize(
    ("on", "expected"),
    [(101, [0, 0, 0, 0, 0, 0, 0]), (95, [5, 1, 1, 0, 0, 0, 0]), (50, [5, 4, 3, 2, 1, 0, 0])],
)
def test_a_day_before_is_answered_truly(hr, invited, on, expected):
    assert list(counts(hr, on=on).values()) == expected


def test_median_days_between_neighbours(hr, invited):
    (everyone,) = funnel_of(hr, chosen())
    days = [None if one is None else round(one) for one in everyone.days]
    assert days[:6] == [None, 6, 3, 18, 25, 30]


def test_groups_are_counted_by_the_same_query(hr, other_country_hr, invited, cohort):
    (one,) = funnel_of(hr, chosen(), "cohort")
    (country,) = funnel_of(hr, chosen(), "country")
    assert (one.key, country.key) == (cohort.pk, "KE")
    assert one.counts == country.counts == funnel_of(hr, chosen())[0].counts
    assert funnel_of(other_country_hr, chosen(), "country") == []


def test_specimen_is_no_certificate(hr, invited):
    invited[0].certificates.update(specimen=True)
    assert counts(hr)["certified"] == 0


@pytest.mark.parametrize("days", [[], [3], [1, 2], [5, 1, 9], [1, 1, 2, 8]])
def test_median_and_days_of_the_database(db, kenya, site, curriculum, days):
    """The same on PostgreSQL and SQLite, and as Python has it."""
    moment = timezone.now()
    for number, one in enumerate(days):
        person = make_learner(f"Amina {number}", site, curriculum)
        person.enrolments.update(opened_at=moment, started_at=moment + timedelta(days=one))
    found = Enrolment.objects.aggregate(
        median=Median(DaysBetween(F("opened_at"), F("started_at"))),
        back=Median(DaysBetween(F("started_at"), F("opened_at"))),
        none=Median(DaysBetween(F("opened_at"), F("closed_at"))),
    )
    assert found["median"] == (pytest.approx(statistics.median(days), abs=1e-3) if days else None)
    assert found["back"] == (0 if days else None)
    assert found["none"] is None


def test_screen_chart_and_file_hold_the_same_numbers(client, hr, invited):
    client.force_login(hr)
    address = reverse("reports:funnel")
    context = client.get(address).context
    lines = [context["everyone"], *context["lines"]]
    answer = client.get(address, {"export": "csv"})
    rows = list(csv.DictReader(io.StringIO(b"".join(answer.streaming_content).decode("utf-8-sig"))))
    for line, row in zip(lines, rows, strict=True):
        for step in line.steps:
            assert row[str(step.label)] == str(step.count)
    assert context["chart"]["values"] == [step.count for step in context["everyone"].steps]
    assert "data-chart" in client.get(address).text
