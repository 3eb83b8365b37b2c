"""People and places in the Wagtail admin."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from wagtail.models import ModelLogEntry
from wagtail.permissions import policy_registry

from lms.core.models import Country
from lms.people.models import Posting, Role, Site, User
from lms.people.staff.policies import PeoplePolicy
from tests.factories.people import make_person, make_site, post

LIST = "/cms/people/"


def url(name, person, *args):
    return reverse(f"staff_people:{name}", args=[person.pk, *args])


def is_refused(response) -> bool:
    """Wagtail's answer to somebody who may not."""
    return response.status_code == 302 and response.url == "/cms/"


@pytest.fixture
def as_hr(client, hr):
    client.force_login(hr)
    return client


@pytest.fixture
def as_trainer(client, trainer):
    client.force_login(trainer)
    return client


@pytest.fixture
def lead(site):
    person = make_person("Lydia", "Wafula")
    post(person, Role.LEAD)
    return person


def test_policy_is_ours_whatever_wagtail_registers(db):
    assert isinstance(policy_registry.get_by_type(User), PeoplePolicy)


def test_list_shows_own_country_only(as_hr, learner, lesotho_learner):
    page = as_hr.get(LIST).content.decode()
    assert str(learner) in page
    assert "Kisumu Clinic" in page
    assert str(lesotho_learner) not in page


@pytest.mark.parametrize(
    "query", ["?q=Amina", "?q=otie", "?q={number}", "?role=learner", "?site={site}", "?country=KE"]
)
def test_list_is_searched_and_filtered(as_hr, learner, query):
    make_person("Zuhura", "Nobody", "TZ")
    found = as_hr.get(LIST + query.format(number=learner.staff_number, site=learner.postings.get().site_id))
    assert learner in found.context["object_list"]
    assert as_hr.get(LIST + "?q=nobody").context["object_list"].count() == 0


def test_list_filter_offers_own_places_only(as_hr, learner, lesotho_learner):
    form = as_hr.get(LIST).context["filters"].form
    assert [country.pk for country in form.fields["country"].queryset] == ["KE"]
    assert [site.code for site in form.fields["site"].queryset] == ["KE-001"]


def test_list_costs_the_same_for_one_and_three(as_hr, learner, site, django_assert_num_queries):
    """What the menu asks belongs to other rooms: counted, not fixed here."""
    as_hr.get(LIST)
    with CaptureQueriesContext(connection) as for_one:
        as_hr.get(LIST)
    for name in ("Ruth", "Sarah"):
        post(make_person(name, "More"), Role.LEARNER, site)
    with django_assert_num_queries(len(for_one)):
        as_hr.get(LIST)


def test_list_is_for_those_with_a_reason(client, reviewer, learner):
    client.force_login(reviewer)
    assert is_refused(client.get(LIST))
    assert b"/cms/people/" not in client.get("/cms/").content
    client.force_login(learner)
    assert client.get(LIST).status_code == 302
    client.logout()
    assert client.get(LIST).url.startswith("/cms/login/")


def test_person_of_another_country_is_not_there(client, learner, other_country_hr):
    client.force_login(other_country_hr)
    for name in ("show", "edit", "reset", "post", "history"):
        assert client.get(url(name, learner)).status_code == 404
    assert client.post(url("reset", learner)).status_code == 404
    learner.refresh_from_db()
    assert learner.has_usable_password()


def test_person_shows_the_job_to_hr_only(client, hr, trainer, learner):
    User.objects.filter(pk=learner.pk).update(job="Mentor Mother")
    client.force_login(trainer)
    page = client.get(url("show", learner)).content.decode()
    assert learner.staff_number in page
    assert "Mentor Mother" not in page
    client.force_login(hr)
    assert "Mentor Mother" in client.get(url("show", learner)).content.decode()


def test_person_is_made_with_her_first_posting(as_hr, hr, site, kenya):
    data = {"given_names": "Nia", "family_name": "Auma", "country": "KE", "language": "sw", "phone": "0712 345678"}
    posting = {"role": "learner", "site": site.pk, "starts_on": timezone.localdate()}
    response = as_hr.post(LIST + "new/", data | posting)
    made = User.objects.get(given_names="Nia")
    assert response.url == url("show", made)
    assert (made.language, str(made.phone)) == ("sw", "+254712345678")
    assert made.postings.get().site == site
    assert ModelLogEntry.objects.filter(object_id=made.pk, action="wagtail.create", user=hr).exists()


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"site": ""}, "A learner learns at a site."),
        ({"role": "country_lead"}, "is not one of the available choices"),
        ({"role": "hr"}, "is not one of the available choices"),
        ({"country": "LS"}, "is not one of the available choices"),
        ({"given_names": ""}, "This field is required"),
    ],
)
def test_person_is_not_made_beyond_ones_own_reach(as_hr, site, lesotho, change, sentence):
    data = {"given_names": "Nia", "family_name": "Auma", "country": "KE", "language": "sw"}
    data |= {"role": "learner", "site": site.pk, "starts_on": timezone.localdate()}
    assert sentence in as_hr.post(LIST + "new/", data | change).content.decode()
    assert not User.objects.filter(family_name="Auma").exists()


