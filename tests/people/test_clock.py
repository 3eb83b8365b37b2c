import pytest
from django.contrib.auth.models import AnonymousUser
from django.test import RequestFactory
from django.utils import timezone

from lms.core.models import Country
from lms.core.zones import ZONES, zone_of
from lms.people.middleware import clock

pytestmark = pytest.mark.django_db


def told(user, with_session=True):
    request = RequestFactory().get("/en/")
    request.user = user
    if with_session:
        request.COOKIES["sessionid"] = "any"
    return clock(lambda request: timezone.get_current_timezone_name())(request)


def test_every_country_has_a_clock():
    assert set(ZONES) == set(Country.objects.values_list("code", flat=True))
    assert all(zone_of(code) for code in ZONES)


def test_people_read_the_time_of_their_country(learner, lesotho_learner):
    assert told(learner) == "Africa/Nairobi"
    assert told(lesotho_learner) == "Africa/Maseru"


def test_clock_is_given_back_after_the_request(lesotho_learner):
    before = timezone.get_current_timezone_name()
    told(lesotho_learner)
    assert timezone.get_current_timezone_name() == before


def test_strangers_read_the_time_of_the_site_and_cost_no_query(settings, django_assert_num_queries):
    with django_assert_num_queries(0):
        assert told(AnonymousUser(), with_session=False) == settings.TIME_ZONE
