"""Only the missed steps again, where the programme allows it; and what voiding does to what rests on it."""

from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone

from assessments import services, watching
from assessments.models import Observation
from lms.learning.models import Completion
from tests.assessments.observing import NOTES, marks, signed, watch
from tests.factories.content import make_practical


@pytest.fixture
def practical(curriculum):
    curriculum.programme.failed_steps_only = True
    curriculum.programme.save_revision().publish()
    return curriculum.practical


@pytest.fixture
def first(observer, enrolled, practical):
    return watch(observer, enrolled, practical, "not_yet", "yes", "yes")


def follow(observer, learner, practical):
    return services.start_observation(observer, learner, practical, only_missed=True)


def completions(person, practical):
    return Completion.objects.filter(person=person, unit_key=practical.translation_key, flagged_at=None)


def test_only_the_missed_steps_are_asked(first, observer, enrolled, practical):
    again = follow(observer, enrolled, practical)
    assert again.follows == first
    assert [step["mark"] for step in again.steps] == ["", "yes", "yes"]
    assert [bool(step.get("carried")) for step in again.steps] == [False, True, True]


def test_all_steps_stay_possible(first, observer, enrolled, practical):
    again = services.start_observation(observer, enrolled, practical)
    assert again.follows is None
    assert [step["mark"] for step in again.steps] == ["", "", ""]


def test_not_where_the_programme_does_not_allow_it(first, observer, enrolled, practical, curriculum):
    curriculum.programme.failed_steps_only = False
    curriculum.programme.save_revision().publish()
    with pytest.raises(services.NothingToFollow):
        follow(observer, enrolled, practical)


def test_not_where_nothing_was_signed(observer, enrolled, practical):
    with pytest.raises(services.NothingToFollow):
        follow(observer, enrolled, practical)


def test_not_after_a_voided_one(first, observer, enrolled, practical):
    services.void_observation(first, by=observer, reason="Wrong day")
    with pytest.raises(services.NothingToFollow):
        follow(observer, enrolled, practical)


def test_not_after_one_that_is_out_of_date(first, observer, enrolled, practical):
    with time_machine.travel(timezone.now() + timedelta(days=370)), pytest.raises(services.NothingToFollow):
        follow(observer, enrolled, practical)


def test_carried_steps_are_not_changed(first, observer, enrolled, practical):
    again = follow(observer, enrolled, practical)
    carried = again.steps[1]["id"]
    saved = services.save_observation(again, {carried: "not_yet"}, remarks={carried: "No"})
    assert saved.steps[1]["mark"] == "yes"
    with pytest.raises(services.NotAField):
        services.save_field(again, f"step-{carried}", "not_yet", was=["yes"])


def test_all_steps_are_judged_and_count_from_the_first_day(first, observer, enrolled, practical):
    with time_machine.travel(timezone.now() + timedelta(days=30)):
        assert signed(follow(observer, enrolled, practical), "yes").competent
    assert completions(enrolled, practical).get().valid_until == watching.valid_until(first, practical)


def test_a_star_missed_again_is_not_yet(first, observer, enrolled, practical):
    assert signed(follow(observer, enrolled, practical), "not_yet").competent is False


def test_a_step_whose_words_changed_is_asked_again(first, observer, enrolled, practical):
    practical.steps[1].value["text"] = "Says what happens next, and when."
    practical.save_revision().publish()
    again = follow(observer, enrolled, practical)
    assert [bool(step.get("carried")) for step in again.steps] == [False, False, True]


def test_voiding_the_first_ends_what_followed_it(first, observer, enrolled, practical):
    second = signed(follow(observer, enrolled, practical), "yes")
    assert completions(enrolled, practical).exists()
    services.void_observation(first, by=observer, reason="The wrong learner was marked")
    second.refresh_from_db()
    assert second.voided_at
    assert "The wrong learner was marked" in second.void_reason
    assert not completions(enrolled, practical).exists()


def test_voiding_the_first_makes_an_open_one_ask_everything(first, observer, enrolled, practical):
    again = follow(observer, enrolled, practical)
    services.save_observation(again, marks(again, "yes"), **NOTES)
    services.void_observation(first, by=observer, reason="Wrong day")
    again.refresh_from_db()
    assert again.follows is None
    assert [step["mark"] for step in again.steps] == ["yes", "", ""]
    assert signed(again, "yes", "yes", "yes").competent


def test_voiding_the_second_leaves_the_first(first, observer, enrolled, practical):
    second = signed(follow(observer, enrolled, practical), "yes")
    services.void_observation(second, by=observer, reason="Wrong day")
    first.refresh_from_db()
    assert first.voided_at is None


# Two competent ones ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("which", [0, 1])
def test_voiding_one_of_two_competent_ones_leaves_the_practical_complete(observer, enrolled, practical, which):
    both = [watch(observer, enrolled, practical, "yes", "yes", "yes") for _time in range(2)]
    services.void_observation(both[which], by=observer, reason="Wrong day")
    standing = completions(enrolled, practical).get()
    assert standing.detail["observation"] == str(both[1 - which].pk)


def test_an_old_competent_one_does_not_take_its_place(observer, enrolled, practical):
    old, new = (watch(observer, enrolled, practical, "yes", "yes", "yes") for _time in range(2))
    Observation.objects.filter(pk=old.pk).update(signed_at=timezone.now() - timedelta(days=400))
    completions(enrolled, practical).update(detail={"observation": str(new.pk)})
    services.void_observation(new, by=observer, reason="Wrong day")
    assert not completions(enrolled, practical).exists()


# Steps by country and task --------------------------------------------------------------------------------------------

RDT = [  # curriculum-facts.md §25, c13
    {"text": "Checks danger signs first and refers at once if any.", "critical": True},
    {"text": "Asks pregnancy and co-trimoxazole."},
    {"text": "Prepares gloves, unexpired test, sharps box.", "needs": "malaria_rdt"},
    {"text": "Pricks safely and reads after the time on the box.", "needs": "malaria_rdt"},
    {"text": "Follows the result.", "critical": True, "needs": "malaria_rdt"},
    {"text": "Does not give malaria medicine without a test.", "critical": True, "needs": "malaria_rdt"},
    {"text": "Explains the course or the referral with teach-back."},
    {"text": "Records result and plan.", "critical": True, "needs": "malaria_rdt"},
]


@pytest.fixture
def c13(curriculum):
    return make_practical(curriculum.shelf, curriculum.module, RDT, title="Fever", slug="fever", setting="either")


def test_without_the_rapid_test_c13_is_steps_1_2_and_7(c13, lesotho):
    assert [block.value["text"] for block in c13.steps_for(lesotho)] == [RDT[n]["text"] for n in (0, 1, 6)]


def test_with_the_rapid_test_c13_is_whole(c13, kenya):
    assert len(c13.steps_for(kenya)) == len(RDT)


def test_a_star_that_did_not_come_up_is_shown_not_left_out(c13, observer, enrolled):
    watched = services.start_observation(observer, enrolled, c13)
    star = watched.steps[0]["id"]
    with pytest.raises(services.NotAField):
        services.save_field(watched, f"step-{star}", "na", was=[""])


def test_an_open_observation_keeps_the_steps_it_began_with(observer, enrolled, practical):
    begun = services.start_observation(observer, enrolled, practical)
    practical.steps[0].value["text"] = "Other words."
    practical.save_revision().publish()
    begun.refresh_from_db()
    assert begun.steps[0]["text"] == "Asks the four questions."
    assert services.start_observation(observer, enrolled, practical).steps == begun.steps
