"""After an erasure nothing in the database and no file names her; what must stay goes on to answer."""

from datetime import date, timedelta
from uuid import uuid4

import pytest
from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.core.files.base import ContentFile
from django.db import connection
from django.urls import reverse
from django.utils import timezone

from assessments import services as assessing
from assessments.models import Answer, Coaching, ExtraTry, Mark, Observation
from certificates import verification
from certificates.award import issuing
from certificates.models import Certificate, CertificateEvent, CertificatePayload
from lms.learning.models import Completion, Credit, CreditSheet, Place
from lms.messaging.models import Message
from lms.people.models import Broadcast, Consent, ConsentText, Departure, Merge, Role, Selection, User
from lms.people.rights.erasing import ErasedBefore, erase_person
from tests.assessments.observing import watch
from tests.factories.assessments import QUESTIONS
from tests.factories.certificates import drawn, finish
from tests.factories.content import make_question, make_quiz
from tests.factories.people import make_person, post

WORDS = ("Nthabiseng", "Molefi-Khumalo", "254711223344", "nthabi@example.org", "HR-77123", "Mentor Mother of ward 9")


BACK = {"ended_at": timezone.now(), "rejoined_on": date(2021, 1, 1)}


@pytest.fixture
def nthabiseng(site):
    person = make_person(
        WORDS[0],
        WORDS[1],
        phone="+254711223344",
        email="nthabi@example.org",
        hr_number="HR-77123",
        job="Mentor Mother of ward 9",
        birth_year=1991,
        sex="f",
        face="sun",
    )
    post(person, Role.LEARNER, site)
    return person


def live_a_life(person, curriculum, hr, trainer, observer):
    """Something in every drawer, with her name wherever somebody could have written it."""
    certificate = drawn(finish(person, curriculum))
    CertificateEvent.objects.create(certificate=certificate, kind="confirmed", note=f"Spelt {WORDS[1]}")
    quiz = make_quiz(curriculum.module, [make_question("tb-q9", QUESTIONS["short_text"])], title="In her words")
    attempt = assessing.start_attempt(person, quiz, person.country, "en")
    assessing.save_answer(attempt, attempt.paper[0]["id"], WORDS[0], uuid4())
    assessing.hand_in(attempt)
    ExtraTry.objects.create(person=person, unit_key=uuid4(), conversation=WORDS[0], opened_by=hr, after_attempt=attempt)
    seen = watch(observer, person, curriculum.practical, "yes", "not_yet", "yes")
    Observation.objects.filter(pk=seen.pk).update(strength_1=f"{WORDS[0]} greets", next_step=f"Ask {WORDS[1]}")
    Coaching.objects.create(
        learner=person, unit_key=uuid4(), after_observation=seen, note=f"With {WORDS[0]}", recorded_by=trainer
    )
    _sign_ins(person)
    _comings(person, hr)
    _letters(person, hr)
    return certificate


def _sign_ins(person):
    person.devices.create(token_hash="1" * 64, label="Chrome, Android")
    UserSession.objects.create(user=person, session_key="k" * 32, ip="10.0.0.9", user_agent=f"Phone of {WORDS[0]}")
    Authenticator.objects.create(user=person, type="totp", data={"label": WORDS[0]})
    person.one_time_codes.create(code_hash="c", expires_at=timezone.now())
    person.support_codes.create(code_hash="d" * 64, expires_at=timezone.now())


def _comings(person, hr):
    old = make_person(*WORDS[:2], is_active=False, merged_into=person)
    Merge.objects.create(kept=person, gone=old, why=f"Same phone, {WORDS[1]}", by=hr)
    Departure.objects.create(person=person, left_on=date(2020, 1, 1), reason="dismissed", **BACK)
    person.data_requests.create(kind="correct", words=f"My name is {WORDS[0]}", answer=f"Yes {WORDS[1]}")
    text = ConsentText.objects.create(version=1, language="en", body="What we keep", published_at=timezone.now())
    Consent.objects.create(person=person, text=text)
    rows = [
        sheet_row(2, person.staff_number, WORDS[1]),
        sheet_row(3, "HR-77123", WORDS[0]),
        sheet_row(4, "T0", "Other"),
    ]
    sheet = CreditSheet.objects.create(country=person.country, rows=rows, uploaded_by=hr)
    Credit.objects.create(
        person=person,
        sheet=sheet,
        target_key=uuid4(),
        title="TB",
        done_on=date(2025, 1, 1),
        provider=f"Sister {WORDS[1]}",
        evidence=f"Paper of {WORDS[0]}",
        valid_until=date(2027, 1, 1),
    )


def _letters(person, hr):
    batch = Broadcast.objects.create(by=hr, words="Come on Monday", people=[str(person.pk), str(hr.pk)])
    Message.objects.create(
        kind="broadcast",
        channel="sms",
        language="en",
        address="+254711223344",
        body=f"Dear {WORDS[0]}",
        about=person.pk,
        batch=batch.pk,
    )
    person.saved_views.create(page="reports:people", name=WORDS[0], query=f"q={WORDS[1]}")


def sheet_row(line, number, evidence) -> dict:
    return {"line": line, "values": {"person": number, "evidence": evidence}}


def rows_with(words) -> list[str]:
    """Every table of the database, every column as text."""
    found = []
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)}")
            found += [f"{table}: {row}" for row in cursor.fetchall() if any(word in repr(row) for word in words)]
    return found


STORE = CertificatePayload._meta.get_field("pdf").storage  # the field's own: tests of settings make others


