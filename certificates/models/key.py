from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from lms.core.models import Country

from .permanent import Permanent, PermanentQuerySet


class IssuerKey(Permanent):
    """The public half of a key that a country signs with. The private half lies in a file and never here.

    `kid`: the first eight bytes of the SHA-256 of its public key (SubjectPublicKeyInfo), as hexadecimal digits.
    """

    kid = models.CharField(max_length=16, primary_key=True)
    country = models.ForeignKey(Country, models.PROTECT, related_name="issuer_keys", verbose_name=_("country"))
    certificate = models.TextField(help_text="X.509, PEM")
    chain = models.TextField(blank=True, help_text="What issued it, up to the root, PEM")
    is_development = models.BooleanField(default=False)
    created_at = models.DateTimeField(default=timezone.now)
    retired_at = models.DateTimeField(null=True, blank=True)
    compromised_at = models.DateTimeField(null=True, blank=True)

    objects = PermanentQuerySet.as_manager()

    class Meta:
        ordering = ["country", "-created_at"]
        verbose_name = _("issuer key")
        verbose_name_plural = _("issuer keys")
        constraints = [
            models.UniqueConstraint(
                fields=["country"],
                condition=Q(retired_at=None, compromised_at=None),
                name="issuer_key_one_active_per_country",
            )
        ]
