import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from wagtail.models import PageLogEntry

from curriculum.models import Withdrawal
from curriculum.services import lift, withdraw
from lms.people.models import Role
from tests.factories.content import translate
from tests.factories.people import make_person, post

REASON = "The dose on card 3 was wrong. Ask the nurse at your site."
ADD, LIST = "curriculum:withdrawal-add", "curriculum:withdrawal-list"


@pytest.fixture
def lesson(curriculum):
    return curriculum.lessons[0]


def press(client, page):
    return client.post(reverse(ADD), {"page": page.pk, "reason": REASON})


def words_of(client, url) -> str:
    return client.get(url).content.decode()


@pytest.mark.parametrize("who", ["trainer", "reviewer", "administrator"])
def test_staff_withdraw_at_once(client, who, lesson, request):
    person = request.getfixturevalue(who)
    client.force_login(person)
    assert press(client, lesson).url == reverse(LIST)
    withdrawal = Withdrawal.objects.open().get()
    assert (withdrawal.page_key, withdrawal.reason) == (lesson.translation_key, REASON)
    assert withdrawal.withdrawn_by == person
    assert PageLogEntry.objects.filter(page=lesson, action="curriculum.withdraw", user=person).exists()


def test_a_lead_of_any_country_withdraws_from_the_list(client, lesson, lesotho):
    lead = make_person("Teboho", "Nkosi", "LS")
    post(lead, Role.LEAD)
    client.force_login(lead)
    assert reverse(ADD) in words_of(client, reverse(LIST))
    press(client, lesson)
    assert Withdrawal.objects.open().get().withdrawn_by == lead


@pytest.mark.parametrize("url", [ADD, LIST])
def test_withdrawing_is_not_for_hr(client, hr, lesson, url):
    client.force_login(hr)
    assert client.get(reverse(url)).url == reverse("wagtailadmin_home")
    press(client, lesson)
    assert not Withdrawal.objects.exists()


@pytest.mark.parametrize("url", [ADD, LIST])
def test_withdrawing_is_not_for_learners_and_strangers(client, learner, lesson, url):
    assert client.get(reverse(url)).status_code == 302
    client.force_login(learner)
    assert client.get(reverse(url)).status_code in (302, 403)
    press(client, lesson)
    assert not Withdrawal.objects.exists()


def test_withdrawing_needs_a_reason(client, trainer, lesson):
    client.force_login(trainer)
    answer = client.post(reverse(ADD), {"page": lesson.pk, "reason": " "})
    assert "This field is required." in answer.content.decode()
    assert not Withdrawal.objects.exists()


def test_withdrawing_twice_changes_nothing(client, trainer, lesson):
    client.force_login(trainer)
    press(client, lesson)
    assert press(client, lesson).status_code == 302
    assert Withdrawal.objects.count() == 1


def test_only_what_learners_learn_can_be_withdrawn(client, trainer, curriculum):
    client.force_login(trainer)
    for page in (curriculum.home, curriculum.shelf, curriculum.programme):
        press(client, page)
    assert not Withdrawal.objects.exists()
    for page in (curriculum.module, curriculum.quiz, curriculum.practical):
        press(client, page)
    assert Withdrawal.objects.count() == 3


def test_the_editor_offers_to_withdraw_and_then_says_so(client, trainer, lesson):
    client.force_login(trainer)
    editor = reverse("wagtailadmin_pages:edit", args=[lesson.pk])
    button = f"{reverse(ADD)}?page={lesson.pk}"
    assert button in words_of(client, editor)
    assert f'value="{lesson.pk}" selected' in words_of(client, button)
    press(client, lesson)
    page = words_of(client, editor)
    assert "Withdrawn since" in page
    assert REASON in page
    assert reverse("curriculum:withdrawal-lift", args=[Withdrawal.objects.get().pk]) in page


def test_the_editor_of_a_lesson_says_that_its_module_is_withdrawn(client, trainer, curriculum):
    client.force_login(trainer)
    withdraw(curriculum.module, by=trainer, reason=REASON)
    page = words_of(client, reverse("wagtailadmin_pages:edit", args=[curriculum.lessons[0].pk]))
    assert "Its module “Tuberculosis” is withdrawn" in page


def test_the_button_of_a_translation_withdraws_its_source(client, trainer, curriculum):
    translate(curriculum, "pt")
    lesson = curriculum.lessons[0]
    portuguese = lesson.get_translations().get()
    client.force_login(trainer)
    page = words_of(client, f"{reverse(ADD)}?page={portuguese.pk}")
    assert f'value="{lesson.pk}" selected' in page
    assert f'value="{portuguese.pk}"' not in page


def test_lifting_asks_first_and_keeps_who_did_it(client, trainer, reviewer, lesson):
    withdrawal = withdraw(lesson, by=trainer, reason=REASON)
    client.force_login(reviewer)
    url = reverse("curriculum:withdrawal-lift", args=[withdrawal.pk])
    assert REASON in words_of(client, url)
    assert Withdrawal.objects.open().exists()
    client.post(url)
    client.post(url)
    withdrawal.refresh_from_db()
    assert withdrawal.lifted_by == reviewer
    assert PageLogEntry.objects.filter(page=lesson, action="curriculum.lift").count() == 1
    assert "Lifted already" in words_of(client, url)


@pytest.mark.parametrize("method", ["put", "delete"])
def test_other_methods_are_refused(client, trainer, lesson, method):
    withdrawal = withdraw(lesson, by=trainer, reason=REASON)
    client.force_login(trainer)
    for url in (reverse(ADD), reverse("curriculum:withdrawal-lift", args=[withdrawal.pk])):
        assert getattr(client, method)(url).status_code == 405


def test_hr_cannot_lift(client, hr, trainer, lesson):
    withdrawal = withdraw(lesson, by=trainer, reason=REASON)
    client.force_login(hr)
    client.post(reverse("curriculum:withdrawal-lift", args=[withdrawal.pk]))
    assert Withdrawal.objects.open().exists()


def test_an_unknown_withdrawal_is_not_found(client, trainer, db):
    client.force_login(trainer)
    url = reverse("curriculum:withdrawal-lift", args=["00000000-0000-0000-0000-000000000000"])
    assert client.get(url, follow=True).status_code == 404


def test_the_list_says_who_when_why_with_what_stands_first(client, trainer, reviewer, curriculum):
    first, second = curriculum.lessons
    lift(withdraw(first, by=trainer, reason="Put right since."), by=reviewer)
    withdraw(second, by=trainer, reason=REASON)
    client.force_login(trainer)
    page = words_of(client, reverse(LIST))
    assert page.index(second.title) < page.index(first.title)
    for words in (REASON, "Charity Njoroge", "Daudi Mwangi", "Put right since."):
        assert words in page
    assert "Put right since." not in words_of(client, f"{reverse(LIST)}?lifted_at__isnull=true")


def test_the_list_costs_the_same_for_every_row(client, trainer, curriculum):
    client.force_login(trainer)
    withdraw(curriculum.module, by=trainer, reason=REASON)
    client.get(reverse(LIST))
    one, three = CaptureQueriesContext(connection), CaptureQueriesContext(connection)
    with one:
        client.get(reverse(LIST))
    for page in curriculum.lessons:
        withdraw(page, by=trainer, reason=REASON)
    with three:
        client.get(reverse(LIST))
    assert len(three) == len(one)


def test_page_number_of_any_length_is_answered(client, trainer, curriculum):
    client.force_login(trainer)
    for number in ("9" * 30, "9" * 5000, "two"):
        assert client.get(f"{reverse(ADD)}?page={number}").status_code == 200