def test_person_is_changed_and_loses_the_right_to_sign_in_at_once(as_hr, learner):
    from_her_phone = type(as_hr)()
    from_her_phone.force_login(learner)
    data = {"given_names": "Amina N.", "family_name": "Otieno", "country": "KE", "language": "en"}
    assert as_hr.post(url("edit", learner), data).url == url("show", learner)
    learner.refresh_from_db()
    assert (learner.given_names, learner.is_active) == ("Amina N.", False)
    assert not from_her_phone.get("/en/language/").wsgi_request.user.is_authenticated


def test_person_is_changed_only_by_who_keeps_her_record(as_trainer, learner):
    assert as_trainer.get(url("show", learner)).status_code == 200
    assert is_refused(as_trainer.get(url("edit", learner)))
    assert is_refused(as_trainer.get(url("post", learner)))


def test_own_rank_is_out_of_reach(as_hr, kenya):
    colleague = make_person("Other", "Hr")
    post(colleague, Role.HR)
    for name in ("edit", "reset", "post"):
        assert is_refused(as_hr.get(url(name, colleague)))


def test_history_names_what_happened(as_hr, learner):
    as_hr.post(url("reset", learner))
    page = as_hr.get(url("history", learner)).content.decode()
    assert "PIN reset, signed out everywhere" in page
    assert "One-time code given" in page


def test_posting_is_added_once(as_hr, learner, site):
    data = {"role": "observer", "country": "KE", "site": site.pk, "starts_on": timezone.localdate()}
    for _ in range(2):
        assert as_hr.post(url("post", learner), data).url == url("show", learner)
    assert learner.postings.filter(role=Role.OBSERVER).count() == 1


@pytest.mark.parametrize("change", [{"role": "administrator"}, {"role": "clinical_reviewer"}, {"country": "LS"}])
def test_posting_beyond_ones_own_reach_is_refused(as_hr, learner, lesotho, change):
    data = {"role": "observer", "country": "KE", "starts_on": timezone.localdate()}
    assert as_hr.post(url("post", learner), data | change).status_code == 200
    assert learner.postings.count() == 1


def test_posting_at_a_site_of_another_country_is_refused(client, administrator, learner, other_site):
    client.force_login(administrator)
    data = {"role": "observer", "country": "KE", "site": other_site.pk, "starts_on": timezone.localdate()}
    assert "This site is in another country." in client.post(url("post", learner), data).content.decode()


def test_posting_ends(as_hr, learner):
    posting = learner.postings.get()
    page = as_hr.get(url("show", learner)).content.decode()
    assert url("posting-end", learner, posting.pk) in page
    day = timezone.localdate() - timedelta(days=1)
    assert "did not begin" in as_hr.post(url("posting-end", learner, posting.pk), {"ends_on": day}).content.decode()
    assert as_hr.post(url("posting-end", learner, posting.pk), {"ends_on": timezone.localdate()}).status_code == 302
    posting.refresh_from_db()
    assert posting.ends_on == timezone.localdate()


def test_posting_of_another_person_is_not_there(as_hr, learner, trainer):
    other = trainer.postings.get()
    assert as_hr.get(url("posting-end", learner, other.pk)).status_code == 404


def test_reset_asks_first_and_shows_a_neutral_slip_once(as_trainer, learner):
    assert "Reset the PIN of" in as_trainer.get(url("reset", learner)).content.decode()
    learner.refresh_from_db()
    assert learner.has_usable_password()
    response = as_trainer.post(url("reset", learner))
    page = response.content.decode()
    assert learner.staff_number in page and str(learner) in page
    assert "learner" not in page.lower() and "mother" not in page.lower()
    assert "no-store" in response["Cache-Control"]


def test_reset_is_offered_to_who_may(client, trainer, hr, learner):
    client.force_login(trainer)
    assert url("reset", learner) in client.get(url("show", learner)).content.decode()
    assert url("reset", hr) not in client.get(url("show", hr)).content.decode()
    assert is_refused(client.post(url("reset", hr)))
    assert client.put(url("reset", learner)).status_code == 405


def test_sites_are_those_of_the_country(as_hr, site, other_site):
    page = as_hr.get("/cms/sites-and-clinics/").content.decode()
    assert "Kisumu Clinic" in page and "Maseru Clinic" not in page
    assert as_hr.get(f"/cms/sites-and-clinics/{other_site.pk}/edit/").status_code == 404
    assert as_hr.get(f"/cms/sites-and-clinics/{other_site.pk}/history/").status_code == 404
    data = {"code": "KE-9", "name": "Siaya", "kind": "facility"}
    as_hr.post("/cms/sites-and-clinics/new/", data | {"country": "LS"})
    assert not Site.objects.filter(code="KE-9").exists()
    as_hr.post("/cms/sites-and-clinics/new/", data | {"country": "KE"})
    assert Site.objects.filter(code="KE-9", country="KE").exists()


