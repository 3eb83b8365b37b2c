"""What tests of attempts do again and again."""

from datetime import timedelta

from django.utils import timezone

from assessments import services
from lms.learning.models import Completion


def start(person, quiz, language="en"):
    return services.start_attempt(person, quiz, person.country, language)


def item(attempt, stem):
    return next(item for item in attempt.paper if item["stem"] == stem)


def completions(person, quiz):
    return Completion.objects.filter(person=person, unit_key=quiz.translation_key, flagged_at=None)


def rule(quiz, **fields):
    for name, value in fields.items():
        setattr(quiz, name, value)
    quiz.save()
    return quiz


def later(time_machine, **gone):
    time_machine.move_to(timezone.now() + timedelta(**gone))
