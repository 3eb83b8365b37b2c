"""Who asks, and the rows that addresses are about. All records are Kenya's."""

from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.core.files.base import ContentFile
from django.test import Client
from django.urls import URLPattern
from django.utils import timezone

from assessments.services import start_attempt
from assessments.services.observations import start_observation
from certificates.models import BulkCheck
from certificates.paper import wallet
from lms.api.models import ApiToken
from lms.core.models import Country
from lms.learning.models import Cohort, CreditSheet, Day, Enrolment, Intake
from lms.messaging.models import Message
from lms.people.models import (
    Broadcast,
    ConsentText,
    DataRequest,
    Partner,
    Role,
    SavedView,
    Selection,
    SupportCode,
)

from ..factories.certificates import issued, make_design
from ..factories.content import Content
from ..factories.people import make_person, make_site, post

AT_HOME = {
    "owner": None,
    "colleague": Role.LEARNER,
    "observer": Role.OBSERVER,
    "trainer": Role.TRAINER,
    "reviewer": Role.REVIEWER,
    "hr": Role.HR,
    "lead": Role.LEAD,
    "administrator": Role.ADMINISTRATOR,
}
ABROAD = {
    "learner abroad": Role.LEARNER,
    "trainer abroad": Role.TRAINER,
    "hr abroad": Role.HR,
    "lead abroad": Role.LEAD,
}
ANONYMOUS = "anonymous"


@dataclass
class World:
    """`sessions`: name of the asker → her session's key. `rows`: word of the table → the row it means."""

    sessions: dict[str, str]
    rows: dict[str, Any]
    parts: dict[str, Any]

    def client(self, name: str) -> Client:
        """A fresh one: an address may sign her out, or choose a language."""
        client = Client(raise_request_exception=False)
        if key := self.sessions[name]:
            client.cookies[settings.SESSION_COOKIE_NAME] = key
        return client

    def arguments(self, pattern: URLPattern, converters: dict, about: str) -> dict:
        """A value for each part of an address: the row's key for `pk`, else what the part is called after."""
        row = self.rows.get(about)
        return {name: self.parts.get(name, row.pk if row else self._any(kind)) for name, kind in converters.items()}

    def _any(self, kind: str) -> Any:
        return {"int": 1, "uuid": "00000000-0000-4000-8000-000000000000"}.get(kind, "x")


def make_world(content: Content) -> World:
    home, away = make_site("KE-100"), make_site("LS-100", "LS")
    people = {name: make_person("Amina", name.title()) for name in AT_HOME}
    for name, role in AT_HOME.items():
        post(people[name], role or Role.LEARNER, home if role in (None, Role.LEARNER, Role.OBSERVER) else None)
    for name, role in ABROAD.items():
        people[name] = make_person("Palesa", name.title(), "LS")
        post(people[name], role, away if role == Role.LEARNER else None)
    sessions = {name: _signed_in(person) for name, person in people.items()} | {ANONYMOUS: ""}
    return World(sessions, _rows(content, people, home), _parts(content, people["owner"]))


def _signed_in(person) -> str:
    client = Client()
    client.force_login(person)
    return client.session.session_key


def _rows(content: Content, people: dict, home) -> dict[str, Any]:
    owner, observer = people["owner"], people["observer"]
    certificate = issued(owner, content)
    wallet.draw_and_store(certificate.pk)
    cohort = _cohort(content, owner, home)
    return (
        {
            "owner": owner,
            "intake": _intake(content, home, people["hr"]),
            "partner": Partner.objects.create(name="County health office"),
            "certificate": certificate,
            "token": ApiToken.objects.create(name="Registry", token_sha256="0" * 64, ending="abcd"),
            "design": make_design(country_id="KE"),
            "enrolment": certificate.enrolment,
            "sheet": CreditSheet.objects.create(
                country_id="KE", uploaded_by=people["trainer"], handed_on_at=timezone.now()
            ),
            "cohort": cohort,
            "day": Day.objects.create(cohort=cohort, on="2026-01-06", topic="Talking about TB"),
            "site": home,
            "country": Country.objects.get(code="KE"),
            "fact": content.facts[0],
            "quiz": content.quiz,
            "question": content.questions[0],
            "attempt": start_attempt(owner, content.quiz, owner.country, "en"),
            "observation": start_observation(observer, owner, content.practical),
        }
        | _of_hr(people["hr"])
        | _rights(owner, people["hr"])
    )


def _intake(content: Content, home, by) -> Intake:
    return Intake.objects.create(
        country_id="KE",
        cohort_name="Hill 2026",
        programme_key=content.programme.translation_key,
        starts_on="2026-01-05",
        site=home,
        uploaded_by=by,
    )


def _of_hr(hr) -> dict[str, Any]:
    """What she keeps for her own work with people."""
    return {
        "check": _checked(hr),
        "picked": Selection.objects.create(by=hr, page="staff_people:index"),
        "carried-out": _carried_out(hr),
        "view": SavedView.objects.create(owner=hr, page="staff_people:index", name="Ours"),
        "message": Message.objects.create(kind="broadcast", channel="sms", address="+254711000001", country_id="KE"),
        "broadcast": Broadcast.objects.create(by=hr, words="We meet on Monday."),
    }


def _rights(owner, hr) -> dict[str, Any]:
    """Her wish, the text that she is told, and a code of hers that HR has opened."""
    now = timezone.now()
    soon = now + timezone.timedelta(minutes=15)
    opened = {"used_by": hr, "used_at": now, "ends_at": soon}
    return {
        "wish": DataRequest.objects.create(person=owner, kind="erase"),
        "consent": ConsentText.objects.create(version=9, language="en", body="What is kept about you."),
        "support": SupportCode.objects.create(person=owner, code_hash="0" * 64, expires_at=soon, **opened),
    }


def _cohort(content: Content, owner, home) -> Cohort:
    """Hers, at her site."""
    key = content.programme.translation_key
    cohort = Cohort.objects.create(name="Lake 2026", country_id="KE", programme_key=key, starts_on="2026-01-05")
    cohort.sites.add(home)
    Enrolment.objects.filter(person=owner).update(cohort=cohort)
    return cohort


def _carried_out(by) -> Selection:
    """What was picked and done, with its file."""
    now = timezone.now()
    picked = Selection(by=by, page="staff_people:index", action="slips", confirmed_at=now, finished_at=now)
    picked.file.save("x", ContentFile(b"x"))
    return picked


def _checked(by) -> BulkCheck:
    """A sheet that she had checked, with its file."""
    check = BulkCheck(by=by, state="done", done_at=timezone.now(), rows=[[1, ["Code"]]])
    check.results.save("", ContentFile(b"x"))
    return check


def _parts(content: Content, owner) -> dict[str, Any]:
    return {
        "action": "slips",
        "listing": "people",
        "measure": "overdue",
        "issued_by": "KE",
        "purpose": "revoked",
        "waiting": "awards",
        "learner_id": owner.pk,
        "key": content.lessons[0].translation_key,
        "posting": owner.postings.get().pk,
        "unit_key": content.practical.translation_key,
        "module_key": content.module.translation_key,
        "number": 1,
        "kind": "erase",
        "code": "ke",
        "version": 9,
        "message_kind": "sign_in_code",
        "channel": "sms",
        "language": "en",
    }
