"""A hundred people check codes while HR withdraws one: every answer is right as of its moment."""

import re
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from threading import Barrier, Event

import pytest
from django.db import connection
from django.test import Client
from django.urls import reverse

from certificates.award import revoking
from tests.factories.register import register

pytestmark = pytest.mark.django_db(transaction=True)

CHECK = reverse("verification:check")
VERIFIERS, EACH = 100, 2
EARLY = 40  # answers before HR begins


@dataclass(frozen=True)
class Said:
    code: str
    state: str
    begun: float
    ended: float


def ask(client: Client, code: str) -> Said:
    """Gives its connection back afterwards, as a server does: the pool has four."""
    begun = time.monotonic()
    try:
        page = client.post(CHECK, {"code": code}).content.decode()
    finally:
        connection.close()
    return Said(code, re.search(r'<section class="panel (\w+)"', page)[1], begun, time.monotonic())


def verify(number: int, codes: list[str], start: Barrier, said: list[Said], enough: Event) -> None:
    """The one that is withdrawn and another, or the other way round; each from an address of her own."""
    client = Client(REMOTE_ADDR=f"10.0.{number // 250}.{number % 250}")
    start.wait()
    for code in (codes[0], codes[1 + number % (len(codes) - 1)])[:: 1 if number % 2 else -1]:
        said.append(ask(client, code))
        if len(said) >= EARLY:
            enough.set()


def withdraw(certificate, hr, start: Barrier, enough: Event) -> tuple[float, float]:
    """When it began, and when it was written for good."""
    start.wait()
    enough.wait(60)
    try:
        begun = time.monotonic()
        revoking.revoke_certificate(certificate, by=hr, reason="conduct")
        return begun, time.monotonic()
    finally:
        connection.close()


def test_a_hundred_verifiers_while_one_is_withdrawn(learner, hr):
    rows = register([learner] * 10)
    codes, said = [row.code for row in rows], []
    start, enough = Barrier(VERIFIERS + 1), Event()
    with ThreadPoolExecutor(VERIFIERS + 1) as threads:
        withdrawn = threads.submit(withdraw, rows[0], hr, start, enough)
        verifiers = [threads.submit(verify, number, codes, start, said, enough) for number in range(VERIFIERS)]
        for verifier in verifiers:
            verifier.result()
    begun, written = withdrawn.result()
    said.append(ask(Client(), codes[0]))
    of_it = [one for one in said if one.code == codes[0]]
    before = {one.state for one in of_it if one.ended < begun}
    after = {one.state for one in of_it if one.begun > written}
    assert (before, after) == ({"valid"}, {"withdrawn"})
    assert {one.state for one in of_it} == {"valid", "withdrawn"}
    assert {one.state for one in said if one.code != codes[0]} == {"valid"}
    assert len(said) == VERIFIERS * EACH + 1
