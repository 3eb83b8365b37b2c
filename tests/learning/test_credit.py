"""Earlier training: the rows, handing on, approving, and what a credit does."""

from datetime import timedelta

import pytest
from django.utils import timezone
from wagtail.models import ModelLogEntry

from certificates.award.evidence import is_specimen, required_completions, snapshot
from certificates.models import Certificate, CertificatePolicy
from lms.learning.credit import services
from lms.learning.credit.checking import Review
from lms.learning.credit.permissions import people_of
from lms.learning.credit.targets import targets
from lms.learning.models import Completion, Credit, CreditSheet
from lms.learning.queries import standings
from lms.learning.services import complete_unit, enrol, flag_completion
from lms.people.models import User
from tests.factories.learning import finish, make_completion

from .credits import DONE, line, make_sheet


def judged(sheet, sender=None) -> list[list[str]]:
    return [row.errors for row in Review(sheet, people_of(sheet, sender)).rows]


def give(sender, decider, *lines):
    return services.approve(make_sheet(sender, *lines, handed_on=True), by=decider)


@pytest.fixture
def module(curriculum):
    return curriculum.module.slug


def test_modules_and_practicals_can_be_credited(curriculum):
    found = {target.key: target for target in targets()}
    assert [unit.pk for unit in found[curriculum.module.translation_key].units] == [
        *(lesson.pk for lesson in curriculum.lessons),
        curriculum.quiz.pk,
    ]
    assert found[curriculum.practical.translation_key].units[0].pk == curriculum.practical.pk


def test_people_are_found_by_staff_number_or_hr_number_and_targets_by_name_or_title(
    trainer, learner, other_learner, curriculum, module
):
    User.objects.filter(pk=other_learner.pk).update(hr_number="HR-7")
    sheet = make_sheet(trainer, line(learner, module), line("HR-7", curriculum.module.title.upper()))
    review = Review(sheet, people_of(sheet, trainer))
    assert not review.bad
    assert [row.person for row in review.rows] == [learner, other_learner]


@pytest.mark.parametrize(
    ("values", "sentence"),
    [
        ({"person": "Z999999"}, "Nobody here has this number."),
        ({"target": "cooking"}, "There is no module or practical «cooking»."),
        ({"done_on": "soon"}, "Not a date"),
        ({"done_on": (timezone.localdate() + timedelta(days=2)).isoformat()}, "still to come"),
        ({"done_on": (timezone.localdate() - timedelta(days=366)).isoformat()}, "Out of date since"),
        ({"evidence": ""}, "evidence is missing."),
        ({"provider": "=HYPERLINK()"}, "where looks like a formula."),
        ({"provider": "x" * 121}, "where is too long."),
    ],
)
def test_a_row_says_what_is_wrong(trainer, learner, module, values, sentence):
    sheet = make_sheet(trainer, line(learner, module))
    sheet.rows[0]["values"] |= values
    assert sentence in " ".join(judged(sheet, trainer)[0])


def test_doubles_are_named(trainer, hr, learner, module):
    give(trainer, hr, line(learner, module))
    other_day = DONE - timedelta(days=1)
    sheet = make_sheet(
        trainer, line(learner, module), line(learner, module, other_day), line(learner, module, other_day)
    )
    assert judged(sheet) == [["She has this credit already."], ["The same as in row 2."], ["The same as in row 2."]]


def test_a_sender_names_only_those_she_teaches(trainer, hr, lesotho_learner, module):
    sheet = make_sheet(trainer, line(lesotho_learner, module), line(trainer, module))
    assert judged(sheet, trainer) == [["Nobody here has this number."]] * 2


def test_a_number_that_two_people_have_is_refused(trainer, learner, other_learner, module):
    User.objects.filter(pk__in=[learner.pk, other_learner.pk]).update(hr_number="7", employer=None)
    assert "More than one person" in judged(make_sheet(trainer, line("7", module)))[0][0]


def test_rows_to_mend_are_not_handed_on(trainer, learner, module):
    sheet = make_sheet(trainer, line(learner, module), line("Z999999", module))
    with pytest.raises(services.RowsToMend):
        services.hand_on(sheet, by=trainer)
    sheet.refresh_from_db()
    assert sheet.handed_on_at is None


def test_a_module_is_ticked_off_by_its_credit(trainer, hr, learner, curriculum, module):
    enrolment = enrol(learner, curriculum.programme)
    sheet = give(trainer, hr, line(learner, module))
    enrolment.refresh_from_db()
    credit = Credit.objects.get()
    assert (enrolment.done_count, enrolment.required_count) == (3, 4)
    assert credit.valid_until == DONE + timedelta(days=365)
    done = Completion.objects.filter(person=learner)
    assert {(row.credit, row.valid_until, row.revision_id) for row in done} == {(credit, credit.valid_until, None)}
    assert (sheet.approved, sheet.decided_by, sheet.rows) == (True, hr, [{"line": 2, "credit": str(credit.pk)}])
    entry = ModelLogEntry.objects.get(action="learning.credit_approved")
    assert (entry.user, entry.label, entry.data) == (hr, "KE", {"rows": 1})


