"""Certification status as pages: screen, bars and file say the same, every number opens its list, a few queries."""

import csv
import io
from datetime import timedelta

import pytest
from django.core.cache import cache
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from openpyxl import load_workbook

from lms.people.models import Role, User
from lms.reports.status.bars import WIDTH, parts_of
from lms.reports.status.numbers import MEASURES
from tests.factories.people import make_site

from ..rows import make_learner

STATUS = "reports:status"


def body(answer) -> bytes:
    return b"".join(answer.streaming_content) if answer.streaming else answer.content


def test_screen_chart_and_file_hold_the_same_numbers(as_, hr, people):
    client, address = as_(hr), reverse(STATUS)
    context = client.get(address).context
    shown = [[line.label, *line.counts.values()] for line in context["lines"]]
    rows = list(csv.reader(io.StringIO(body(client.get(address, {"export": "csv"})).decode("utf-8-sig"))))
    sheet = load_workbook(io.BytesIO(body(client.get(address, {"export": "xlsx"})))).active
    cells = [list(row) for row in sheet.iter_rows(values_only=True)]
    everyone = ["All", *context["everyone"].counts.values()]
    assert cells[1:] == [*shown, everyone]
    assert rows[1:] == [[str(cell) for cell in row] for row in [*shown, everyone]]
    for line in context["lines"]:
        drawn = {part.key: part.count for part in line.parts}
        assert sum(drawn.values()) == line.counts["people"]
        assert drawn.get("certified", 0) + drawn.get("ends_soon", 0) == line.counts["certified"]
        assert (drawn.get("expired", 0), drawn.get("in_progress", 0)) == (
            line.counts["expired"],
            line.counts["in_progress"],
        )


def test_every_number_opens_its_list(as_, hr, people):
    client = as_(hr)
    context = client.get(reverse(STATUS)).context
    for line in (*context["lines"], context["everyone"]):
        for measure, number, url in line.cells:
            assert bool(url) == bool(number)
            if url:
                assert client.get(url).context["items_count"] == number, measure


def test_row_opens_the_next_level_down_to_the_job(as_, hr, people, site):
    User.objects.filter(pk=people[0].pk).update(job="Team leader")
    client, address, levels = as_(hr), reverse(STATUS) + "?by=country", []
    while address:
        context = client.get(address).context
        levels.append(context["form"].level)
        address = context["lines"][0].url and reverse(STATUS) + context["lines"][0].url
    assert levels == ["country", "site", "cohort", "job"]
    assert {line.label for line in context["lines"]} == {"No job noted", "Team leader"}
    for line in context["lines"]:
        assert client.get(line.cells[0][2]).context["items_count"] == line.counts["people"]


def test_trainer_neither_counts_by_job_nor_filters_by_it(as_, trainer, people):
    User.objects.filter(pk=people[0].pk).update(job="Team leader")
    answer = as_(trainer).get(reverse(STATUS), {"by": "job", "job": "Team leader"})
    assert answer.context["form"].level == "site"
    assert answer.context["everyone"].counts["people"] == 4
    assert "Team leader" not in answer.text


def test_who_keeps_records_elsewhere_sees_no_jobs_where_she_only_trains(as_, hr, people, other_site, curriculum):
    palesa = make_learner("Palesa", other_site, curriculum)
    User.objects.filter(pk=palesa.pk).update(job="Facility team")
    hr.postings.create(role=Role.TRAINER, country_id="LS")
    context = as_(hr).get(reverse(STATUS), {"by": "job"}).context
    assert {line.label for line in context["lines"]} == {"No job noted"}


def test_day_before_is_answered_and_tomorrow_refused(as_, hr, people):
    client, today = as_(hr), timezone.localdate()
    assert client.get(reverse(STATUS), {"on": str(today - timedelta(days=1))}).context["lines"] == []
    answer = client.get(reverse(STATUS), {"on": str(today + timedelta(days=1))})
    assert "Choose today or a day before." in answer.text
    assert answer.context["everyone"].counts["people"] == 4


