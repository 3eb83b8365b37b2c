import uuid
from datetime import date

from django.conf import settings
from django.core.files.storage import storages
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from lms.learning.models import Enrolment

from ..proof import codes
from .permanent import Permanent, PermanentQuerySet


def private_storage():
    return storages["private"]


def payload_path(payload, filename) -> str:
    """A random name: nothing personal in it, nothing to guess."""
    return f"certificates/{uuid.uuid4().hex}.pdf"


class CertificateQuerySet(PermanentQuerySet):
    def current(self):
        return self.filter(superseded_at=None)

    def standing(self):
        return self.filter(superseded_at=None, revoked_at=None)

    def to_confirm(self):
        return self.standing().filter(confirmed_at=None)

    def undrawn(self):
        return self.standing().filter(confirmed_at__isnull=False, drawn_at=None)

    def blocked(self):
        return self.standing().filter(drawn_at=None).exclude(payload__blocked_reason="")

    def being_drawn(self):
        return self.undrawn().filter(payload__blocked_reason="")

    def to_uphold(self):
        """Withdrawn by one person, not yet looked at by a second."""
        return self.filter(revoked_at__isnull=False, revocation_confirmed_at=None)

    def issued(self):
        """Drawn and stored: what the world may be told about."""
        return self.filter(drawn_at__isnull=False)

    def valid(self, on: date):
        return self.issued().standing().filter(valid_until__gte=on)

    def expired(self, on: date):
        return self.issued().standing().filter(valid_until__lt=on)


class Certificate(Permanent):
    """The permanent register row: it holds no name and is never deleted. What may be erased is in the payload.

    Written once at the award; afterwards only the hash of the drawing and what status events say are added.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    code = models.CharField(_("code"), max_length=13, unique=True, help_text="12 Crockford characters and a check")
    enrolment = models.ForeignKey(Enrolment, models.SET_NULL, null=True, related_name="certificates")
    holder = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="certificates")
    programme_key = models.UUIDField()
    programme_code = models.SlugField(max_length=30)
    programme_version = models.PositiveSmallIntegerField()
    title = models.CharField(_("title"), max_length=255, help_text="As printed")
    level = models.CharField(_("level"), max_length=80)
    country_code = models.CharField(max_length=2)
    country_name = models.CharField(max_length=60)
    awarded_on = models.DateField(_("awarded on"))
    valid_until = models.DateField(_("valid until"))
    specimen = models.BooleanField(_("specimen"), default=False)
    snapshot_sha256 = models.CharField(max_length=64)
    pdf_sha256 = models.CharField(max_length=64, blank=True)
    card_sha256 = models.CharField(max_length=64, blank=True, help_text="Of the wallet card, once it is drawn")
    kid = models.CharField(max_length=16, blank=True, help_text="The issuer key it is signed with")
    status_list = models.PositiveSmallIntegerField(default=1, help_text="Of its country")
    status_index = models.PositiveIntegerField(help_text="Its bit there, at random")
    drawn_at = models.DateTimeField(null=True, blank=True)
    confirmed_at = models.DateTimeField(null=True, blank=True, help_text="At the award, unless HR confirms later")
    revoked_at = models.DateTimeField(null=True, blank=True)
    revoked_reason = models.CharField(max_length=20, blank=True, help_text="Of the withdrawal that holds")
    revocation_confirmed_at = models.DateTimeField(null=True, blank=True, help_text="By a second person")
    superseded_at = models.DateTimeField(null=True, blank=True)
    supersedes = models.OneToOneField("self", models.PROTECT, null=True, blank=True, related_name="superseded_by")
    renews = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="renewed_by")

    objects = CertificateQuerySet.as_manager()

    class Meta:
        ordering = ["-awarded_on", "code"]
        verbose_name = _("certificate")
        verbose_name_plural = _("certificates")
        constraints = [
            models.UniqueConstraint(
                fields=["enrolment"], condition=Q(superseded_at=None), name="certificate_one_current_per_enrolment"
            ),
            models.CheckConstraint(
                condition=Q(drawn_at=None, pdf_sha256="") | (Q(drawn_at__isnull=False) & ~Q(pdf_sha256="")),
                name="certificate_hash_exactly_when_drawn",
            ),
            models.UniqueConstraint(
                fields=["country_code", "status_list", "status_index"], name="certificate_bit_of_its_own"
            ),
            models.CheckConstraint(
                condition=Q(revoked_at=None, revoked_reason="") | (Q(revoked_at__isnull=False) & ~Q(revoked_reason="")),
                name="certificate_reason_exactly_when_revoked",
            ),
            models.CheckConstraint(
                condition=Q(revocation_confirmed_at=None) | Q(revoked_at__isnull=False),
                name="certificate_confirmed_only_when_revoked",
            ),
            models.CheckConstraint(
                condition=Q(valid_until__gte=models.F("awarded_on")), name="certificate_ends_after_award"
            ),
        ]
        indexes = [
            models.Index(fields=["confirmed_at"], condition=Q(drawn_at=None), name="certificate_not_drawn"),
            models.Index(fields=["drawn_at"], name="certificate_drawn_at"),
            models.Index(fields=["pdf_sha256"], name="certificate_by_pdf"),  # an uploaded file is found by its hash
            models.Index(fields=["card_sha256"], name="certificate_by_card"),
            models.Index(
                fields=["revoked_at"],
                condition=Q(revoked_at__isnull=False, revocation_confirmed_at=None),
                name="certificate_to_uphold",
            ),
            # What a status list is made of: the bits that are set, and nothing of the rows.
            models.Index(
                fields=["country_code", "status_list", "status_index"],
                condition=Q(revoked_at__isnull=False),
                name="certificate_bits_revoked",
            ),
            models.Index(
                fields=["country_code", "status_list", "status_index"],
                condition=Q(superseded_at__isnull=False),
                name="certificate_bits_superseded",
            ),
        ]

    def __str__(self):
        return self.printed_code

    @property
    def printed_code(self) -> str:
        return codes.printed(self.code)

    @property
    def is_erased(self) -> bool:
        """Its holder was erased: no snapshot, no file. Costs no query where the payload was selected with it."""
        return not hasattr(self, "payload")


class CertificatePayload(models.Model):
    """The erasable part: the snapshot that everything is drawn from, and the stored PDF. Never redrawn once stored."""

    certificate = models.OneToOneField(Certificate, models.PROTECT, related_name="payload", primary_key=True)
    snapshot = models.JSONField()
    credential = models.TextField(blank=True, help_text="What the square says: COSE_Sign1 in Base32")
    pdf = models.FileField(storage=private_storage, upload_to=payload_path, blank=True)
    card = models.FileField(storage=private_storage, upload_to=payload_path, blank=True)
    blocked_reason = models.CharField(_("blocked"), max_length=250, blank=True)
    resumes = models.BooleanField(
        default=False, help_text="Blocked by the server, not by what it says: goes on by itself"
    )
    tries = models.PositiveSmallIntegerField(default=0)
    card_tries = models.PositiveSmallIntegerField(default=0)
    last_failure = models.CharField(_("last failure"), max_length=250, blank=True)
    next_try_at = models.DateTimeField(
        null=True, blank=True, help_text="When the sweep takes it up, unless it is drawn"
    )

    class Meta:
        indexes = [
            models.Index(fields=["certificate"], condition=~Q(blocked_reason=""), name="payload_blocked"),
            models.Index(fields=["next_try_at"], name="payload_next_try"),
        ]
