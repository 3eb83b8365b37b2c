import uuid

from django.conf import settings
from django.core.files.storage import storages
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from lms.core.models import Country


def private_storage():
    return storages["private"]


def handbook_path(handbook, filename) -> str:
    return f"handbooks/{handbook.pk.hex}.pdf"


class Edition(models.TextChoices):
    LEARNER = "learner", _("For learners: no answers to the quizzes")
    FACILITATOR = "facilitator", _("For facilitators: quizzes with answers, practicals as checklists")


class HandbookQuerySet(models.QuerySet):
    def waiting(self):
        """Neither drawn nor given up."""
        return self.filter(drawn_at=None, failed_reason="")


class Handbook(models.Model):
    """A module or programme on paper, as its content was when somebody asked for it. Made once for each content."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    subject_key = models.UUIDField(help_text="Translation key of the module or programme")
    title = models.CharField(_("title"), max_length=255)
    country = models.ForeignKey(Country, models.PROTECT, related_name="+", verbose_name=_("country"))
    language = models.CharField(_("language"), max_length=5, choices=settings.LANGUAGES)
    edition = models.CharField(_("edition"), max_length=12, choices=Edition, default=Edition.LEARNER)
    fingerprint = models.CharField(max_length=64, unique=True, help_text="Of everything that is printed")
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    asked_at = models.DateTimeField(_("asked for"), default=timezone.now)
    tries = models.PositiveSmallIntegerField(default=0)
    seen_at = models.DateTimeField(null=True, blank=True, help_text="When somebody was last at work on it")
    laid_out = models.PositiveIntegerField(default=0, help_text="Pages so far")
    drawn_at = models.DateTimeField(_("drawn"), null=True, blank=True)
    pages = models.PositiveIntegerField(_("pages"), default=0)
    failed_reason = models.CharField(_("reason"), max_length=250, blank=True)
    pdf = models.FileField(upload_to=handbook_path, storage=private_storage, blank=True)

    objects = HandbookQuerySet.as_manager()

    class Meta:
        ordering = ["-asked_at"]
        verbose_name = _("handbook")
        verbose_name_plural = _("handbooks")
        constraints = [
            models.CheckConstraint(
                condition=Q(edition__in=("learner", "facilitator")), name="handbook_edition_is_known"
            ),
            models.CheckConstraint(
                condition=Q(drawn_at=None) | (Q(failed_reason="") & ~Q(pdf="")), name="handbook_drawn_has_a_file"
            ),
        ]

    def __str__(self):
        return self.title

    @property
    def state(self) -> str:
        if self.drawn_at:
            return "ready"
        if self.failed_reason:
            return "failed"
        return "drawing" if self.seen_at else "waiting"

    @property
    def file_name(self) -> str:
        """What a download is called: the content and its day, nobody's name."""
        day = timezone.localdate(self.drawn_at or self.asked_at)
        return f"handbook-{self.country_id.lower()}-{self.language}-{self.edition}-{day:%Y-%m-%d}.pdf"