def files() -> list[str]:
    """The folder comes with the first certificate of a process."""
    names = STORE.listdir("certificates")[1] if STORE.exists("certificates") else []
    return [f"certificates/{name}" for name in names]


@pytest.fixture(autouse=True)
def empty_store():
    """What other tests left in it is not hers."""
    for name in files():
        STORE.delete(name)


@pytest.fixture
def erased(nthabiseng, curriculum, hr, trainer, observer, django_capture_on_commit_callbacks):
    """Her certificate, after she was erased."""
    certificate = live_a_life(nthabiseng, curriculum, hr, trainer, observer)
    assert len(rows_with(WORDS)) > 8
    assert files() == [certificate.payload.pdf.name]
    with django_capture_on_commit_callbacks(execute=True):
        erase_person(nthabiseng, by=hr)
    return Certificate.objects.get(pk=certificate.pk)


def test_nothing_names_her_afterwards(erased):
    assert rows_with(WORDS) == []
    assert files() == []


def test_a_record_without_a_name_stays(erased, nthabiseng):
    nthabiseng.refresh_from_db()
    assert nthabiseng.erased_at and not nthabiseng.is_active and not nthabiseng.has_usable_password()
    assert not nthabiseng.postings.not_over().filter(ends_on=None).exists()
    assert not nthabiseng.groups.exists()
    assert Completion.objects.filter(person=nthabiseng).exists()
    assert Mark.objects.filter(attempt__person=nthabiseng).get().right is False
    assert not Answer.objects.filter(attempt__person=nthabiseng).exists()
    assert not Place.objects.filter(person=nthabiseng).exists()
    assert Consent.objects.filter(person=nthabiseng).exists()
    assert nthabiseng.departures.get().reason == "other"
    assert User.objects.get(merged_into=nthabiseng).erased_at


def test_others_lose_nothing(erased, hr):
    assert CreditSheet.objects.get().rows == [sheet_row(4, "T0", "Other")]
    assert Broadcast.objects.get().people == [str(hr.pk)]


def test_waiting_messages_are_not_sent(erased):
    assert Message.objects.get().state == Message.State.CANCELLED


def test_the_certificate_goes_on_to_say_its_state(erased, client):
    assert erased.is_erased and erased.snapshot_sha256 and erased.pdf_sha256
    assert erased.events.filter(kind=CertificateEvent.Kind.ERASED).count() == 1
    assert verification.check(erased.code).state == verification.State.VALID
    answer = client.post(reverse("verification:check"), {"code": erased.code, "family_name": WORDS[1]})
    assert "It cannot be compared" in answer.content.decode()


def test_what_is_drawn_while_she_is_erased_is_not_stored(nthabiseng, curriculum, hr, monkeypatch):
    certificate, draw = finish(nthabiseng, curriculum), issuing.drawing.draw

    def meanwhile(*said):
        erase_person(nthabiseng, by=hr)
        return draw(*said)

    monkeypatch.setattr(issuing.drawing, "draw", meanwhile)
    assert not issuing.draw_and_store(certificate.pk)
    assert files() == []


def test_staff_still_open_her_certificate(erased, client, hr):
    client.force_login(hr)
    assert client.get(reverse("staff_certificates:show", args=[erased.pk])).status_code == 200
    assert client.get(reverse("staff_certificates:index")).status_code == 200
    assert client.get(reverse("certificates:download", args=[erased.pk])).status_code == 404


def test_an_observers_name_leaves_the_completions_of_others(learner, observer, curriculum, hr):
    watch(observer, learner, curriculum.practical, "yes", "yes", "yes")
    completions = Completion.objects.filter(person=learner, unit_key=curriculum.practical.translation_key)
    assert completions.get().detail["observer"] == "Faith Achieng"
    observer.family_name = "Wanjiru"  # since
    observer.save()
    erase_person(observer, by=hr)
    assert completions.get().detail["observer"] == "–"


def test_a_second_erasure_is_refused(learner, hr):
    erase_person(learner, by=hr)
    with pytest.raises(ErasedBefore):
        erase_person(learner, by=hr)


def test_an_erasure_that_fails_loses_nothing(nthabiseng, curriculum, hr, monkeypatch):
    certificate = drawn(finish(nthabiseng, curriculum))
    monkeypatch.setattr("lms.people.rights.erasing.log", lambda *args, **kwargs: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        erase_person(nthabiseng, by=hr)
    assert files() == [certificate.payload.pdf.name]
    nthabiseng.refresh_from_db()
    assert nthabiseng.given_names == WORDS[0]


def test_postings_to_come_do_not_begin(nthabiseng, site, hr):
    later = timezone.localdate() + timedelta(days=9)
    nthabiseng.postings.create(role=Role.OBSERVER, country=site.country, site=site, starts_on=later)
    erase_person(nthabiseng, by=hr)
    assert not nthabiseng.postings.filter(role=Role.OBSERVER).exists()


def test_a_file_that_holds_her_certificate_goes_with_her(learner, hr, django_capture_on_commit_callbacks):
    selection = Selection.objects.create(
        by=hr, page="reports:people", action="certificates", confirmed_at=timezone.now()
    )
    selection.picked.create(person=learner, row=uuid4(), done_at=timezone.now())
    selection.file.save("certificates.zip", ContentFile(b"PK"))
    name = selection.file.name
    with django_capture_on_commit_callbacks(execute=True):
        erase_person(learner, by=hr)
    selection.refresh_from_db()
    assert not selection.file and not selection.file.storage.exists(name)
