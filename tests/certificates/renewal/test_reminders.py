import pytest
from django.core.management import call_command
from django.utils import timezone, translation
from django.utils.formats import date_format

from certificates import services
from certificates.models import CertificatePolicy, CertificateReminder
from certificates.renewal import reminders
from certificates.renewal.services import open_renewal
from lms.messaging.models import Message
from lms.people.models import User
from tests.factories.people import make_person

from .conftest import ends_in

TODAY = timezone.localdate


@pytest.fixture
def reachable(learner):
    learner.phone = "+254712345678"
    learner.save()
    return learner


def remind(code: str = "KE") -> int:
    return reminders.remind_country(code, TODAY())


def bodies() -> list[str]:
    return list(Message.objects.order_by("created_at").values_list("body", flat=True))


@pytest.mark.parametrize("days", [90, 60, 30, 7])
def test_holder_is_told_the_day(reachable, certified, days):
    certificate = certified(reachable, days)
    assert remind() == 1
    message = Message.objects.get()
    day = f"{certificate.valid_until.day} {certificate.valid_until:%B}"
    assert message.body == f"Your certificate ends on {day}. Open your lessons to renew it."
    assert (message.kind, message.about, message.country_id) == ("certificate_ends", reachable.pk, "KE")
    assert CertificateReminder.objects.get().days == days
    assert certificate.title not in message.body


def test_each_is_sent_once_and_a_late_one_for_all_before(reachable, certified):
    certificate = certified(reachable, 25)
    assert [remind(), remind()] == [1, 0]
    ends_in(certificate, 6)
    assert [remind(), remind()] == [1, 0]
    assert list(CertificateReminder.objects.order_by("-days").values_list("days", flat=True)) == [30, 7]


def test_after_the_end_it_says_how_long_grace_is(reachable, certified):
    certificate = certified(reachable, 7)
    remind()
    ends_in(certificate, -1)
    assert [remind(), remind()] == [1, 0]
    grace = TODAY() + timezone.timedelta(days=59)
    assert bodies()[-1].endswith(f"You can still renew it until {grace.day} {grace:%B}.")


def test_she_reads_it_in_her_language(reachable, certified):
    User.objects.filter(pk=reachable.pk).update(language="pt")
    certificate = ends_in(certified(reachable, 30), 30)
    letter = reminders._letter(certificate, reminders.Policies().window(certificate))
    with translation.override("pt"):
        assert letter.context["day"] == date_format(certificate.valid_until, "j F")
    assert letter.language == "pt" and letter.context["day"] != date_format(certificate.valid_until, "j F")


@pytest.mark.parametrize("days", [91, 200, -61])
def test_nobody_is_told_outside_of_the_window(reachable, certified, days):
    certified(reachable, days)
    assert remind() == 0


def test_short_window_is_not_announced_before_it_opens(reachable, certified):
    certificate = certified(reachable, 50)
    CertificatePolicy.objects.update(renewal_days=40)
    assert remind() == 0
    ends_in(certificate, 40)
    assert remind() == 1


@pytest.mark.parametrize("why", ["renewing", "withdrawn", "specimen", "left", "elsewhere", "unreachable"])
def test_who_need_not_be_told_is_not(reachable, hr, certified, lesotho, why):
    certificate = certified(reachable, 30, specimen=why == "specimen")
    people = User.objects.filter(pk=reachable.pk)
    do = {
        "renewing": lambda: open_renewal(certificate, by=hr),
        "withdrawn": lambda: services.revoke_certificate(certificate, by=hr, reason="conduct"),
        "left": lambda: people.update(is_active=False),
        "elsewhere": lambda: people.update(country=lesotho),
        "unreachable": lambda: people.update(phone=""),
    }
    do.get(why, bool)()
    assert [remind(), remind("LS")] == [0, 0]


def test_who_holds_a_newer_one_is_not_told(reachable, hr, certified):
    services.correct_name(certified(reachable, 30), by=hr, given_names="Amina", family_name="Were")
    assert remind() == 0 or bodies() == []


def test_tick_comes_in_the_morning_of_her_country_once_a_day(reachable, certified, time_machine_at, monkeypatch):
    certified(reachable, 30)
    monkeypatch.setattr(reminders, "MORNING", 25)
    assert reminders.remind() == 0
    monkeypatch.setattr(reminders, "MORNING", 0)
    assert reminders.remind() == 1
    ends_in(CertificateReminder.objects.get().certificate, 5)
    assert reminders.remind() == 0, "the day is done"
    with time_machine_at(days=1):
        call_command("tick")
    assert CertificateReminder.objects.count() == 2


def test_many_cost_the_same_queries_a_chunk(reachable, certified, django_assert_max_num_queries, monkeypatch):
    certified(reachable, 30)
    with django_assert_max_num_queries(COST):
        assert remind() == 1
    for number in range(3):
        certified(make_person("Neema", f"Barasa{number}", phone=f"+2547123400{number:02}"), 30)
    with django_assert_max_num_queries(COST):
        assert remind() == 3
    CertificateReminder.objects.all().delete()
    monkeypatch.setattr(reminders, "CHUNK", 2)
    assert remind() == 4
    with django_assert_max_num_queries(1):
        assert remind() == 0


COST = 15  # with what a process asks once only
