"""The intake in the admin: who may, in which order, and that a second press changes nothing."""

from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from lms.learning.intake import queries
from lms.learning.models import Cohort, Enrolment, Intake
from lms.people.models import Role, User
from tests.factories.content import make_programme, row
from tests.factories.people import make_person, make_site, post

from .intakes import make_intake, sheet

GOOD = sheet("Grace,Otieno,,0712345678", "Amina,Juma")
MIXED = sheet("Grace,Otieno,,0712345678", "Amina,Juma,,12")


@pytest.fixture
def as_(client):
    """The client, signed in as a person."""

    def sign_in(person):
        client.force_login(person)
        return client

    return sign_in


@pytest.fixture
def site_trainer(site):
    person = make_person("Halima", "Noor")
    post(person, Role.TRAINER, site)
    return person


@pytest.fixture
def form(curriculum, site):
    return lambda data=GOOD, **changes: (
        {
            "country": site.country_id,
            "cohort_name": "Kisumu 2026",
            "programme_key": str(curriculum.programme.translation_key),
            "site": site.pk,
            "starts_on": "2026-12-01",
            "file": SimpleUploadedFile("recruits.csv", data),
        }
        | changes
    )


@pytest.fixture
def intake(curriculum, site, hr):
    return make_intake(curriculum, site, hr, GOOD)


def url(name, intake):
    return reverse(f"intake:{name}", args=[intake.pk])


def test_journey_from_sheet_to_slips(as_, hr, form):
    client = as_(hr)
    preview = client.post(reverse("intake:send"), form(MIXED), follow=True)
    intake = Intake.objects.get()
    assert preview.redirect_chain[-1][0] == url("show", intake)
    assert "Row 3" in preview.text
    assert "Not a phone number" in preview.text
    assert "Create the 1 good row" in preview.text
    result = client.post(url("commit", intake), {"expected": "1"})
    (person,) = queries.people_of(Intake.objects.get())
    (slip,) = result.context["slips"]
    assert person.staff_number in result.text
    assert slip.code in result.text
    assert "Left out: row 3" in client.get(url("show", intake)).text
    assert result["Cache-Control"].count("no-store")


def test_second_press_shows_the_same_people_without_codes(as_, hr, intake):
    client = as_(hr)
    first = client.post(url("commit", intake), {"expected": "2"})
    people = User.objects.count()
    second = client.post(url("commit", intake), {"expected": "2"}, follow=True)
    assert User.objects.count() == people
    assert second.context["people"] == [slip.person for slip in first.context["slips"]]
    assert not any(slip.code in second.text for slip in first.context["slips"])
    assert "New slips" in second.text


def test_new_slips_show_new_codes(as_, hr, intake):
    client = as_(hr)
    first = client.post(url("commit", intake), {"expected": "2"}).context["slips"]
    second = client.post(url("slips", intake)).context["slips"]
    assert [slip.person for slip in first] == [slip.person for slip in second]
    assert {slip.code for slip in first}.isdisjoint(slip.code for slip in second)


def test_slips_say_no_role_no_place_and_no_illness(as_, hr, intake):
    text = as_(hr).post(url("commit", intake), {"expected": "2"}).text
    slips = text[text.index('<ul class="slips">') : text.index("</ul>", text.index('<ul class="slips">'))].lower()
    assert "otieno" in slips
    assert not [word for word in ("mother", "hiv", "clinic", "kisumu", "learner", "recruit", "health") if word in slips]


def test_commit_after_the_list_changed_says_so(as_, hr, intake):
    answer = as_(hr).post(url("commit", intake), {"expected": "3"}, follow=True)
    assert "The list changed in the meantime" in answer.text
    assert not Cohort.objects.exists()


def test_slips_before_the_commit_lead_to_the_preview(as_, hr, intake):
    assert as_(hr).post(url("slips", intake)).url == url("show", intake)


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"", "The file is empty."),
        (b"Name;Tel\nGrace;1\n", "Missing columns: given names, family name."),
        (b"\x81\x8d", "not text"),
    ],
)
def test_refused_file_leaves_nothing_behind(as_, hr, form, data, words):
    answer = as_(hr).post(reverse("intake:send"), form(data))
    assert words in answer.text
    assert not Intake.objects.exists()


def test_send_refuses_a_site_of_another_country(as_, hr, lesotho, form):
    post(hr, Role.HR, country=lesotho)
    answer = as_(hr).post(reverse("intake:send"), form(site=make_site("LS-009", "LS").pk))
    assert "This site is in another country." in answer.text


def test_send_offers_only_ones_own_places(as_, hr, site_trainer, other_site, site):
    make_site("KE-002")
    everywhere = as_(hr).get(reverse("intake:send")).context["form"]
    assert list(everywhere.fields["country"].queryset) == [site.country]
    assert everywhere.fields["site"].queryset.count() == 2
    here = as_(site_trainer).get(reverse("intake:send")).context["form"]
    assert list(here.fields["site"].queryset) == [site]


