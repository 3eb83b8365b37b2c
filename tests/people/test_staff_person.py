"""One person in the Wagtail admin: made, changed, posted, reset."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone
from wagtail.models import ModelLogEntry

from lms.people.models import Role, User
from tests.factories.people import make_person, post

LIST = "/cms/people/"


def url(name, person, *args):
    return reverse(f"staff_people:{name}", args=[person.pk, *args])


def is_refused(response) -> bool:
    """Wagtail's answer to somebody who may not."""
    return response.status_code == 302 and response.url == "/cms/"


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
