import uuid
from datetime import timedelta

from django.conf import settings
from django.db import models, transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.log_actions import log
from wagtail.models import GroupApprovalTask, Locale, Revision

from ..checks.form import blocking_on
from ..checks.publishing import checks_of


class ReviewQuerySet(models.QuerySet):
    def record(self, revision: Revision, reviewer, *, months: int, comment: str = "") -> "Review":
        """Write down that a clinician approved this revision; a second approval of it replaces the first."""
        page = revision.as_object()
        values = {
            "page_key": page.translation_key,
            "locale_id": page.locale_id,
            "reviewed_by": reviewer,
            "reviewed_at": timezone.now(),
            "due_on": timezone.localdate() + timedelta(days=round(months * 30.44)),
            "comment": comment,
        }
        return self.update_or_create(revision=revision, defaults=values)[0]

    def in_date(self, on=None):
        return self.filter(due_on__gte=on or timezone.localdate())


class Review(models.Model):
    """A clinician approved this revision until this day. Keyed by revision, so no copy or translation inherits it."""

    revision = models.OneToOneField(Revision, models.SET_NULL, null=True, related_name="clinical_review")
    page_key = models.UUIDField(_("page"), db_index=True)
    locale = models.ForeignKey(Locale, models.PROTECT, related_name="+")
    reviewed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    reviewed_at = models.DateTimeField(default=timezone.now)
    due_on = models.DateField(_("due again on"))
    comment = models.TextField(_("comment"), blank=True)

    objects = ReviewQuerySet.as_manager()

    class Meta:
        ordering = ["-reviewed_at"]
        verbose_name = _("clinical review")
        verbose_name_plural = _("clinical reviews")


class ClinicalReviewTask(GroupApprovalTask):
    """Wagtail's approval by a group; an approval also writes the review row."""

    months_valid = models.PositiveSmallIntegerField(_("months until the next review"), default=12)

    admin_form_fields = GroupApprovalTask.admin_form_fields + ["months_valid"]

    class Meta:
        verbose_name = _("clinical review task")

    @transaction.atomic
    def on_action(self, task_state, user, action_name, **kwargs):
        """The revision that is reviewed is the one Wagtail then publishes: the newest, her own edits in it.

        While a check blocks it nothing is approved, and Wagtail's list is told to lead to the checks instead.
        """
        if action_name == "approve":
            thing = task_state.workflow_state.content_object
            revision = thing.get_latest_revision()
            if blocking_on(page := revision.as_object()):
                return checks_of(page)
            _stand_alone(thing, revision)
            comment = kwargs.get("comment", "")
            review = Review.objects.record(revision, user, months=self.months_valid, comment=comment)
            data = {"due_on": review.due_on.isoformat(), "comment": comment}
            log(thing, "curriculum.review", user=user, revision=revision, data=data)
        return super().on_action(task_state, user, action_name, **kwargs)

    @classmethod
    def get_description(cls):
        return _("A clinical reviewer approves; the approval is dated and runs out")


def _stand_alone(thing, revision: Revision) -> None:
    """An approved translation is published in place of the English page that stood in for it.

    A revision takes from the instance at hand whether it is an alias: each of them has to know.
    """
    if getattr(thing, "alias_of_id", None):
        type(thing).objects.filter(pk=thing.pk).update(alias_of=None)
        thing.alias_of_id = revision.content_object.alias_of_id = None


class WithdrawalQuerySet(models.QuerySet):
    def open(self):
        return self.filter(lifted_at=None)


class Withdrawal(models.Model):
    """A module or unit taken from learners at once, with the reason they are shown."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    page_key = models.UUIDField(_("page"), db_index=True)
    title = models.CharField(_("title"), max_length=255)
    reason = models.CharField(_("reason, as learners read it"), max_length=250)
    withdrawn_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    withdrawn_at = models.DateTimeField(default=timezone.now)
    lifted_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    lifted_at = models.DateTimeField(null=True, blank=True)

    objects = WithdrawalQuerySet.as_manager()

    class Meta:
        ordering = ["-withdrawn_at"]
        verbose_name = _("withdrawal")
        verbose_name_plural = _("withdrawals")
        constraints = [
            models.UniqueConstraint(
                fields=["page_key"], condition=Q(lifted_at=None), name="withdrawal_one_open_per_page"
            )
        ]
