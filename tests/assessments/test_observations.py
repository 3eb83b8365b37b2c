"""Watching, signing, voiding, through the database."""

from datetime import date

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from assessments import services
from assessments.models import Observation
from lms.learning.models import Completion
from lms.people.models import Role, User
from tests.assessments.observing import NOTES, marks, signed
from tests.factories.people import make_person, make_site, post


@pytest.fixture
def practical(curriculum):
    return curriculum.practical


@pytest.fixture
def observation(observer, enrolled, practical):
    return services.start_observation(observer, enrolled, practical)


def completions(person, practical):
    return Completion.objects.filter(person=person, unit_key=practical.translation_key, flagged_at=None)


def test_steps_are_those_of_the_learners_country(observation, practical, lesotho_learner, other_site):
    assert len(observation.steps) == 3
    watcher = make_person("Lineo", "Tau", "LS")
    post(watcher, Role.OBSERVER, other_site)
    there = services.start_observation(watcher, lesotho_learner, practical)
    assert [step["text"] for step in there.steps] == ["Asks the four questions.", "Says what happens next."]


def test_start_twice_gives_one_open_observation(observation, observer, enrolled, practical):
    assert services.start_observation(observer, enrolled, practical) == observation
    assert Observation.objects.count() == 1


def test_setting_of_the_page_is_fixed(observation):
    assert observation.setting == "real"


def test_observer_cannot_watch_herself(observer, site, practical):
    post(observer, Role.LEARNER, site)
    with pytest.raises(services.NotAllowed):
        services.start_observation(observer, observer, practical)


@pytest.mark.parametrize("who", ["trainer", "hr", "other_learner", "administrator"])
def test_observing_needs_an_observers_posting(who, enrolled, practical, request):
    with pytest.raises(services.NotAllowed):
        services.start_observation(request.getfixturevalue(who), enrolled, practical)


def test_observing_needs_a_posting_at_the_learners_site(enrolled, practical):
    elsewhere = make_person("Joy", "Atieno")
    post(elsewhere, Role.OBSERVER, make_site("KE-002"))
    with pytest.raises(services.NotAllowed):
        services.start_observation(elsewhere, enrolled, practical)


def test_practical_that_is_not_published_is_not_begun(observer, enrolled, practical):
    practical.unpublish()
    with pytest.raises(services.NotAllowed):
        services.start_observation(observer, enrolled, practical)


def test_a_posting_to_the_country_covers_its_sites(enrolled, practical, site):
    everywhere = make_person("Joy", "Atieno")
    post(everywhere, Role.OBSERVER, country="KE")
    assert services.start_observation(everywhere, enrolled, practical).site == site


def test_ended_posting_cannot_sign(observation, observer):
    services.save_observation(observation, marks(observation, "yes", "yes", "yes"), **NOTES)
    observer.postings.update(starts_on=date(2026, 1, 1), ends_on=date(2026, 1, 31))
    with pytest.raises(services.NotAllowed):
        services.sign_off(observation)


def test_competent_observation_completes_the_practical(observation, enrolled, practical, observer):
    done = signed(observation, "yes", "yes", "yes")
    assert done.competent
    completion = completions(enrolled, practical).get()
    assert completion.detail["statement"] == "Asks about TB at every contact"
    assert completion.detail["neutral_statement"] == "Asks four questions at every contact"
    assert completion.detail["observer"] == observer.get_full_name()
    assert completion.detail["site"] == str(observation.site)
    assert completion.detail["date"] == timezone.localdate().isoformat()
    assert completion.valid_until.year == timezone.localdate().year + 1


def test_missed_star_is_signed_but_completes_nothing(observation, enrolled, practical):
    assert signed(observation, "not_yet", "yes", "yes").competent is False
    assert not completions(enrolled, practical).exists()


def test_sign_off_twice_signs_once(observation, enrolled, practical):
    first = signed(observation, "yes", "yes", "yes")
    assert services.sign_off(observation).signed_at == first.signed_at
    assert completions(enrolled, practical).count() == 1


def test_star_cannot_be_left_out_as_not_applicable(observation):
    saved = services.save_observation(observation, marks(observation, "na", "na", "yes"), **NOTES)
    assert [step["mark"] for step in saved.steps] == ["", "na", "yes"]
    with pytest.raises(services.NotReady):
        services.sign_off(saved)


@pytest.mark.parametrize("empty", sorted(NOTES))
def test_sign_off_needs_strengths_and_a_next_step(observation, empty):
    saved = services.save_observation(observation, marks(observation, "yes", "yes", "yes"), **NOTES | {empty: ""})
    with pytest.raises(services.NotReady):
        services.sign_off(saved)


def test_kept_for_later_keeps_what_is_there(observation):
    services.save_observation(observation, {observation.steps[0]["id"]: "yes"}, strength_1="Calm")
    observation.refresh_from_db()
    assert [step["mark"] for step in observation.steps] == ["yes", "", ""]
    assert observation.strength_1 == "Calm"


def test_signed_observation_is_not_changed(observation):
    done = signed(observation, "yes", "yes", "yes")
    with pytest.raises(services.AlreadySigned):
        services.save_observation(done, marks(done, "not_yet", "yes", "yes"))


