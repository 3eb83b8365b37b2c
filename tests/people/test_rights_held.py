"""No row points to a person that «my data» does not speak of, or that is not named here with its reason."""

from django.apps import apps
from django.contrib.auth import get_user_model
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from wagtail import hooks
from wagtail.models import Page

from lms.people.rights.gathering import SHOWN, Section, as_file, everything_about
from tests.factories.certificates import issued

AS_STAFF = "who wrote or did it for the work: the row is about something or somebody else"
WAGTAIL = "Wagtail's own: who edited a page"
# Shown to her by a section of an app's person_data.
SHOWN_TO_HER = {
    "people.User.merged_into",
    "people.Departure.person",
    "people.Merge.kept",
    "people.Merge.gone",
    "people.Posting.person",
    "people.Consent.person",
    "people.DataRequest.person",
    "people.SupportCode.person",
    "people.OneTimeCode.person",
    "people.Device.person",
    "people.SavedView.owner",
    "people.Broadcast.by",
    "usersessions.UserSession.user",
    "learning.Cohort.trainers",
    "learning.Cohort_trainers.user",
    "learning.Attendance.person",
    "learning.Credit.person",
    "learning.Enrolment.person",
    "learning.Completion.person",
    "learning.Place.person",
    "assessments.Attempt.person",
    "assessments.ExtraTry.person",
    "assessments.Observation.learner",
    "assessments.Observation.observer",
    "assessments.Coaching.learner",
    "assessments.PracticeCard.person",
    "certificates.Certificate.holder",
    "certificates.CertificateEvent.by",
    "certificates.TitleChoice.person",
    "wagtailcore.ModelLogEntry.user",  # the other side of «who looked»: what was done to her record
}
NOT_SHOWN = {
    "people.User_groups.user": "follows from her postings",
    "people.User_user_permissions.user": "never given",
    "people.Departure.noted_by": AS_STAFF,
    "people.Merge.by": AS_STAFF,
    "people.DataRequest.decided_by": AS_STAFF,
    "people.SupportCode.used_by": AS_STAFF,
    "people.OneTimeCode.made_by": AS_STAFF,
    "people.Selection.by": AS_STAFF,
    "people.Picked.person": "for some hours: a list that staff ticked",
    "learning.Attendance.noted_by": AS_STAFF,
    "learning.Intake.uploaded_by": AS_STAFF,
    "learning.Intake.undone_by": AS_STAFF,
    "learning.CreditSheet.uploaded_by": AS_STAFF,
    "learning.CreditSheet.decided_by": AS_STAFF,
    "learning.Completion.flagged_by": AS_STAFF,
    "assessments.ExtraTry.opened_by": AS_STAFF,
    "assessments.Observation.voided_by": AS_STAFF,
    "assessments.Coaching.recorded_by": AS_STAFF,
    "assessments.Handbook.asked_by": AS_STAFF,
    "assessments.QuestionImport.uploaded_by": AS_STAFF,
    "assessments.Regrade.made_by": AS_STAFF,
    "certificates.BulkCheck.by": "for a day: a sheet that staff had checked",
    "api.ApiToken.created_by": AS_STAFF,
    "account.EmailAddress.user": "her e-mail is on her own row; this app is used for nothing else",
    "mfa.Authenticator.user": "a secret: that there is one, she sees where she signs in",
}
BY_APP = {
    "curriculum": AS_STAFF,
    "site_pages": WAGTAIL,
    "wagtail_localize": WAGTAIL,
    "wagtailmedia": WAGTAIL,
    "wagtailusers": "how the admin looks to her",
    "wagtaildocs": WAGTAIL,
    "wagtailimages": WAGTAIL,
    "wagtailadmin": WAGTAIL,
    "wagtailcore": WAGTAIL,
}


def _pointers() -> set[str]:
    user = get_user_model()
    return {
        f"{model._meta.label}.{field.name}"
        for model in apps.get_models(include_auto_created=True)
        for field in model._meta.get_fields()
        if field.concrete
        if field.is_relation and field.related_model is user
        if field.name != "locked_by" and not (field.name == "owner" and issubclass(model, Page))
    }


def test_every_row_about_a_person_is_shown_to_her_or_has_a_reason():
    known = SHOWN_TO_HER | NOT_SHOWN.keys()
    assert {name for name in _pointers() - known if name.split(".")[0] not in BY_APP} == set()
    assert known - _pointers() == set()


def test_each_app_says_its_part(learner):
    apps_that_speak = {hook.__module__.split(".rights")[0] for hook in hooks.get_hooks("person_data")}
    assert apps_that_speak >= {"lms.people", "lms.learning", "assessments", "certificates"}
    assert {hook.__module__ for hook in hooks.get_hooks("erase_person")} >= {
        "lms.people.rights.erasing",
        "lms.learning.rights",
        "assessments.rights",
        "certificates.rights",
    }


def test_she_reads_what_is_known_in_words(learner, curriculum):
    certificate = issued(learner, curriculum)
    told = as_file(everything_about(learner)).decode()
    for word in (learner.staff_number, "Amina", "Otieno", "Kisumu Clinic", certificate.printed_code, "Kenya"):
        assert word in told


def test_how_much_there_is_costs_no_more_queries(learner, curriculum, django_assert_num_queries):
    issued(learner, curriculum)
    with CaptureQueriesContext(connection) as once:
        everything_about(learner)
    for number in range(3):
        learner.one_time_codes.create(code_hash="c", expires_at=timezone.now(), used_at=timezone.now())
        learner.devices.create(token_hash=f"{number}")
    learner.data_requests.create(kind="correct", words="My name")
    with django_assert_num_queries(len(once)):
        everything_about(learner)


def test_a_section_shows_the_first_rows_and_says_how_many_more():
    section = Section("Quizzes", [{"Try": number} for number in range(SHOWN + 2)])
    assert (len(section.first), section.more) == (SHOWN, 2)
