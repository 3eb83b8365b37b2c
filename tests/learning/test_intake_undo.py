"""Taking a whole intake back, while nobody of it has signed in."""

import pytest
from django.utils import timezone
from wagtail.models import ModelLogEntry

from lms.learning.intake import giving, queries, services, undoing
from lms.learning.models import Cohort, Enrolment, Intake
from lms.learning.services import complete_unit
from lms.messaging.models import Message
from lms.people.merging import merge
from lms.people.models import Device, Merge, User
from tests.factories.people import make_person

from .intakes import carried_out, make_intake, sheet


@pytest.fixture
def known(site):
    return make_person("Grace", "Otieno", phone="+254712345678", last_login=timezone.now())


@pytest.fixture
def made(curriculum, site, hr, known):
    intake = make_intake(curriculum, site, hr, sheet("Grace,Otieno,,0712345678", "Amina,Juma,,0712345679", ",Nobody"))
    services.decide(intake, {2: str(known.pk)})
    intake.refresh_from_db()
    return carried_out(intake, hr)


def test_undo_takes_people_and_enrolments_back_but_not_who_was_known(made, hr, known):
    reached = giving.with_phone(queries.people_of(made))
    giving.text_slips(made, reached, by=hr, expected=giving.codes_of(reached))
    undone = undoing.undo_intake(made, by=hr)
    assert undone.state == Intake.State.UNDONE
    assert (undone.undone_by, undone.undone_at is not None) == (hr, True)
    assert not User.objects.filter(family_name="Juma").exists()
    assert User.objects.filter(pk=known.pk).exists()
    assert not Enrolment.objects.exists()
    assert Cohort.objects.filter(pk=made.cohort_id).exists()
    assert not Message.objects.exclude(state=Message.State.CANCELLED).exists()
    assert ModelLogEntry.objects.filter(action="intake.undo", user=hr).count() == 1
    assert ModelLogEntry.objects.filter(action="wagtail.delete", deleted=True).count() == 1


def test_undo_twice_says_so(made, hr):
    undoing.undo_intake(made, by=hr)
    with pytest.raises(undoing.NotDone):
        undoing.undo_intake(made, by=hr)


def test_undo_of_a_sheet_that_was_not_carried_out_is_refused(curriculum, site, hr):
    with pytest.raises(undoing.NotDone):
        undoing.undo_intake(make_intake(curriculum, site, hr, sheet("Amina,Juma")), by=hr)


@pytest.mark.parametrize("field", ["last_login", "first_signed_in_at"])
def test_undo_is_refused_once_somebody_it_made_has_signed_in(made, hr, field):
    User.objects.filter(family_name="Juma").update(**{field: timezone.now()})
    with pytest.raises(undoing.CannotUndo) as refusal:
        undoing.undo_intake(made, by=hr)
    assert [person.family_name for person in refusal.value.args[0]] == ["Juma"]
    assert Enrolment.objects.count() == 2


def test_undo_is_refused_once_somebody_known_has_learned(made, hr, known, curriculum):
    complete_unit(known, curriculum.lessons[0])
    with pytest.raises(undoing.CannotUndo) as refusal:
        undoing.undo_intake(made, by=hr)
    assert refusal.value.args[0] == [known]


def test_undo_is_refused_once_who_was_known_has_learned_under_another_number(made, hr, known, curriculum):
    kept = make_person("Grace", "Otieno")
    merge(kept, known, take=[], why="Both cards seen", by=hr)
    complete_unit(kept, curriculum.lessons[0])
    with pytest.raises(undoing.CannotUndo) as refusal:
        undoing.undo_intake(made, by=hr)
    assert refusal.value.args[0] == [kept]
    assert Enrolment.objects.filter(person=kept).exists()


def test_undo_leaves_all_as_it_was_where_another_part_holds_records(made, hr, curriculum):
    """A record that protects her: a merge noted since."""

    amina = User.objects.get(family_name="Juma")
    gone = make_person("Amina", "Jumaa")
    Merge.objects.create(kept=amina, gone=gone, why="same")
    Device.objects.create(person=amina, token_hash="x")
    with pytest.raises(undoing.InUse):
        undoing.undo_intake(made, by=hr)
    assert Enrolment.objects.count() == 2
    assert Device.objects.filter(person=amina).exists()
    made.refresh_from_db()
    assert made.state == Intake.State.DONE
