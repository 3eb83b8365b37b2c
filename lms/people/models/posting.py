from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from lms.core.models import Country

from .places import Site
from .user import User


class Role(models.TextChoices):
    LEARNER = "learner", _("Learner")
    OBSERVER = "observer", _("Observer")
    TRAINER = "trainer", _("Trainer")
    REVIEWER = "clinical_reviewer", _("Clinical reviewer")
    HR = "hr", _("HR")
    LEAD = "country_lead", _("Country lead")
    ADMINISTRATOR = "administrator", _("Administrator")


# Whoever holds one of these works in the admin, signs in with a password and belongs to a Wagtail group.
STAFF_ROLES = (Role.TRAINER, Role.REVIEWER, Role.HR, Role.LEAD, Role.ADMINISTRATOR)


class PostingQuerySet(models.QuerySet):
    def current(self, on=None):
        on = on or timezone.localdate()
        return self.filter(Q(ends_on=None) | Q(ends_on__gte=on), starts_on__lte=on)

    def not_over(self, on=None):
        """Current, or to begin later."""
        return self.filter(Q(ends_on=None) | Q(ends_on__gte=on or timezone.localdate()))

    def covering(self, site: Site):
        """Postings at this site, or at its whole country."""
        return self.filter(Q(site=site) | Q(site=None, country=site.country_id))


class Posting(models.Model):
    """A role at a place, from–to. Without a site it holds for all sites of the country."""

    person = models.ForeignKey(User, models.CASCADE, related_name="postings", verbose_name=_("person"))
    role = models.CharField(_("role"), max_length=20, choices=Role)
    country = models.ForeignKey(Country, models.PROTECT, related_name="postings", verbose_name=_("country"))
    site = models.ForeignKey(
        Site, models.PROTECT, null=True, blank=True, related_name="postings", verbose_name=_("site")
    )
    starts_on = models.DateField(_("from"), default=timezone.localdate)
    ends_on = models.DateField(_("to"), null=True, blank=True)

    objects = PostingQuerySet.as_manager()

    class Meta:
        ordering = ["-starts_on", "pk"]
        verbose_name = _("posting")
        verbose_name_plural = _("postings")
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_on=None) | Q(ends_on__gte=F("starts_on")), name="posting_ends_after_it_starts"
            ),
        ]
        indexes = [
            models.Index(  # where everyone learned on a day, read from the index alone
                fields=["person", "-starts_on", "-id", "country", "site", "ends_on"],
                condition=Q(role=Role.LEARNER),
                name="posting_of_learner",
            )
        ]

    def __str__(self):
        return f"{self.get_role_display()}, {self.site or self.country}"
