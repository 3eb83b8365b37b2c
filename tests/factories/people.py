"""People and places. Every person has the same PIN, so that a test may sign in through the form."""

from itertools import count

from django.contrib.auth.hashers import make_password
from django.http import HttpResponse
from django.test import Client
from django.utils import timezone

from lms.core.models import Country
from lms.core.zones import zone_of
from lms.people.groups import synchronise_groups
from lms.people.models import Posting, Role, Site, User

PIN = "739162"
_numbers = count(100001)


def make_site(code: str = "KE-001", country: str = "KE", **fields) -> Site:
    return Site.objects.create(code=code, country_id=country, **({"name": f"Clinic {code}"} | fields))


def make_person(given_names: str, family_name: str, country: str = "KE", **fields) -> User:
    """A person who can sign in with PIN, without a posting."""
    fields = {"staff_number": f"T{next(_numbers)}", "password": make_password(PIN)} | fields
    return User.objects.create(given_names=given_names, family_name=family_name, country_id=country, **fields)


def post(person: User, role: Role, site: Site | None = None, country: Country | str | None = None) -> Posting:
    """Give a person a role at a site, or at a whole country (hers, unless told otherwise), and the groups with it."""
    code = site.country_id if site else getattr(country, "code", country) or person.country_id
    today = timezone.localdate(timezone=zone_of(person.country_id))  # her clock may be a day behind ours
    posting = Posting.objects.create(person=person, role=role, site=site, country_id=code, starts_on=today)
    synchronise_groups(person)
    return posting


def sign_in(client: Client, person: User | str, secret: str = PIN, **data) -> HttpResponse:
    """Through the form, with a person or any staff number."""
    return client.post(
        "/en/sign-in/", {"staff_number": getattr(person, "staff_number", person), "secret": secret} | data
    )
