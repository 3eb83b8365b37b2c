"""Fills the demo: invented people, some of whom have learned a little, some all of it, by the site's own services."""

from pathlib import Path
from uuid import uuid4

from django.db import transaction
from django.utils import timezone

from assessments import question_types
from assessments.models import Attempt, PracticalPage, QuizPage
from assessments.services import hand_in, save_answer, start_attempt
from assessments.services.observations import save_observation, sign_off, start_observation
from certificates.models import CertificatePolicy
from curriculum.models import LessonPage, ProgrammePage, UnitPage
from lms.core.models import Country
from lms.learning.models import Cohort, Enrolment
from lms.learning.services import complete_unit, enrol
from lms.people.models import Role, Site, User
from lms.people.services import choose_secret, create_person, post_person

from .certified import load_certificates
from .crowd import load_crowd
from .days import load_days
from .designs import demo_design
from .files import read_yaml

FILE = Path(__file__).parent / "content" / "demo.yaml"


def read_demo() -> dict:
    return read_yaml(FILE)


@transaction.atomic
def load_demo() -> list[str]:
    """Make what is not there yet; whoever is there stays as she is. Answers the staff numbers that are new."""
    demo = read_demo()
    programmes = {page.code: page for page in ProgrammePage.objects.filter(locale__language_code="en")}
    for row in demo["sites"]:
        Site.objects.get_or_create(
            code=row["code"], defaults={k: v for k, v in row.items() if k != "country"} | {"country_id": row["country"]}
        )
    new = [row for row in demo["people"] if not User.objects.filter(staff_number=row["number"]).exists()]
    if new:
        _switch_on(demo)
    for row in sorted(new, key=lambda row: row["role"] == Role.LEARNER):
        _person(row, demo, programmes)
    load_crowd(programmes[demo["crowd"]["programme"]], demo["crowd"])
    load_days(demo["crowd"], demo["days"])
    load_certificates(demo["certificates"])
    return [row["number"] for row in new]


def _switch_on(demo: dict) -> None:
    for code, tasks in demo["tasks"].items():
        Country.objects.filter(code=code).update(**dict.fromkeys(tasks, True))
    CertificatePolicy.objects.filter(design=None).update(design=demo_design(demo["design"]))


def _person(row: dict, demo: dict, programmes: dict[str, ProgrammePage]) -> None:
    country = Country.objects.get(code=row["country"])
    person = create_person(given_names=row["names"], family_name=row["family"], country=country)
    person.staff_number = row["number"]
    person.save(update_fields=["staff_number"])
    site = Site.objects.get(code=row["site"]) if "site" in row else None
    for role in (row["role"], *row.get("also", ())):
        post_person(person, role, country=country, site=site)
    person = choose_secret(User.objects.get(pk=person.pk), None, row["secret"])
    if row["role"] == Role.LEARNER:
        programme = programmes[row.get("programme", "P-FOUNDATION")]
        cohort = _cohort(demo["cohorts"][programme.code][row["country"]], programme, site)
        enrolment = enrol(person, programme, cohort=cohort, done_before=True)
        _learn(enrolment, row.get("progress", 0))
        _be_watched(enrolment, row.get("watched", 0))


def _cohort(name: str, programme: ProgrammePage, site: Site) -> Cohort:
    defaults = {"programme_key": programme.translation_key, "starts_on": timezone.localdate()}
    cohort, _ = Cohort.objects.get_or_create(name=name, country=site.country, defaults=defaults)
    cohort.sites.add(site)
    return cohort


def _learn(enrolment: Enrolment, share: float) -> None:
    """Read lessons and pass quizzes in order, as far as the share goes."""
    rows = list(enrolment.requirements.exclude(kind="practical"))
    for row in rows[: round(len(rows) * share)]:
        unit = UnitPage.objects.get(translation_key=row.unit_key, locale__language_code="en").specific
        if isinstance(unit, LessonPage):
            complete_unit(enrolment.person, unit)
        elif isinstance(unit, QuizPage):
            _pass(start_attempt(enrolment.person, unit, enrolment.country, "en"))


def _pass(attempt: Attempt) -> None:
    for item in attempt.paper:
        right = question_types.get(item["type"]).right_response(item["item"], attempt.key[item["id"]])
        save_answer(attempt, item["id"], right, uuid4())
    hand_in(attempt)


def _be_watched(enrolment: Enrolment, count: int) -> None:
    """Have the country's observer sign the first practicals, every step «yes»."""
    observer = User.objects.filter(postings__role=Role.OBSERVER, country=enrolment.country).first()
    for row in enrolment.requirements.filter(kind="practical")[:count]:
        practical = PracticalPage.objects.get(translation_key=row.unit_key, locale__language_code="en")
        observation = start_observation(observer, enrolment.person, practical)
        words = {
            "strength_1": "Warm greeting, sat side by side",
            "strength_2": "Clear words, checked by teach-back",
            "next_step": "Leave a longer pause after each question",
        }
        marks = {step["id"]: "yes" for step in observation.steps}
        save_observation(observation, marks, setting=observation.setting or "real", **words)
        sign_off(observation)
