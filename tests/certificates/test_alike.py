"""What strangers may not know of looks like what was never there: the same bytes and headers, by the same work."""

from datetime import timedelta
from uuid import uuid4

import pytest
import time_machine
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from certificates.models import Certificate
from certificates.proof import codes
from lms.api.services import make_token
from lms.learning.services import enrol
from tests.reports.rows import make_certificate, make_learner

NOON = "2026-11-14 12:00:00+00:00"
PRIVATE = {
    "awarded, not drawn": {"drawn": False},
    "not confirmed": {"drawn": False, "confirmed": False},
    "blocked": {"drawn": False, "blocked": "A letter is missing"},
    "erased before it was drawn": {"drawn": False},
}


def asked(client: Client, data: dict, **more) -> tuple[int, bytes, dict, int]:
    """Status, bytes, headers but the date, and how many questions it cost."""
    with time_machine.travel(NOON, tick=False), CaptureQueriesContext(connection) as queries:
        answer = client.post("/verify/", data, **more)
    headers = {name: value for name, value in answer.headers.items() if name != "Date"}
    return answer.status_code, answer.content, headers | {"cookies": str(answer.cookies)}, len(queries)


@pytest.fixture(params=PRIVATE)
def private(request, site, curriculum):
    """A certificate of which the world may not be told."""
    certificate = make_certificate(make_learner("Amina", site, curriculum), code=codes.new(), **PRIVATE[request.param])
    if request.param.startswith("erased"):
        certificate.payload.delete()
    return certificate


@pytest.mark.parametrize("more", [{}, {"headers": {"Accept": "application/json"}}], ids=["page", "json"])
@pytest.mark.parametrize("name", [None, "Otieno", "Nobody"], ids=["no name", "her name", "another name"])
def test_private_certificate_is_like_an_unknown_code(private, name, more):
    named = {} if name is None else {"family_name": name}
    asked(Client(), {"code": codes.new()}, **more)  # whatever is read once a process
    unknown = asked(Client(), {"code": codes.new()} | named, **more)
    cache.clear()
    assert asked(Client(), {"code": private.printed_code} | named, **more) == unknown


def test_partner_is_told_of_elsewhere_as_of_what_never_was(private, lesotho_learner, curriculum, administrator, kenya):
    """A token of Kenya’s asks about a certificate of Lesotho, one that is private and a code that nobody has."""
    tomorrow = timezone.localdate() + timedelta(days=1)
    token = make_token(key=uuid4(), by=administrator, name="Registry", countries=[kenya], expires_on=tomorrow)
    enrol(lesotho_learner, curriculum.programme)
    there = make_certificate(lesotho_learner, code=codes.new())

    def told(code: str) -> tuple:
        data, headers = {"code": code, "family_name": "Otieno"}, {"Authorization": f"Bearer {token[1]}"}
        with CaptureQueriesContext(connection) as queries:
            answer = Client().post("/api/v1/certificates/check", data, "application/json", headers=headers)
        body = answer.content.replace(code.encode(), b"")
        return answer.status_code, body, dict(answer.headers) | {"Content-Length": len(body)}, len(queries)

    told(codes.new())  # whatever is read once a process
    assert told(there.code) == told(private.code) == told(codes.new())


def test_drawn_certificate_is_told_of(site, curriculum):
    """So that the test above compares what it means to."""
    certificate = make_certificate(make_learner("Amina", site, curriculum), code=codes.new())
    assert asked(Client(), {"code": certificate.code}) != asked(Client(), {"code": codes.new()})
    assert Certificate.objects.count() == 1
