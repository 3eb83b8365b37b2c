"""The tables of item analysis from the database: numbers as scipy has them, what counts, who sees what."""

from dataclasses import replace
from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from scipy import stats

from assessments import services
from assessments.analysis import report
from assessments.analysis.words import Level
from assessments.models import Attempt, Mark
from lms.learning.services import enrol
from lms.people.models import Role
from tests.factories.assessments import answer, hand_in
from tests.factories.people import make_person, make_site, post
from tests.factories.simulated import OPTIONS, Simulated, attempts
from tests.reports.rows import make_cohort

from .conftest import make_learners


@pytest.fixture
def taken(learners, simulated, quiz_page):
    return attempts(learners, simulated, quiz_page.translation_key)


def test_numbers_are_those_of_another_implementation(administrator, today, taken, quiz_page, bank):
    found = report.quiz_report(administrator, today, quiz_page.translation_key)
    assert len(found.rows) == 5
    for row in found.rows:
        marks = Mark.objects.filter(question=row.key).select_related("attempt")
        shares = [float(mark.share) for mark in marks]
        rest = [float(mark.attempt.score) - float(mark.share) for mark in marks]
        assert row.numbers.n == 40
        assert row.numbers.facility == pytest.approx(sum(shares) / 40)
        told = row.numbers.discrimination
        assert told is None if len(set(shares)) == 1 else told == pytest.approx(stats.pearsonr(shares, rest).statistic)


def test_wrong_key_comes_first_and_asks_for_a_look(administrator, today, taken, quiz_page):
    rows = report.quiz_report(administrator, today, quiz_page.translation_key).rows
    assert (rows[0].stem, rows[0].verdicts[0].code) == ("Question 0", "check_key")
    easy = next(row for row in rows if row.stem == "Question 1")
    assert {"too_easy", "nobody"} <= {verdict.code for verdict in easy.verdicts}
    (listed,) = report.quiz_rows(administrator, today)
    assert (listed.title, listed.n, listed.look) == ("Simulated quiz", 40, 1)


def test_answers_are_counted_by_their_words_in_every_third(administrator, today, taken, quiz_page, simulated):
    rows = report.quiz_report(administrator, today, quiz_page.translation_key).rows
    row = next(row for row in rows if row.stem == "Question 3")
    assert sorted(count.text for count in row.answers) == sorted(OPTIONS)
    assert [count.text for count in row.answers if count.right] == ["Right"]
    counts = {count.text: count for count in row.answers}
    chosen = list(Mark.objects.filter(question=row.key).values_list("chosen", flat=True))
    assert {text: counts[text].all for text in OPTIONS} == {text: chosen.count([text]) for text in OPTIONS}
    assert counts["Never chosen"].all == 0
    assert counts["Right"].strong / row.tally.strong > counts["Right"].weak / row.tally.weak


def test_first_attempts_alone_unless_all_are_asked_for(administrator, today, taken, learners, simulated, quiz_page):
    attempts(learners[:20], simulated, quiz_page.translation_key, number=2)
    attempts(learners[:20], simulated, quiz_page.translation_key, cycle=2)
    numbers = [report.quiz_rows(administrator, one)[0].n for one in (today, replace(today, first_only=False))]
    assert numbers == [40, 80]


def test_attempts_not_handed_in_do_not_count(administrator, today, taken, learners, quiz_page):
    Attempt.objects.filter(person=learners[0]).update(handed_in_at=None, score=None)
    assert report.quiz_rows(administrator, today)[0].n == 39


def test_filters_narrow_what_counts(administrator, today, site, curriculum, learners, simulated, lesotho):
    now, unit = timezone.now(), uuid4()
    attempts(learners[:20], simulated, unit, language="pt", purpose="practice", handed_in_at=now - timedelta(days=9))
    attempts(learners[20:], simulated, unit)
    attempts(make_learners(make_site("LS-9", "LS"), 5, "L"), simulated, unit)
    cohort = make_cohort(site, curriculum)
    enrol(learners[0], curriculum.programme, cohort=cohort)
    expected = {
        "country": ({"country": lesotho}, 5),
        "language": ({"language": "pt"}, 20),
        "purpose": ({"purpose": "practice"}, 20),
        "since": ({"since": today.as_of - timedelta(days=2)}, 25),
        "as_of": ({"as_of": today.as_of - timedelta(days=2)}, 20),
        "cohort": ({"cohort": cohort}, 1),
    }
    found = {
        name: report.quiz_rows(administrator, replace(today, **what))[0].n for name, (what, _n) in expected.items()
    }
    assert found == {name: n for name, (_what, n) in expected.items()}


