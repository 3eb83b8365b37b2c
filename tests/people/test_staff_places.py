"""Sites, partners and countries in the Wagtail admin."""

from wagtail.permissions import policy_registry

from lms.core.models import Country
from lms.people.models import Partner, Site, User
from lms.people.staff.policies import PeoplePolicy

COUNTRY = {
    "first_language": "sw",
    "languages": ["en", "sw"],
    "help_line": "0800 000 000",
    "quiet_from": "20:00",
    "quiet_until": "07:00",
    "sms_price": "0.006",
    "sms_currency": "usd",
}


def is_refused(response) -> bool:
    """Wagtail's answer to somebody who may not."""
    return response.status_code == 302 and response.url == "/cms/"


def test_policy_is_ours_whatever_wagtail_registers(db):
    assert isinstance(policy_registry.get_by_type(User), PeoplePolicy)


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
    client.post("/cms/countries/KE/edit/", COUNTRY | {"glucose_test": "on", "name": "Elsewhere"})
    kenya.refresh_from_db()
    assert (kenya.glucose_test, kenya.malaria_rdt, kenya.name) == (True, False, "Kenya")
    assert (kenya.languages, str(kenya.sms_price), kenya.sms_currency) == (["sw", "en"], "0.0060", "USD")
    assert client.get("/cms/countries/LS/edit/").status_code == 404
    assert is_refused(client.get("/cms/countries/new/"))
    assert Country.objects.count() == 10


def test_a_currency_has_three_letters(client, lead, kenya):
    client.force_login(lead)
    answer = client.post("/cms/countries/KE/edit/", COUNTRY | {"sms_currency": "K1"})
    assert "sms_currency" in answer.context["form"].errors


def test_a_partner_keeps_its_countries_elsewhere(as_hr, kenya, lesotho):
    partner = Partner.objects.create(name="County health office")
    partner.countries.add(lesotho)
    as_hr.post(f"/cms/partners/{partner.pk}/edit/", {"name": "County health office", "countries": ["KE"]})
    assert set(partner.countries.values_list("pk", flat=True)) == {"KE", "LS"}
    as_hr.post(f"/cms/partners/{partner.pk}/edit/", {"name": "County health office", "countries": []})
    assert set(partner.countries.values_list("pk", flat=True)) == {"LS"}


def test_a_closed_site_is_not_offered(as_hr, site, learner):
    url = f"/cms/people/{learner.pk}/post/"
    assert b"Kisumu Clinic" in as_hr.get(url).content
    Site.objects.filter(pk=site.pk).update(closed_on="2026-01-01")
    assert b"Kisumu Clinic" not in as_hr.get(url).content


def test_nothing_here_is_deleted_or_copied(client, administrator, learner, site):
    client.force_login(administrator)
    for path in (
        f"people/delete/{learner.pk}/",
        f"people/{learner.pk}/delete/",
        f"sites-and-clinics/delete/{site.pk}/",
    ):
        assert client.post(f"/cms/{path}").status_code == 404
    assert User.objects.filter(pk=learner.pk).exists()