def test_places_are_not_for_trainers(as_trainer, site):
    for path in ("sites-and-clinics/", "partners/", "countries/", f"sites-and-clinics/{site.pk}/edit/"):
        assert is_refused(as_trainer.get(f"/cms/{path}"))


def test_partners_are_kept_by_hr(as_hr):
    as_hr.post("/cms/partners/new/", {"name": "Ministry of Health"})
    assert b"Ministry of Health" in as_hr.get("/cms/partners/").content


def test_switches_of_a_country_are_its_leads(client, lead, hr, kenya, lesotho):
    client.force_login(hr)
    assert is_refused(client.get("/cms/countries/KE/edit/"))
    client.force_login(lead)
    assert [row.pk for row in client.get("/cms/countries/").context["object_list"]] == ["KE"]
    client.post("/cms/countries/KE/edit/", {"glucose_test": "on", "name": "Elsewhere"})
    kenya.refresh_from_db()
    assert (kenya.glucose_test, kenya.malaria_rdt, kenya.name) == (True, False, "Kenya")
    assert client.get("/cms/countries/LS/edit/").status_code == 404
    assert is_refused(client.get("/cms/countries/new/"))
    assert Country.objects.count() == 10


def test_nothing_here_is_deleted_or_copied(client, administrator, learner, site):
    client.force_login(administrator)
    for path in (
        f"people/delete/{learner.pk}/",
        f"people/{learner.pk}/delete/",
        f"sites-and-clinics/delete/{site.pk}/",
    ):
        assert client.post(f"/cms/{path}").status_code == 404
    assert User.objects.filter(pk=learner.pk).exists()


@pytest.mark.parametrize("path", ["users/", "users/new/", "groups/", "groups/new/", "bulk/people/user/delete/?id=all"])
def test_wagtails_users_and_groups_are_closed_to_everyone(client, administrator, path):
    client.force_login(administrator)
    assert client.get(f"/cms/{path}").status_code == 404
    settings = client.get("/cms/").content.decode()
    assert '"/cms/users/"' not in settings and '"/cms/groups/"' not in settings


def test_wagtails_sign_in_pages_are_ours(client, db):
    assert client.get("/cms/login/?next=/cms/people/").url == "/en/sign-in/?with=password&next=%2Fcms%2Fpeople%2F"
    assert client.get("/cms/login/?next=//evil.example").url == "/en/sign-in/?with=password"
    for path in ("", "done/", "confirm/MQ/set-password/", "complete/"):
        assert client.get(f"/cms/password_reset/{path}").url == "/en/sign-in/forgot/"
        assert client.post(f"/cms/password_reset/{path}").status_code == 302


def test_wagtails_sign_out_is_ours(client, trainer):
    client.force_login(trainer)
    assert client.get("/cms/logout/").status_code == 405
    assert client.post("/cms/logout/").url == "/en/sign-in/"


def test_account_page_keeps_the_rules_for_passwords(client, trainer):
    client.force_login(trainer)
    page = client.get("/cms/account/").content.decode()
    assert "password-new_password1" in page and "name_email" not in page
    data = {"password-old_password": "739162", "locale-preferred_language": "en", "theme-contrast": "system"}
    data |= {"theme-theme": "system", "theme-density": "default", "locale-current_time_zone": "Africa/Nairobi"}
    for secret in ("604817", "password123"):
        data |= {"password-new_password1": secret, "password-new_password2": secret}
        client.post("/cms/account/", data)
        trainer.refresh_from_db()
        assert trainer.check_password("739162")
    data |= {"password-new_password1": "river stone lamp", "password-new_password2": "river stone lamp"}
    client.post("/cms/account/", data)
    trainer.refresh_from_db()
    assert trainer.check_password("river stone lamp")


def test_postings_that_are_over_give_nothing(client, trainer, learner):
    Posting.objects.filter(person=trainer).update(
        starts_on=timezone.localdate() - timedelta(days=9), ends_on=timezone.localdate() - timedelta(days=1)
    )
    client.force_login(trainer)
    assert is_refused(client.get(LIST))
    assert client.get(url("show", learner)).status_code == 404


def test_site_trainer_sees_the_learners_of_her_site(client, site, learner, hr):
    person = make_person("Site", "Trainer")
    post(person, Role.TRAINER, site)
    elsewhere = make_person("Far", "Away")
    post(elsewhere, Role.LEARNER, make_site("KE-002"))
    client.force_login(person)
    assert list(client.get(LIST).context["object_list"]) == [learner]
    assert client.get(url("show", elsewhere)).status_code == 404
    assert client.post(url("reset", learner)).status_code == 200