def test_editing_the_page_later_does_not_change_the_observation(observation, practical):
    practical.steps = []
    practical.save_revision().publish()
    assert signed(observation, "yes", "yes", "yes").competent


@pytest.mark.parametrize("who", ["observer", "trainer"])
def test_void_flags_the_completion(observation, enrolled, practical, who, request):
    done = signed(observation, "yes", "yes", "yes")
    by = request.getfixturevalue(who)
    voided = services.void_observation(done, by=by, reason="The wrong learner was marked")
    assert voided.voided_by == by
    assert not completions(enrolled, practical).exists()
    assert services.void_observation(done, by=by, reason="Pressed twice").void_reason == "The wrong learner was marked"


@pytest.mark.parametrize("who", ["learner", "other_learner", "hr", "other_country_hr"])
def test_void_only_by_the_observer_or_a_trainer_there(observation, who, request):
    done = signed(observation, "yes", "yes", "yes")
    with pytest.raises(services.NotAllowed):
        services.void_observation(done, by=request.getfixturevalue(who), reason="No")


def test_open_observation_is_not_voided(observation, observer):
    with pytest.raises(services.NotSigned):
        services.void_observation(observation, by=observer, reason="Not signed yet")


def test_voiding_an_older_observation_leaves_the_completion_of_another(observation, observer, enrolled, practical):
    first = signed(observation, "not_yet", "yes", "yes")
    second = services.start_observation(observer, enrolled, practical)
    signed(second, "yes", "yes", "yes")
    services.void_observation(first, by=observer, reason="Wrong day")
    assert completions(enrolled, practical).exists()


@pytest.mark.parametrize("change", ["sign", "void"])
def test_the_learner_is_locked_before_the_observation(observation, observer, change):
    """As where one starts, so that nobody follows what is voided at that moment, and nobody waits for each other."""
    ready = services.save_observation(observation, marks(observation, "yes", "yes", "yes"), setting="real", **NOTES)
    if change == "void":
        ready = services.sign_off(ready)
    with CaptureQueriesContext(connection) as asked:
        if change == "void":
            services.void_observation(ready, by=observer, reason="The wrong learner")
        else:
            services.sign_off(ready)
    read = [query["sql"] for query in asked if query["sql"].startswith("SELECT")]
    assert f'FROM "{User._meta.db_table}"' in read[0]
    assert f'FROM "{Observation._meta.db_table}"' in read[1]


def test_after_voiding_a_new_observation_can_complete(observation, observer, enrolled, practical):
    services.void_observation(signed(observation, "yes", "yes", "yes"), by=observer, reason="Wrong day")
    assert signed(services.start_observation(observer, enrolled, practical), "yes", "yes", "yes").competent
    assert completions(enrolled, practical).count() == 1


def test_database_refuses_an_observer_who_is_the_learner(observation):
    with pytest.raises(IntegrityError), transaction.atomic():
        Observation.objects.filter(pk=observation.pk).update(learner=observation.observer)


# One field after another ----------------------------------------------------------------------------------------------


def field(observation, number=0, part="step"):
    return f"{part}-{observation.steps[number]['id']}"


def test_a_mark_is_kept_as_it_is_given_and_again(observation):
    for _time in range(2):
        services.save_field(observation, field(observation), "yes", was=[""])
    observation.refresh_from_db()
    assert [step["mark"] for step in observation.steps] == ["yes", "", ""]


def test_notes_strengths_and_setting_are_kept(observation, practical):
    services.save_field(observation, field(observation, 1, "note"), "Calm voice", was=[""])
    services.save_field(observation, "strength_1", "Warm", was=[""])
    observation.refresh_from_db()
    assert (observation.steps[1]["note"], observation.strength_1) == ("Calm voice", "Warm")


def test_another_windows_mark_is_not_written_over(observation):
    services.save_field(observation, field(observation), "yes", was=[""])
    with pytest.raises(services.ChangedMeanwhile) as told:
        services.save_field(observation, field(observation), "not_yet", was=[""])
    assert told.value.current == "yes"
    services.save_field(observation, field(observation), "not_yet", was=["", "yes"])


def test_a_mark_that_came_without_an_answer_may_be_changed(observation):
    """The first «yes» arrived, its answer did not: the sender knows that either may stand there."""
    services.save_field(observation, field(observation), "yes", was=[""])
    assert (
        services.save_field(observation, field(observation), "not_yet", was=["", "yes"]).steps[0]["mark"] == "not_yet"
    )


@pytest.mark.parametrize("name", ["competent", "learner", "step-none", "note-", "step", "signed_at", "seen"])
def test_what_is_no_field_is_refused(observation, name):
    with pytest.raises(services.NotAField):
        services.save_field(observation, name, "yes", was=[""])


def test_a_signed_one_takes_no_field(observation):
    done = signed(observation, "yes", "yes", "yes")
    with pytest.raises(services.AlreadySigned):
        services.save_field(done, field(done), "not_yet", was=["yes"])


def test_a_page_that_shows_something_else_writes_nothing(observation):
    seen = observation.fingerprint
    services.save_field(observation, field(observation), "yes", was=[""])
    with pytest.raises(services.ChangedMeanwhile):
        services.save_observation(observation, {}, seen=seen)
    observation.refresh_from_db()
    assert observation.steps[0]["mark"] == "yes"
