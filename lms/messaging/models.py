import uuid
from datetime import datetime

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from lms.core.models import Country
from lms.core.zones import zone_of

from .quiet import next_allowed


class Channel(models.TextChoices):
    SMS = "sms", _("SMS")
    EMAIL = "email", _("E-mail")


class MessageTemplate(models.Model):
    """The words of one kind of message, for one channel in one language. Where there is none, the kind's own words."""

    kind = models.CharField(_("kind"), max_length=40)
    channel = models.CharField(_("channel"), max_length=5, choices=Channel)
    language = models.CharField(_("language"), max_length=5, choices=settings.LANGUAGES)
    subject = models.CharField(_("subject"), max_length=80, blank=True, help_text=_("Neutral: others may see it."))
    body = models.TextField(_("text"), max_length=1000)

    class Meta:
        ordering = ["kind", "channel", "language"]
        verbose_name = _("message template")
        verbose_name_plural = _("message templates")
        constraints = [
            models.UniqueConstraint(fields=["kind", "channel", "language"], name="message_template_once"),
            models.CheckConstraint(
                condition=Q(channel="sms", subject="") | (Q(channel="email") & ~Q(subject="")),
                name="message_template_subject_only_in_email",
            ),
        ]

    def __str__(self):
        return f"{self.kind}, {self.get_channel_display()}, {self.get_language_display()}"


class MessageQuerySet(models.QuerySet):
    def due(self):
        """To hand to a gateway now: its time has come, or the worker that had it was killed."""
        return self.filter(state__in=Message.OPEN, next_try_at__lte=timezone.now())


class Message(models.Model):
    """One message in the outbox. Its text and address are erased after a while; that it was sent stays.

    While it is being sent, `next_try_at` says until when the worker that claimed it may take.
    """

    class State(models.TextChoices):
        QUEUED = "queued", _("Waiting")
        SENDING = "sending", _("Being sent")
        SENT = "sent", _("Sent")
        DELIVERED = "delivered", _("Delivered")
        FAILED = "failed", _("Not delivered")
        REFUSED = "refused", _("Not wanted")
        CANCELLED = "cancelled", _("Cancelled")

    class Reason(models.TextChoices):
        """Why it did not arrive, in our words: a gateway's own sentence may quote the address."""

        NO_ANSWER = "no_answer", _("The gateway did not answer")
        BUSY = "busy", _("The gateway was too busy")
        ACCOUNT = "account", _("The gateway refused our account or sender")
        ADDRESS = "address", _("The address cannot receive it")
        OPTED_OUT = "opted_out", _("She does not want messages")
        UNDELIVERED = "undelivered", _("The network did not deliver it")
        OURS = "ours", _("A fault of this site")

    OPEN = (State.QUEUED, State.SENDING)

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    kind = models.CharField(_("kind"), max_length=40)
    channel = models.CharField(_("channel"), max_length=5, choices=Channel)
    language = models.CharField(max_length=5)
    address = models.CharField(_("address"), max_length=254, blank=True)
    subject = models.CharField(max_length=80, blank=True)
    body = models.TextField(blank=True)
    country = models.ForeignKey(
        Country, models.PROTECT, null=True, related_name="+", help_text="Whose clock says when it is quiet"
    )
    about = models.UUIDField(null=True, db_index=True, help_text="The person, for rooms above")
    batch = models.UUIDField(null=True, db_index=True, help_text="What was sent together")
    urgent = models.BooleanField(default=False, help_text="Sent in quiet hours too: a code that she waits for")
    secret = models.BooleanField(default=False, help_text="Its text is erased as soon as it was handed over")
    state = models.CharField(_("state"), max_length=9, choices=State, default=State.QUEUED)
    reason = models.CharField(_("why"), max_length=11, choices=Reason, blank=True)
    reason_code = models.CharField(max_length=40, blank=True, help_text="The gateway's own code")
    tries = models.PositiveSmallIntegerField(default=0)
    created_at = models.DateTimeField(default=timezone.now)
    next_try_at = models.DateTimeField(default=timezone.now)
    sent_at = models.DateTimeField(null=True, blank=True)
    delivered_at = models.DateTimeField(null=True, blank=True)
    gateway = models.CharField(max_length=20, blank=True)
    gateway_id = models.CharField(max_length=120, blank=True, db_index=True)
    segments = models.PositiveSmallIntegerField(default=1)

    objects = MessageQuerySet.as_manager()

    class Meta:
        ordering = ["-created_at"]
        verbose_name = _("message")
        verbose_name_plural = _("messages")
        indexes = [
            models.Index(fields=["next_try_at"], condition=Q(state__in=["queued", "sending"]), name="message_due"),
            models.Index(fields=["country", "-created_at"], name="message_of_country"),
            models.Index(fields=["created_at"], condition=~Q(address=""), name="message_to_forget"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=~Q(state="sent") | Q(sent_at__isnull=False), name="message_sent_says_when"
            ),
            models.CheckConstraint(
                condition=~Q(state="delivered") | Q(delivered_at__isnull=False), name="message_delivered_says_when"
            ),
        ]

    def __str__(self):
        return f"{self.get_channel_display()}, {self.kind}"

    def allowed_at(self, moment: datetime) -> datetime:
        """This moment, or the end of the quiet hours of her country that it falls into."""
        if self.urgent or not self.country:
            return moment
        return next_allowed(moment, zone_of(self.country.pk), self.country.quiet_from, self.country.quiet_until)

    @property
    def without_secret(self) -> dict[str, str]:
        """What changes once it waits no longer: a secret's text goes."""
        return {"body": ""} if self.secret else {}

    @property
    def why(self) -> str:
        return f"{self.get_reason_display()} ({self.reason_code})" if self.reason_code else self.get_reason_display()

    @property
    def address_end(self) -> str:
        """Enough to tell two apart on the telephone, too little to write to."""
        return f"…{self.address[-3:]}" if self.address else ""


class OptOut(models.Model):
    """An address that wants nothing but what it asked for itself. Kept as a keyed hash: the list names nobody."""

    channel = models.CharField(max_length=5, choices=Channel)
    address_hash = models.CharField(max_length=64)
    since = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["channel", "address_hash"], name="opt_out_once")]
