"""Every address of the site, asked by a stranger: whatever it answers tells of nobody and of no illness.

Addresses are collected from the site itself, so a new one is scanned by itself. One that is for everyone in
tests/matrix/matrix.txt must have been answered, or stand in UNANSWERED with its reason.
"""

import logging

import pytest
from django.core.cache import cache
from django.db import transaction
from django.test import Client
from wagtail.models import Page

from certificates import services
from certificates.models import Certificate, CertificateEvent
from lms.core.logs import JsonFormatter
from lms.people.models import User
from tests.factories.certificates import drawn, finish
from tests.matrix.addresses import Address, addresses
from tests.matrix.table import SIGNED_IN, read
from tests.matrix.world import ANONYMOUS, make_world

from .surfaces import disclosed, shown, told_of, x509_names

LINES, _WITHOUT_PEOPLE = read()
FOR_EVERYONE = {name for name, line in LINES.items() if line.may == SIGNED_IN | {ANONYMOUS}}
PARTS = {"country": "KE", "number": 1, "purpose": "revoked", "rest": "x"}
UNANSWERED = {
    "api:check": "asks for a token",
    "api:check-many": "asks for a token",
    "api:nothing-here": "says that nothing is there",
}


@pytest.fixture
def lines_of_the_log(caplog):
    """What the log says, as it is written, of all that is asked in a test."""
    caplog.set_level(logging.INFO)
    form = JsonFormatter()
    return lambda: "\n".join(map(form.format, caplog.records))


@pytest.fixture
def world(curriculum, kenya, lesotho, lines_of_the_log):
    """Its people are called after their roles, which addresses say too: here all are of one family."""
    world = make_world(curriculum)
    User.objects.update(family_name="Xochimilco")
    return world


def answers(world) -> dict[str, tuple[int, str]]:
    """Name → status and everything said, of each address asked without a sign-in."""
    asked = [address for address in addresses() if not _is_a_room(address)]
    return {address.name: _answered(world, address) for address in asked}


def _is_a_room(address: Address) -> bool:
    """The admin's, whose one answer to strangers is the way to the sign-in: of those only the matrix is asked."""
    return address.route.startswith("cms/") and address.name not in LINES


def _answered(world, address: Address) -> tuple[int, str]:
    line = LINES.get(address.name)
    arguments = world.arguments(address.pattern, dict(address.converters), line.about if line else "")
    path = address.path(arguments | {part: PARTS[part] for part in arguments.keys() & PARTS.keys()})
    client = Client(raise_request_exception=False)
    with transaction.atomic():
        answer = client.get(path)
        if answer.status_code == 405:
            answer = client.post(path)
        transaction.set_rollback(True)
    return answer.status_code, shown(answer)


def test_no_address_tells_a_stranger_anything(world, lines_of_the_log):
    found = answers(world)
    people = list(User.objects.all())
    codes = [certificate.printed_code for certificate in Certificate.objects.all()]
    said = {name: text + x509_names(text) for name, (_status, text) in found.items()}
    said["the log"] = lines_of_the_log()
    assert len(said) > 200
    telling = {name: disclosed(text) + told_of(text, people) for name, text in said.items()}
    assert {name: words for name, words in telling.items() if words} == {}
    assert [name for name, text in said.items() if any(code in text for code in codes)] == []
    closed = {name: found[name][0] for name in FOR_EVERYONE - UNANSWERED.keys() if found[name][0] >= 400}
    assert closed == {}, "these are for everyone and were not scanned: give PARTS or UNANSWERED what they need"
    assert UNANSWERED.keys() <= {name for name in found if found[name][0] >= 400}


def test_no_page_that_strangers_may_open_tells_anything(world):
    people = list(User.objects.all())
    texts = {page.url: shown(Client().get(page.url)) for page in Page.objects.live() if page.url}
    assert len(texts) > 5
    assert {url: words for url, text in texts.items() if (words := disclosed(text) + told_of(text, people))} == {}


# The check, in each of its states ------------------------------------------------------------------------------------


@pytest.fixture
def standing(request, learner, hr, curriculum, time_machine_at):
    """A certificate of a programme whose own title tells everything, in the state of the parameter."""
    curriculum.programme.title = "Mentor Mothers: HIV and PMTCT"
    curriculum.programme.save_revision().publish()
    certificate = drawn(finish(learner, curriculum))
    Certificate.objects.update(specimen=False)
    certificate.refresh_from_db()
    _bring(certificate, request.param, hr)
    return certificate


def _bring(certificate: Certificate, state: str, hr: User) -> None:
    if state == "specimen":
        Certificate.objects.update(specimen=True)
    elif state == "expired":
        Certificate.objects.update(awarded_on="2020-01-01", valid_until="2021-01-31")
    elif state == "replaced":
        services.correct_name(certificate, by=hr, given_names="Other", family_name="Spelling")
    elif state == "erased":
        certificate.payload.delete()
    elif state in CertificateEvent.Reason:
        services.revoke_certificate(certificate, by=hr, reason=state, note="Positive, says the clinic")


STATES = ["valid", "specimen", "expired", "replaced", "erased", *CertificateEvent.Reason.values]


@pytest.mark.parametrize("standing", STATES, indirect=True)
def test_no_state_of_the_check_tells_anything(standing, learner, hr, lines_of_the_log):
    client, code = Client(), standing.printed_code
    asked = [{"code": code}, {"code": code, "family_name": "Nobody"}, {"code": code, "family_name": "Otieno"}]
    said = [shown(client.post("/verify/", data)) for data in asked]
    said += [shown(client.post("/verify/", asked[0], headers={"Accept": "application/json"}))]
    cache.clear()
    assert all("ommunity health, level 1" in text for text in said), "the state was not shown"
    said.append(lines_of_the_log())
    assert code not in said[-1] and standing.code not in said[-1]
    for text in said:
        assert disclosed(text) == []
        assert told_of(text, [learner, hr]) == []


@pytest.mark.parametrize("code", ["", "x", "7K2M-QX94-PB3T-X", "7K2M-QX94-PB3T-W"])
def test_no_answer_to_a_wrong_code_tells_anything(db, code):
    assert disclosed(shown(Client().post("/verify/", {"code": code}))) == []
