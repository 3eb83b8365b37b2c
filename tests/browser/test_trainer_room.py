"""The trainer’s room on a phone: nothing scrolls sideways, nothing needs a script, axe finds nothing."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from lms.learning.models import Attendance, Cohort, Day
from lms.learning.services import complete_unit, enrol

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def day(site, curriculum, learner, other_learner):
    """Yesterday, of a cohort in which one learns and one took no step for ten days."""
    today = timezone.localdate()
    key, first = curriculum.programme.translation_key, today - timedelta(days=30)
    cohort = Cohort.objects.create(name="Kisumu 2026", country=site.country, programme_key=key, starts_on=first)
    cohort.sites.add(site)
    for person in (learner, other_learner):
        enrol(person, curriculum.programme, cohort=cohort)
        person.last_login = timezone.now()
        person.save()
    cohort.enrolments.update(opened_at=timezone.now() - timedelta(days=10))
    for unit in (*curriculum.lessons, curriculum.quiz):
        complete_unit(learner, unit)
    return Day.objects.create(cohort=cohort, on=today - timedelta(days=1), topic="Talking about TB", site=site)


def fits(page) -> bool:
    return page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_room_on_a_phone(open_page, axe, trainer, day):
    page = open_page(trainer)
    addresses = ["cohorts", "stuck", "practicals"]
    pages = [reverse(f"room:{name}") for name in addresses] + [reverse("room:cohort", args=[day.cohort_id])]
    pages += [reverse("attendance:days", args=[day.cohort_id]), reverse("attendance:edit", args=[day.pk])]
    pages += [reverse("attendance:day", args=[day.pk]), reverse("attendance:sheet", args=[day.pk])]
    for address in pages:
        page.goto(address)
        assert fits(page), address
        axe(page)


def test_attendance_is_noted_without_a_script(open_page, trainer, learner, other_learner, day):
    page = open_page(trainer, java_script_enabled=False)
    page.goto(reverse("attendance:day", args=[day.pk]))
    page.get_by_role("group", name="Amina Otieno").get_by_text("Excused").click()
    page.get_by_role("button", name="All others were there").click()
    page.get_by_text("2 people noted.").wait_for()
    assert page.get_by_role("group", name="Amina Otieno").get_by_role("radio", name="Excused").is_checked()
    states = dict(Attendance.objects.values_list("person", "state"))
    assert states == {learner.pk: "excused", other_learner.pk: "there"}


def test_grid_is_a_table_on_a_laptop_and_cards_on_a_phone(open_page, axe, trainer, day):
    address = reverse("room:cohort", args=[day.cohort_id])
    laptop = open_page(trainer, viewport={"width": 1280, "height": 800}, is_mobile=False, has_touch=False)
    laptop.goto(address)
    name = laptop.get_by_role("rowheader", name="Amina Otieno")
    assert name.evaluate("cell => getComputedStyle(cell).position") == "sticky"
    assert laptop.get_by_role("cell", name="Done").first.is_visible()
    axe(laptop)
    phone = open_page(trainer)
    phone.goto(address)
    assert phone.locator(".grid tbody tr").first.evaluate("row => getComputedStyle(row).display") == "flex"
