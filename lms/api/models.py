import uuid
from datetime import date, timedelta

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from lms.core.models import Country
from lms.people.models import Partner


class Scope(models.TextChoices):
    """What a token may be used for."""

    CHECK = "certificates:check", _("Check certificates")


def in_a_year() -> date:
    return timezone.localdate() + timedelta(days=365)


class ApiTokenQuerySet(models.QuerySet):
    def open(self, on: date):
        return self.filter(revoked_at=None, expires_on__gte=on)


class ApiToken(models.Model):
    """What a partner's program shows instead of a sign-in. The token itself is nowhere: only its hash."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    name = models.CharField(_("name"), max_length=80, help_text=_("Which program uses it. No person’s name."))
    partner = models.ForeignKey(
        Partner, models.PROTECT, null=True, blank=True, related_name="api_tokens", verbose_name=_("partner")
    )
    countries = models.ManyToManyField(
        Country,
        related_name="+",
        verbose_name=_("countries"),
        help_text=_("Certificates issued elsewhere are unknown to it."),
    )
    scopes = models.JSONField(_("may"), default=list)
    token_sha256 = models.CharField(max_length=64, unique=True)
    ending = models.CharField(max_length=4, help_text="The last characters, to tell tokens apart")
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    created_at = models.DateTimeField(default=timezone.now)
    expires_on = models.DateField(_("expires on"), default=in_a_year)
    last_used_on = models.DateField(_("last used"), null=True, blank=True, help_text="The day only")
    revoked_at = models.DateTimeField(_("withdrawn"), null=True, blank=True)

    objects = ApiTokenQuerySet.as_manager()

    class Meta:
        ordering = ["name", "-created_at"]
        verbose_name = _("token")
        verbose_name_plural = _("tokens")
        constraints = [models.CheckConstraint(condition=~Q(token_sha256=""), name="api_token_has_a_hash")]

    def __str__(self):
        return f"{self.name} (…{self.ending})"

    def state(self, on: date) -> str:
        if self.revoked_at:
            return _("Withdrawn")
        return _("Expired") if self.expires_on < on else _("In use")
