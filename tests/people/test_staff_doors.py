"""Wagtail's own pages about signing in and users: ours, or closed."""

import pytest
from django.urls import reverse


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


def test_admin_sends_a_learner_home_instead_of_round_and_round(client, learner):
    client.force_login(learner)
    answer = client.get("/cms/reports/", follow=True)
    assert [url for url, _status in answer.redirect_chain][-1] == "/en/"
    assert answer.status_code == 200


@pytest.mark.parametrize("results", ["", "results/"])
def test_the_history_of_the_whole_site_is_for_administrators(client, hr, trainer, administrator, results):
    """It names whoever changed anything in any country."""
    url = f"/cms/reports/site-history/{results}"
    for person in (hr, trainer):
        client.force_login(person)
        assert client.get(url).status_code == 404
        assert "site-history" not in client.get("/cms/").content.decode()
    client.force_login(administrator)
    assert client.get(url).status_code == 200
    assert b"".join(client.get(url, {"export": "csv"})).startswith(b"\xef\xbb\xbf")


def test_the_menu_has_no_search_that_leads_to_the_closed_list(client, hr):
    client.force_login(hr)
    assert reverse("wagtailadmin_pages:search") not in client.get("/cms/").text
