from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from .register import Certificate


class CertificateReminder(models.Model):
    """That a holder was told so many days before the end: once each."""

    certificate = models.ForeignKey(Certificate, models.PROTECT, related_name="reminders")
    days = models.PositiveSmallIntegerField()
    sent_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["certificate", "days"], name="certificate_reminder_once")]


class TitleChoice(models.Model):
    """Which of a programme's two titles a person wants on her certificates, where she asked for one."""

    person = models.OneToOneField(settings.AUTH_USER_MODEL, models.CASCADE, related_name="title_choice")
    own_title = models.BooleanField(_("the programme’s own title"))
    chosen_at = models.DateTimeField(auto_now=True)