def test_send_refuses_a_cohort_name_of_another_programme(as_, hr, form, intake):
    Cohort.objects.create(
        country=intake.country, name="Kisumu 2026", programme_key=intake.pk, starts_on=intake.starts_on
    )
    assert "with another programme" in as_(hr).post(reverse("intake:send"), form()).text


@pytest.mark.parametrize("name", ["show", "commit", "slips", "discard"])
def test_intake_of_another_country_is_not_found(as_, other_country_hr, intake, name):
    ask = as_(other_country_hr).get if name == "show" else as_(other_country_hr).post
    answer = ask(url(name, intake), {"expected": "2"}, follow=True)
    assert answer.status_code == 404
    assert Intake.objects.filter(committed_at=None).count() == 1


def test_trainer_of_one_site_opens_only_her_own_intakes(as_, site_trainer, curriculum, site, intake):
    own = make_intake(curriculum, site, site_trainer, GOOD, cohort_name="Mine")
    client = as_(site_trainer)
    assert client.get(url("show", intake), follow=True).status_code == 404
    assert client.get(url("show", own)).status_code == 200
    answer = client.post(url("commit", own), {"expected": "2"})
    assert len(answer.context["slips"]) == 2


@pytest.mark.parametrize("name", ["commit", "slips", "discard"])
def test_changes_need_a_press(as_, hr, intake, name):
    assert as_(hr).get(url(name, intake)).status_code == 405


@pytest.mark.parametrize("name", ["send", "index", "template"])
def test_intake_is_closed_to_learners_and_strangers(client, learner, as_, name):
    address = reverse(f"intake:{name}")
    assert client.get(address).status_code == 302
    assert as_(learner).get(address).status_code in (302, 403)


def test_reviewer_takes_nobody_in(as_, reviewer, intake):
    client = as_(reviewer)
    assert client.get(reverse("intake:send")).status_code == 302
    assert client.get(url("show", intake), follow=True).status_code == 404


def test_discard_forgets_the_sheet_but_not_its_people(as_, hr, intake):
    client = as_(hr)
    client.post(url("commit", intake), {"expected": "2"})
    client.post(url("discard", intake))
    assert Intake.objects.filter(pk=intake.pk).exists()


def test_discard_forgets_an_open_sheet(as_, hr, intake):
    assert as_(hr).post(url("discard", intake)).url == reverse("intake:index")
    assert not Intake.objects.exists()


def test_template_is_a_sheet_that_can_be_sent(as_, hr, form):
    client = as_(hr)
    empty = client.get(reverse("intake:template"))
    assert empty["Content-Disposition"] == 'attachment; filename="intake.csv"'
    client.post(reverse("intake:send"), form(empty.content))
    assert Intake.objects.get().rows[0]["values"]["given_names"] == "Grace Wanjiru"


def test_list_asks_the_same_for_any_number_of_sheets(as_, hr, curriculum, site, django_assert_num_queries):
    client = as_(hr)
    make_intake(curriculum, site, hr, GOOD)
    client.get(reverse("intake:index"))
    with CaptureQueriesContext(connection) as one:
        assert "Kisumu 2026" in client.get(reverse("intake:index")).text
    for _ in range(2):
        make_intake(curriculum, site, hr, GOOD)
    with django_assert_num_queries(len(one)):
        client.get(reverse("intake:index"))


def test_a_programme_that_comes_after_another_asks_whether_that_was_done(as_, hr, form, curriculum):
    first = {"programme": curriculum.programme.pk, "how_far": "completed"}
    rows = [row(curriculum.lessons[0])]
    firsts = [{"type": "first", "id": str(uuid4()), "value": first}]
    second = make_programme(curriculum.home, rows, title="Second", code="second", firsts=firsts)
    sent = {"programme_key": str(second.translation_key)}
    answer = as_(hr).post(reverse("intake:send"), form(**sent))
    assert "It comes after Primary Health Care." in answer.content.decode()
    assert not Intake.objects.exists()
    assert as_(hr).post(reverse("intake:send"), form(**sent, done_before="on")).status_code == 302
    intake = Intake.objects.get()
    as_(hr).post(url("commit", intake), {"expected": "2"})
    assert Enrolment.objects.filter(programme_code="second").count() == 2


def test_a_programme_for_other_countries_is_refused(as_, hr, form, curriculum):
    rows = [row(curriculum.lessons[0], countries=["MW"])]
    programme = make_programme(curriculum.home, rows, title="Malawi only", code="malawi")
    answer = as_(hr).post(reverse("intake:send"), form(programme_key=str(programme.translation_key)))
    assert "It asks for nothing in Kenya." in answer.content.decode()
    assert not Intake.objects.exists()