def test_each_sees_the_answers_of_her_places(site, trainer, reviewer, other_country_hr, today, taken, simulated):
    elsewhere = make_site("KE-002")
    attempts(make_learners(elsewhere, 11, "E"), simulated, taken[0].unit_key)
    attempts(make_learners(make_site("LS-9", "LS"), 12, "L"), simulated, taken[0].unit_key)
    of_one_site = make_person("Halima", "Noor")
    post(of_one_site, Role.TRAINER, elsewhere)
    seen = {
        person.given_names: [row.n for row in report.quiz_rows(person, today)]
        for person in (trainer, reviewer, of_one_site, other_country_hr)
    }
    assert seen == {"Charity": [51], "Daudi": [51], "Halima": [11], "Thabo": [12]}


def test_corrected_question_is_another_question(administrator, today, learners, simulated, bank, quiz_page):
    attempts(learners[:15], simulated, quiz_page.translation_key)
    changed = bank[0]
    before = changed.live_revision_id
    changed.stem = "Question 0, corrected"
    changed.save_revision().publish()
    changed.refresh_from_db()
    assert changed.live_revision_id != before
    newer = replace(simulated[0], revision=changed.live_revision_id, slope=2.0)
    attempts(learners[15:], [newer, *simulated[1:]], quiz_page.translation_key)
    rows = report.quiz_report(administrator, today, quiz_page.translation_key).rows
    row = next(row for row in rows if row.key == changed.translation_key)
    assert (row.numbers.n, row.older, row.stem) == (25, 15, "Question 0, corrected")
    assert row.version.since == changed.live_revision.created_at
    found = report.question_report(administrator, today, changed.translation_key)
    assert [(one.numbers.n, one.language) for one in found.versions] == [(25, "English"), (15, "English")]
    assert found.row.numbers == row.numbers


def test_one_question_is_shown_over_all_quizzes_that_ask_it(
    administrator, today, taken, learners, simulated, quiz_page
):
    other = uuid4()
    attempts(learners[:10], simulated[:2], other, title="Another quiz", purpose="practice")
    found = report.question_report(administrator, today, simulated[0].question)
    assert found.row.numbers.n == 50
    assert [(part.quiz, part.numbers.n) for part in found.quizzes] == [("Simulated quiz", 40), ("Another quiz", 10)]


def test_few_attempts_have_no_verdict_and_fewer_no_numbers(administrator, today, learners, simulated, quiz_page):
    attempts(learners[:9], simulated, quiz_page.translation_key)
    rows = report.quiz_report(administrator, today, quiz_page.translation_key).rows
    assert {(row.is_withheld, row.verdicts[0].level) for row in rows} == {(True, Level.FEW)}
    attempts(learners[9:12], simulated, quiz_page.translation_key)
    found = report.quiz_report(administrator, today, quiz_page.translation_key)
    assert {(row.is_withheld, row.is_few, row.verdicts[0].level) for row in found.rows} == {(False, True, Level.FEW)}
    assert found.quiz.look == 0


def test_drawn_papers_have_no_alpha(administrator, today, learners, simulated, quiz_page):
    attempts(learners[:20], simulated[:4], quiz_page.translation_key)
    attempts(learners[20:], simulated[1:], quiz_page.translation_key, seed=8)
    (row,) = report.quiz_rows(administrator, today)
    assert row.reliability.same_papers is False


def test_marks_say_what_was_chosen_and_how_long_the_paper_is(attempt):
    answer(attempt)
    services.hand_in(attempt)
    for mark in attempt.marks.all():
        item = attempt.item(mark.item_id)
        assert mark.of == 5
        assert mark.chosen == (["Through the air"] if item["type"] == "single" else ["True"])


def test_unanswered_mark_chose_nothing(administrator, today, enrolled, quiz, attempt):
    services.hand_in(attempt)
    assert set(attempt.marks.values_list("chosen", flat=True)) == {None}
    rows = report.quiz_report(administrator, today, quiz.translation_key).rows
    assert {row.tally.unanswered for row in rows} == {1}


def test_quiz_taken_for_real_is_read(administrator, today, enrolled, quiz, attempt):
    hand_in(attempt)
    (row,) = report.quiz_rows(administrator, today)
    assert (row.n, row.questions, row.mean, row.reliability) == (1, 5, None, None)


def test_queries_do_not_grow(administrator, today, learners, quiz_page):
    taken = []
    for number in (1, 3, 9):
        Attempt.objects.all().delete()
        asked = [Simulated(uuid4()) for _ in range(number)]
        for unit in [quiz_page.translation_key, *(uuid4() for _ in range(number))]:
            attempts(learners[: 10 * min(number, 4)], asked, unit)
        with CaptureQueriesContext(connection) as queries:
            report.quiz_rows(administrator, today)
            report.quiz_report(administrator, today, quiz_page.translation_key)
            report.question_report(administrator, today, asked[0].question)
        taken.append(len(queries))
    assert taken[0] == taken[1] == taken[2]
