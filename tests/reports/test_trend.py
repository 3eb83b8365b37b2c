"""Certified by month: as of each month's end, the same in table, chart and file."""

import csv
import io
from datetime import date, timedelta

from django.urls import reverse
from django.utils import timezone

from lms.reports.trend import certified_on, month_ends

from .rows import make_certificate, make_learner


def test_month_ends_run_back_from_the_day():
    assert month_ends(date(2026, 3, 10), 4) == [
        date(2025, 12, 31),
        date(2026, 1, 31),
        date(2026, 2, 28),
        date(2026, 3, 10),
    ]


def test_people_count_once_from_award_to_end(hr, other_country_hr, site, curriculum):
    now, today = timezone.now(), timezone.localdate()
    amina = make_learner("Amina", site, curriculum)
    long_ago = {"drawn_at": now - timedelta(days=300), "confirmed_at": now - timedelta(days=300)}
    make_certificate(amina, awarded_on=today - timedelta(days=300), days_left=-100, **long_ago)
    days = [today - timedelta(days=ago) for ago in (301, 300, 100, 99, 0)]
    assert certified_on(hr, days) == [0, 1, 1, 0, 0]
    assert certified_on(other_country_hr, days) == [0] * 5
    assert certified_on(hr, days, country="LS") == [0] * 5


def test_table_chart_and_file_hold_the_same_numbers(as_, hr, people):
    client, address = as_(hr), reverse("reports:trend")
    context = client.get(address).context
    counts = [count for _day, count in context["lines"]][::-1]
    answer = client.get(address, {"export": "csv"})
    rows = list(csv.reader(io.StringIO(b"".join(answer.streaming_content).decode("utf-8-sig"))))
    assert [row[1] for row in rows[1:]] == [str(count) for count in counts]
    assert context["chart"]["values"] == counts
    assert counts[-1] == 1
