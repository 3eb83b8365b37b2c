"""What assessments hold about a person, for «my data», and what goes when she is erased."""

from collections.abc import Iterable
from uuid import UUID

from django.db.models import Count, F
from django.utils.translation import gettext as _

from lms.learning.rights import forget_observer
from lms.people.models import User
from lms.people.rights.gathering import day, moment

from .models import Answer, Attempt, Coaching, ExtraTry, Mark, Observation, PracticeCard, Purpose
from .queries import locked_attempts

WRITTEN = {"short_text", "number"}  # types whose answers she writes herself: the others are choices among given words
TESTS = (Purpose.PRE_TEST, Purpose.POST_TEST)  # they tell nothing before their key may be shown
LAST = 10
ERASED = "–"  # where a constraint asks for words


def records_of_person(person: User) -> Iterable[UUID]:
    return [
        *person.attempts.values_list("pk", flat=True),
        *person.observations.values_list("pk", flat=True),
    ]


def person_data(person: User) -> list[tuple[str, list[dict]]]:
    return [
        (_("Quizzes"), _attempts(person)),
        (_("Tries that a trainer opened for you"), _extra_tries(person)),
        (_("Observed at work"), _observations(person)),
        (_("Practised with you"), _coachings(person)),
        (_("Questions you practise"), _practice(person)),
        (_("Learners you observed"), _seen_by(person)),
    ]


def support_view(person: User) -> list[tuple[str, list[dict]]]:
    """The last tries as she sees them, and the quizzes in which none are left."""
    locked = {attempt.pk for attempt in locked_attempts(User.objects.filter(pk=person.pk))}
    tries = [
        {
            _("Quiz"): row.title,
            _("Try"): row.number,
            _("Started"): moment(row.started_at),
            _("Handed in"): moment(row.handed_in_at),
            _("State"): _("no tries left") if row.pk in locked else _("passed") if row.completed_at else "",
            _("Answers saved"): row.saved,
        }
        for row in person.attempts.defer("paper", "key").annotate(saved=Count("answers"))[:LAST]
    ]
    return [(_("Her last quizzes"), tries)]


def erase_person(person: User) -> dict[str, int]:
    """Her answers and all that was written about her go; marks and results stay, as counts of a record without a name.

    What she wrote about others is theirs and stays; her name as the observer leaves their completions.
    """
    seen = Observation.objects.filter(observer=person).values_list("pk", "learner", "unit_key")
    return {
        "answers": Answer.objects.filter(attempt__person=person).delete()[0],
        "written_marks": _empty_written_marks(person),
        "observations": _empty_observations(person),
        "extra_tries": ExtraTry.objects.filter(person=person).update(conversation=""),
        "coachings": Coaching.objects.filter(learner=person).update(note=""),
        "practice": PracticeCard.objects.filter(person=person).delete()[0],
        "observer_named": forget_observer(seen),
    }


def _empty_written_marks(person: User) -> int:
    """What she typed. Right or not, and the share, stay."""
    emptied = 0
    for attempt in Attempt.objects.filter(person=person).only("paper"):
        written = [item["id"] for item in attempt.paper if item["type"] in WRITTEN]
        emptied += Mark.objects.filter(attempt=attempt, item_id__in=written).update(response=None, chosen=None)
    return emptied


def _empty_observations(person: User) -> int:
    rows = list(Observation.objects.filter(learner=person))
    for row in rows:
        row.strength_1 = row.strength_2 = row.next_step = ""
        row.void_reason = ERASED if row.void_reason else ""
        row.steps = [step | {"note": ""} for step in row.steps]
    return Observation.objects.bulk_update(rows, ["strength_1", "strength_2", "next_step", "void_reason", "steps"], 200)


def _attempts(person: User) -> list[dict]:
    rows = person.attempts.defer("paper", "key").prefetch_related("marks")
    return [
        {
            _("Quiz"): row.title,
            _("Try"): row.number,
            _("Started"): moment(row.started_at),
            _("Handed in"): moment(row.handed_in_at),
            _("Right"): row.points if row.handed_in_at and row.purpose not in TESTS else "",
            _("Passed"): day(row.completed_at),
            _("Your answers"): "; ".join(", ".join(mark.chosen) for mark in row.marks.all() if mark.chosen),
        }
        for row in rows
    ]


def _extra_tries(person: User) -> list[dict]:
    return [
        {_("On"): day(row.opened_at), _("What was talked about"): row.conversation, _("By"): row.opened_by}
        for row in person.extra_tries.select_related("opened_by")
    ]


def _observations(person: User) -> list[dict]:
    return [
        {
            _("Practical"): row.title,
            _("By"): row.observer,
            _("Site"): row.site,
            _("Signed"): moment(row.signed_at),
            _("Competent"): {True: _("yes"), False: _("not yet"), None: ""}[row.competent],
            _("Strengths"): "; ".join(filter(None, (row.strength_1, row.strength_2))),
            _("Next step"): row.next_step,
            _("Voided"): row.void_reason,
        }
        for row in person.observations.select_related("observer", "site").exclude(signed_at=None)
    ]


def _coachings(person: User) -> list[dict]:
    return [
        {_("On"): day(row.coached_on), _("What you practised"): row.note, _("By"): row.recorded_by}
        for row in person.coachings.select_related("recorded_by")
    ]


def _practice(person: User) -> list[dict]:
    cards = person.practice_cards.order_by("due_at")
    return [{_("Since"): day(card.made_at), _("Comes again"): moment(card.due_at)} for card in cards]


def _seen_by(person: User) -> list[dict]:
    """Day and practical: whom she watched is another woman's record."""
    rows = person.observations_made.order_by(F("signed_at").desc(nulls_last=True))
    return [{_("Practical"): row.title, _("Signed"): moment(row.signed_at)} for row in rows]
