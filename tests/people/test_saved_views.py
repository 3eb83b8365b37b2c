"""Filters kept under a name: one's own, not too many, never what was searched for."""

import pytest
from django.http import QueryDict
from django.urls import reverse

from lms.people import saved_views
from lms.people.models import SavedView

PAGE = "reports:people"


def keep(hr, name="Ending", query="state=ends_soon"):
    return saved_views.save_view(hr, PAGE, name, QueryDict(query))


def test_words_and_pages_are_not_kept(hr):
    assert keep(hr, query="state=valid&find=abc&p=3&export=csv&cohort=").query == "state=valid"


def test_name_is_taken_once_and_twenty_are_enough(hr):
    keep(hr)
    with pytest.raises(saved_views.NameTaken):
        keep(hr)
    for number in range(saved_views.MOST - 1):
        keep(hr, name=str(number))
    with pytest.raises(saved_views.TooManyViews):
        keep(hr, name="one more")


def test_view_is_saved_shown_renamed_and_deleted(client, hr):
    client.force_login(hr)
    client.post(reverse("staff_views:save", args=["report"]) + "?country=KE&find=x", {"name": "Ours"})
    view = SavedView.objects.get()
    assert (view.owner, view.page, view.name, view.query) == (hr, PAGE, "Ours", "country=KE")
    page = client.get(f"{reverse(PAGE)}?country=KE")
    assert page.context["saved_view"] == view
    client.post(reverse("staff_views:rename", args=[view.pk]), {"name": "Kenya"})
    assert SavedView.objects.get().name == "Kenya"
    client.post(reverse("staff_views:delete", args=[view.pk]))
    assert not SavedView.objects.exists()


@pytest.mark.parametrize("verb", ["rename", "delete"])
def test_views_of_others_are_not_there(client, hr, other_country_hr, verb):
    view = keep(hr)
    client.force_login(other_country_hr)
    address = reverse(f"staff_views:{verb}", args=[view.pk])
    assert client.post(address, {"name": "x"}).status_code == 404
    assert client.get(address).status_code == 405
    assert SavedView.objects.get().name == "Ending"
    client.force_login(hr)
    assert client.post(reverse("staff_views:save", args=["nothing"]), {"name": "x"}).status_code == 404


def test_view_is_for_who_is_signed_in(client, hr):
    assert client.post(reverse("staff_views:delete", args=[keep(hr).pk])).status_code == 302
    assert SavedView.objects.exists()
