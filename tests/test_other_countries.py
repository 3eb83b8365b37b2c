"""No address of the admin shows staff of one country a person of another. Every address is asked, Wagtail's own too."""

import re
from collections.abc import Iterator

import pytest
from django.contrib.contenttypes.models import ContentType
from django.urls import URLResolver, get_resolver

from lms.people import services
from lms.people.models import Role

from .factories.certificates import issued
from .factories.people import post

PART = re.compile(r"<(?:(\w+):)?\w+>")
RAISES = "failwhale"  # Wagtail's own: an address that raises an error, to try out error pages


def routes(patterns, before: str = "") -> Iterator[str]:
    """Those written as paths. The few that Wagtail writes as expressions have no person in them."""
    for pattern in patterns:
        route = before + str(pattern.pattern)
        if isinstance(pattern, URLResolver):
            yield from routes(pattern.url_patterns, route)
        else:
            yield route


def asked(kinds: dict[str, object]) -> list[str]:
    """Each address below /cms/, with a value for each of its parts."""
    found = {route for route in routes(get_resolver().url_patterns) if route.startswith("cms/") and RAISES not in route}
    return sorted("/" + PART.sub(lambda part: str(kinds[part[1] or "str"]), route) for route in found)


@pytest.mark.parametrize("key", ["person", "certificate"])
def test_no_address_of_the_admin_names_a_person_of_another_country(
    client, curriculum, learner, hr, trainer, other_country_hr, key
):
    certificate = issued(learner, curriculum)
    services.issue_one_time_code(learner, hr)
    post(other_country_hr, Role.TRAINER)
    client.force_login(other_country_hr)
    client.raise_request_exception = False  # Wagtail's choosers stumble over an id that is no number
    row = {"person": learner, "certificate": certificate}[key]
    kinds = {"uuid": row.pk, "int": ContentType.objects.get_for_model(row).pk, "path": "x", "slug": "x", "str": row.pk}
    answers = {url: client.get(url) for url in asked(kinds)}
    assert sum(answer.status_code == 200 for answer in answers.values()) > 50
    secret = re.compile("|".join([learner.staff_number, "Amina", certificate.printed_code, "Kamau", "Njoroge"]))
    shown = {url: b"".join(answer).decode(errors="replace") for url, answer in answers.items()}
    assert not [url for url, text in shown.items() if secret.search(text)]
