from django.dispatch import receiver

from lms.learning.signals import programme_completed

from . import services


@receiver(programme_completed)
def award_on_completion(sender, enrolment, **kwargs):
    services.award_certificate(enrolment)