def test_a_credit_is_shown_as_one_and_never_as_a_mark(trainer, hr, learner, curriculum, module):
    enrol(learner, curriculum.programme)
    give(trainer, hr, line(learner, module))
    steps = standings(learner)[0].steps
    assert [bool(step.credited) for step in steps] == [True, True, True, False]
    assert steps[0].credited.startswith("Credit: trained before, Ministry of Health, ")


def test_a_later_enrolment_takes_the_credit_too(trainer, hr, learner, curriculum, module):
    give(trainer, hr, line(learner, module))
    assert enrol(learner, curriculum.programme).done_count == 3


def test_what_she_completed_here_stays_as_it_is(trainer, hr, learner, curriculum, module):
    enrol(learner, curriculum.programme)
    own = complete_unit(learner, curriculum.lessons[0])
    give(trainer, hr, line(learner, module))
    own.refresh_from_db()
    assert own.credit is None
    assert learner.completions.filter(unit_key=own.unit_key).count() == 1


def test_beside_what_is_out_of_date_a_credit_takes_the_next_cycle(trainer, hr, learner, curriculum, module):
    make_completion(learner, curriculum.lessons[0], days_ago=500)
    give(trainer, hr, line(learner, module))
    cycles = learner.completions.filter(unit_key=curriculum.lessons[0].translation_key).values_list("cycle", flat=True)
    assert sorted(cycles) == [1, 2]


def test_a_renewal_takes_no_credit_from_before_it_opened(trainer, hr, learner, curriculum, module):
    finish(learner, curriculum)
    renewal = enrol(learner, curriculum.programme)
    give(trainer, hr, line(learner, module))
    renewal.refresh_from_db()
    assert renewal.done_count == 0


def test_a_credit_that_was_wrong_is_flagged(trainer, hr, learner, curriculum, module):
    enrolment = enrol(learner, curriculum.programme)
    give(trainer, hr, line(learner, module))
    flag_completion(learner.completions.first(), by=hr, reason="The paper was not hers")
    enrolment.refresh_from_db()
    assert enrolment.done_count == 2


def test_a_certificate_says_what_was_credited(trainer, hr, learner, curriculum, module):
    enrolment = enrol(learner, curriculum.programme)
    complete_unit(learner, curriculum.quiz, detail={"title": "Quiz", "mark": 9, "of": 10, "pass_mark": 80})
    give(trainer, hr, line(learner, module), line(learner, curriculum.practical.slug))
    enrolment.refresh_from_db()
    told = snapshot(enrolment, CertificatePolicy.objects.for_programme(None, learner.country), timezone.localdate())
    assert Certificate.objects.filter(enrolment=enrolment).exists()
    assert (len(told["credited"]), told["units"], told["competencies"]) == (3, 4, [])
    assert told["credited"][0] == {
        "kind": "lesson",
        "title": curriculum.lessons[0].title,
        "where": "Ministry of Health",
        "date": DONE.isoformat(),
    }
    assert [quiz["mark"] for quiz in told["quizzes"]] == [9]


def test_what_was_learned_elsewhere_needs_no_review_of_our_text(trainer, hr, learner, curriculum, module):
    enrolment = enrol(learner, curriculum.programme)
    give(trainer, hr, line(learner, module), line(learner, curriculum.practical.slug))
    assert not is_specimen(required_completions(enrolment), timezone.localdate())


def test_nobody_decides_alone_or_about_herself(trainer, hr, module):
    with pytest.raises(services.NotASecondPerson):
        give(hr, hr, line(trainer, module))
    with pytest.raises(services.NotASecondPerson):
        give(trainer, hr, line(hr, module))
    assert not Credit.objects.exists()


def test_a_sheet_is_decided_once_and_only_when_handed_on(trainer, hr, learner, module):
    sheet = make_sheet(trainer, line(learner, module))
    with pytest.raises(services.AlreadyDecided):
        services.approve(sheet, by=hr)
    services.hand_on(sheet, by=trainer)
    services.refuse(sheet, by=hr, answer="The paper cannot be read")
    with pytest.raises(services.AlreadyDecided):
        services.approve(sheet, by=hr)
    sheet.refresh_from_db()
    assert (sheet.approved, sheet.rows) == (False, []) and not Credit.objects.exists()


def test_one_bad_row_leaves_nothing(trainer, hr, learner, module):
    with pytest.raises(services.RowsToMend):
        give(trainer, hr, line(learner, module), line("Z999999", module))
    assert not Credit.objects.exists() and not Completion.objects.exists()


def test_sheets_that_nobody_decided_about_are_forgotten(trainer, learner, module):
    old, new = make_sheet(trainer, line(learner, module)), make_sheet(trainer, line(learner, module))
    CreditSheet.objects.filter(pk=old.pk).update(uploaded_at=timezone.now() - timedelta(days=61))
    assert services.forget_old_sheets() == 1
    assert CreditSheet.objects.get() == new


@pytest.mark.parametrize("rows", [1, 3])
def test_judging_costs_the_same_for_one_and_three_rows(
    trainer, learner, curriculum, module, rows, django_assert_num_queries
):
    days = [DONE - timedelta(days=number) for number in range(rows)]
    sheet = make_sheet(trainer, *(line(learner, module, day) for day in days))
    with django_assert_num_queries(5):
        Review(sheet, people_of(sheet))
