"""The donor table: who is counted where, who may read it, screen and file alike, definitions in both."""

import csv
import io
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from lms.people.models import Role, User
from lms.reports.donor.counts import Chosen, counts_of
from lms.reports.donor.quarters import quarter_of

from ..rows import make_certificate, make_learner

DONOR = "reports:donor"


@pytest.fixture
def certified(site, curriculum):
    """Seven women and two men of Kenya with a certificate, one woman whose certificate has ended."""
    for number in range(10):
        person = make_learner(f"Amina {number}", site, curriculum)
        sex, born = ("f", 1990) if number < 7 or number == 9 else ("m", 2004)
        User.objects.filter(pk=person.pk).update(sex=sex, birth_year=born, job="Team leader")
        person.enrolments.update(completed_at=timezone.now() - timedelta(days=200))
        make_certificate(person, drawn_at=timezone.now() - timedelta(days=200), days_left=-1 if number == 9 else 100)


def chosen(rows, columns, measure="certified"):
    return Chosen(measure, rows, columns, (quarter_of(timezone.localdate()),))


def csv_rows(answer) -> list[list[str]]:
    return list(csv.reader(io.StringIO(b"".join(answer.streaming_content).decode("utf-8-sig"))))


def test_people_are_counted_once_by_both(hr, other_country_hr, certified):
    assert counts_of(hr, chosen("country", "sex")) == {("KE", "f"): 7, ("KE", "m"): 2}
    assert counts_of(hr, chosen("job", "country")) == {("Team leader", "KE"): 9}
    assert counts_of(other_country_hr, chosen("country", "sex")) == {}


def test_age_is_that_of_the_quarters_year(hr, certified):
    year = timezone.localdate().year
    User.objects.filter(sex="m").update(birth_year=year - 19)
    assert counts_of(hr, chosen("age", "country")) == {("35–49", "KE"): 7, ("19", "KE"): 2}
    User.objects.filter(sex="m").update(birth_year=None)
    assert counts_of(hr, chosen("age", "country"))["unknown", "KE"] == 2


def test_health_areas_are_those_of_her_modules(hr, certified, curriculum):
    assert counts_of(hr, chosen("area", "country")) == {("tb", "KE"): 9}


def test_who_was_through_counts_in_her_quarter(hr, certified):
    then = quarter_of(timezone.localdate(timezone.now() - timedelta(days=200)))
    by_quarter = Chosen("through", "quarter", "sex", (then, then.after))
    assert counts_of(hr, by_quarter) == {(str(then), "f"): 8, (str(then), "m"): 2}


def test_few_are_hidden_on_screen_and_in_the_file(as_, hr, certified):
    client, address = as_(hr), reverse(DONOR)
    context = client.get(address).context
    assert context["grid"].headings == ["Country", "Female", "Male", "All"]
    assert context["grid"].rows == [("Kenya", ["•", "< 5", 9]), ("All", ["•", "< 5", 9])]
    rows = csv_rows(client.get(address, {"export": "csv"}))
    assert rows[1:3] == [["Kenya", "•", "< 5", "9"], ["All", "•", "< 5", "9"]]
    said = [row[0] for row in rows[3:]]
    for text in context["definitions"]:
        assert text in said and text in client.get(address).content.decode().replace("&lt;", "<")


def test_same_choice_twice_is_refused(as_, hr, certified):
    answer = as_(hr).get(reverse(DONOR), {"rows": "sex", "columns": "sex"})
    assert "Choose something else than for the rows." in answer.text
    assert "grid" not in answer.context


def test_table_is_for_those_who_keep_records(as_, client, hr, trainer, observer, administrator, other_country_hr):
    address = reverse(DONOR)
    assert client.get(address).status_code == 302
    for person in (hr, administrator, other_country_hr):
        assert as_(person).get(address).status_code == 200
    for person in (trainer, observer):
        assert as_(person).get(address).status_code in (302, 403)
    assert as_(hr).post(address).status_code == 405


def test_where_she_only_trains_nobody_is_counted(hr, certified, lesotho_learner, curriculum):
    hr.postings.create(role=Role.TRAINER, country_id="LS")
    make_learner("Palesa", lesotho_learner.postings.get().site, curriculum)
    make_certificate(User.objects.get(given_names="Palesa", family_name="Otieno"))
    assert {country for country, _sex in counts_of(hr, chosen("country", "sex"))} == {"KE"}


def test_nobody_to_count(as_, hr):
    assert "Nobody to count here." in as_(hr).get(reverse(DONOR)).text


def test_queries_are_as_many_as_quarters(hr, certified, django_assert_num_queries):
    with django_assert_num_queries(2):  # her countries, the count
        counts_of(hr, chosen("country", "sex"))
