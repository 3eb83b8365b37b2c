"""An invented cohort of sixty, with answers and times that a seed decides: something for item analysis to look at.

Who is who does not matter and nobody of them can sign in. Answers follow the Rasch model (Rasch 1960): the chance of a
right one depends on how able she is and how hard the question, before the lessons and after them. One question is made
to fail the strong, so that the analysis has something to say.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal
from math import exp
from random import Random
from typing import Any

from django.utils import timezone

from assessments import papers, passing, queries, question_types, sections
from assessments.analysis.chosen import chosen
from assessments.models import Attempt, Mark, Purpose, QuizPage
from assessments.sections import Section
from curriculum.models import ProgrammePage, UnitPage
from lms.core.models import Country
from lms.learning.models import Cohort, Completion, Enrolment, Requirement
from lms.learning.services import IN_DATE, enrol, rebuild_counts, units_for
from lms.people.models import Role, Site, User
from lms.people.services import create_person, post_person

SIZE = 60
SEED = 1882  # the year in which Koch found the cause of TB
DAYS_AGO = {Purpose.PRE_TEST: 21, Purpose.POST_TEST: 9, Purpose.CERTIFYING: 7}
LEARNED = {Purpose.PRE_TEST: -0.6, Purpose.POST_TEST: 0.9, Purpose.CERTIFYING: 1.3}
MISLEADING = "tb-q4"  # the strong read too much into it


@dataclass(frozen=True)
class Sat:
    """A quiz as the cohort sits it."""

    page: QuizPage
    sections: list[Section]
    asked: dict[str, papers.Asked]
    codes: dict[str, str]
    country: Country


def load_crowd(programme: ProgrammePage, crowd: dict) -> int:
    """Make the cohort, its people and what they answered, unless it is there. Answers how many people are new.

    `crowd` is the part of demo.yaml: cohort, site, and the names that are put together.
    """
    if Cohort.objects.filter(name=crowd["cohort"]).exists():
        return 0
    random, now, site = Random(SEED), timezone.now(), Site.objects.get(code=crowd["site"])
    people = _enrolled(programme, crowd, site, now)
    skills = {person.pk: random.gauss(0, 1) for person in people}
    done: dict = {person.pk: {} for person in people}
    attempts: list[Attempt] = []
    marks: list[Mark] = []
    for sat in _quizzes(site.country):
        for person in people:
            for attempt, judged in _sit(person, sat, skills[person.pk], now, random):
                attempts.append(attempt)
                marks += judged
                if attempt.completed_at:
                    done[person.pk][attempt.unit_key] = attempt.completed_at
    Attempt.objects.bulk_create(attempts)
    Mark.objects.bulk_create(marks, batch_size=500)
    _complete(people, done, now)
    return len(people)


def _enrolled(programme: ProgrammePage, crowd: dict, site: Site, now: datetime) -> list[User]:
    values = {"programme_key": programme.translation_key, "starts_on": (now - timedelta(days=30)).date()}
    cohort = Cohort.objects.create(name=crowd["cohort"], country=site.country, **values)
    cohort.sites.add(site)
    units, people = units_for(programme, site.country), []
    for number in range(SIZE):
        given = crowd["given"][number % len(crowd["given"])]
        family = crowd["family"][(number * 7 + number // len(crowd["given"])) % len(crowd["family"])]
        person = create_person(given_names=given, family_name=family, country=site.country)
        post_person(person, Role.LEARNER, site=site)
        enrol(person, programme, cohort=cohort, units=units, done_before=True)
        people.append(person)
    return people


def _quizzes(country: Country) -> list[Sat]:
    """The tests and the quiz of the module that has them all, in the order in which they are sat."""
    pages = [QuizPage.objects.get(slug=f"tb-{name}", locale__language_code="en") for name in SLUGS]
    found = []
    for page in pages:
        drawn_from = page.sections_for(country.code)
        questions = sections.all_of(drawn_from)
        asked = {one.question: one for one in queries.asked(questions, "en")}
        found.append(Sat(page, drawn_from, asked, {str(one.translation_key): one.code for one in questions}, country))
    return found


SLUGS = ("pre-test", "post-test", "quiz")


def _sit(person: User, sat: Sat, skill: float, now: datetime, random: Random) -> list[tuple[Attempt, list[Mark]]]:
    """One try, or two where the first did not pass."""
    purpose, tries = Purpose(sat.page.purpose), []
    started = now - timedelta(days=DAYS_AGO[purpose], minutes=random.randrange(60 * 24))
    for number in (1, 2):
        able = skill + LEARNED[purpose] + (number - 1) * 0.8
        attempt, marks = _try(person, sat, able, started + timedelta(days=number - 1), number, random)
        tries.append((attempt, marks))
        if attempt.completed_at or purpose != Purpose.CERTIFYING:
            break
    return tries


def _try(person: User, sat: Sat, able: float, started: datetime, number: int, random: Random):
    quiz = sat.page
    drawn = papers.choose(sat.sections, random)
    paper, key = papers.draw([sat.asked[str(question.translation_key)] for question in drawn], random)
    attempt = Attempt(
        person=person,
        unit_key=quiz.translation_key,
        title=quiz.title,
        purpose=quiz.purpose,
        number=number,
        language="en",
        country_code=sat.country.code,
        quiz_revision=quiz.live_revision_id,
        pass_mark=quiz.pass_mark,
        paper=paper,
        key=key,
        started_at=started,
    )
    marks = [_mark(attempt, n, item, sat, able, random) for n, item in enumerate(paper, 1)]
    _hand_in(attempt, marks)
    return attempt, marks


def _hand_in(attempt: Attempt, marks: list[Mark]) -> None:
    """What was missed and safety-critical was put right some minutes later."""
    outcome = passing.judge(attempt.paper, {mark.item_id: mark.right for mark in marks}, attempt.pass_mark)
    attempt.handed_in_at = attempt.started_at + timedelta(seconds=sum(mark.seconds for mark in marks) + 20)
    attempt.score = outcome.score
    is_test = attempt.purpose != Purpose.CERTIFYING
    if outcome.passed and not is_test:
        attempt.passed_at = attempt.handed_in_at
    if outcome.passed or is_test:
        attempt.completed_at = attempt.handed_in_at + timedelta(minutes=2 * len(outcome.to_put_right) * (not is_test))


def _mark(attempt: Attempt, position: int, item: dict, sat: Sat, able: float, random: Random) -> Mark:
    type_, key = question_types.get(item["type"]), attempt.key[item["id"]]
    right = type_.right_response(item["item"], key)
    response = right if random.random() < _chance(item, sat, able) else wrong(item["item"], right, random)
    judged = type_.grade(key, response)
    return Mark(
        attempt=attempt,
        item_id=item["id"],
        position=position,
        of=len(attempt.paper),
        question=item["question"],
        revision=item["revision"],
        response=response,
        chosen=chosen(item, response),
        right=judged.right,
        share=Decimal(int(judged.right)),
        seconds=round(random.lognormvariate(3.3 - 0.15 * able, 0.45)) + len(item["case"]) // 12,
    )


def _chance(item: dict, sat: Sat, able: float) -> float:
    """Of a right answer. How hard a question is, its code decides; the misleading one turns the able away."""
    code = sat.codes[item["question"]]
    hard = Random(code).uniform(-1.4, 0.9)
    if code == MISLEADING:
        able, hard = -0.8 * able, 0.2
    return 1 / (1 + exp(hard - able))


def wrong(item: dict, right: Any, random: Random) -> Any:
    """A response that somebody could give and that is not the right one: the first wrong answers tempt most."""
    if isinstance(right, bool):
        return not right
    if isinstance(right, dict):
        one, other = random.sample(list(right), 2)
        swapped = right | {one: right[other], other: right[one]}
        return swapped if swapped != right else right | {one: next(v for v in right.values() if v != right[one])}
    options = [option["id"] for option in sorted(item["options"], key=lambda option: option["text"])]
    if isinstance(right, list):
        return right[:-1] if random.random() < 0.5 else [*right, *(id_ for id_ in options if id_ not in right)]
    others = [id_ for id_ in options if id_ != right]
    return random.choices(others, [3, *([1] * (len(others) - 1))])[0]


def _complete(people: list[User], done: dict, now: datetime) -> None:
    """The module before it, its lessons and what they passed, as the units' own completions would have it."""
    enrolments = Enrolment.objects.filter(person__in=people).in_bulk()
    rows = list(Requirement.objects.filter(enrolment__in=enrolments).exclude(kind="practical"))
    quizzes = set(Attempt.objects.filter(person__in=people).values_list("unit_key", flat=True))
    modules = set(Requirement.objects.filter(unit_key__in=quizzes).values_list("module_key", flat=True))
    last = max(row.position for row in rows if row.module_key in modules)
    pages = UnitPage.objects.filter(locale__language_code="en").in_bulk(field_name="pk").values()
    revisions = {page.translation_key: page.live_revision_id for page in pages}
    completions = []
    for row in rows:
        person_id = enrolments[row.enrolment_id].person_id
        at = done[person_id].get(row.unit_key, None if row.unit_key in quizzes else now - timedelta(days=12))
        if row.position > last or at is None:
            continue
        completion = Completion(
            person_id=person_id,
            unit_key=row.unit_key,
            kind=row.kind,
            language="en",
            revision_id=revisions[row.unit_key],
            completed_at=at,
            valid_until=at.date() + IN_DATE,
        )
        row.completion, row.completed_at = completion, at
        completions.append(completion)
    Completion.objects.bulk_create(completions, batch_size=500)
    Requirement.objects.bulk_update([row for row in rows if row.completion], ["completion", "completed_at"], 200)
    rebuild_counts(enrolments.values())