@pytest.mark.parametrize(
    "query", [{"site": "x"}, {"country": "LS"}, {"on": "soon"}, {"by": "shoe"}, {"programme": "x"}]
)
def test_nonsense_filters_nothing_and_says_so(as_, hr, people, query):
    answer = as_(hr).get(reverse(STATUS), query)
    assert (answer.status_code, answer.context["everyone"].counts["people"]) == (200, 4)


def test_empty_state(as_, hr):
    answer = as_(hr).get(reverse(STATUS))
    assert "Nobody to count here." in answer.text
    assert "Nobody to count here." in as_(hr).get(reverse("reports:status-list", args=["overdue"])).text


def test_unknown_list_is_not_found(as_, hr):
    assert as_(hr).get(reverse("reports:status-list", args=["shoes"])).status_code == 404


@pytest.mark.parametrize("name", ["index", "status", "funnel"])
def test_pages_are_for_reporters_and_only_read(as_, client, trainer, observer, learner, name):
    address = reverse(f"reports:{name}")
    assert client.get(address).status_code == 302
    assert as_(trainer).get(address).status_code == 200
    assert as_(trainer).post(address).status_code == 405
    for person in (observer, learner):
        assert as_(person).get(address).status_code in (302, 403)


def test_file_of_a_list_holds_its_people_and_is_logged(as_, hr, people):
    answer = as_(hr).get(reverse("reports:status-list", args=["specimen"]), {"export": "csv"})
    (row,) = csv.DictReader(io.StringIO(body(answer).decode("utf-8-sig")))
    assert (row["Name"], row["State"]) == (people[1].get_full_name(), "Specimen, not a certificate")


@pytest.mark.parametrize("name", ["status", "funnel"])
def test_queries_do_not_grow_with_the_rows(as_, hr, site, curriculum, name):
    client = as_(hr)
    make_learner("Amina", site, curriculum)
    one = _queries(client, reverse(f"reports:{name}"))
    for number in range(3):
        make_learner(f"Beatrice {number}", make_site(f"KE-10{number}"), curriculum)
    assert _queries(client, reverse(f"reports:{name}")) == one


def test_queries_of_a_list_do_not_grow_with_the_rows(as_, hr, site, curriculum):
    client, address = as_(hr), reverse("reports:status-list", args=["in_progress"])
    make_learner("Amina", site, curriculum)
    one = _queries(client, address)
    for number in range(3):
        make_learner(f"Beatrice {number}", site, curriculum)
    assert _queries(client, address) == one


def _queries(client, address: str) -> int:
    client.get(address)
    cache.clear()
    with CaptureQueriesContext(
        connection,
    ) as asked:
        assert client.get(address).status_code == 200
    return len(asked)


def test_bar_fills_its_width():
    counts = dict.fromkeys(MEASURES, 0) | {"people": 7, "certified": 3, "ends": 1, "expired": 1, "in_progress": 2}
    parts = parts_of(counts)
    assert [(part.key, part.count) for part in parts] == [
        ("certified", 2),
        ("ends_soon", 1),
        ("expired", 1),
        ("in_progress", 2),
        ("rest", 1),
    ]
    assert [part.x for part in parts[1:]] == [part.x + part.width for part in parts[:-1]]
    assert parts[-1].x + parts[-1].width == WIDTH


def test_first_page_says_todays_numbers_to_who_keeps_records(as_, hr, trainer, other_country_hr, people):
    """The same as the report's, each with its list; a trainer's first page is about what she writes."""
    strip = as_(hr).get(reverse(STATUS)).context["strip"]
    page = as_(hr).get(reverse("wagtailadmin_home")).content.decode()
    assert "Certification today" in page and "css/report.css" in page
    for _key, _label, number, url in strip:
        assert f'href="{url}"' in page and f"<strong>{number}</strong>" in page
    assert "<strong>4</strong>" not in as_(other_country_hr).get(reverse("wagtailadmin_home")).content.decode()
    assert "Certification today" not in as_(trainer).get(reverse("wagtailadmin_home")).content.decode()
