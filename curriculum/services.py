"""Changes to what learners may read at once: withdraw, lift."""

from django.contrib.auth.models import AbstractBaseUser
from django.db import transaction
from django.utils import timezone
from wagtail.log_actions import log
from wagtail.models import Page

from .models import Withdrawal


class AlreadyWithdrawn(Exception):
    """The page is withdrawn; lift that first."""


@transaction.atomic
def withdraw(page: Page, *, by: AbstractBaseUser, reason: str) -> Withdrawal:
    """Take a module or unit from learners, in every language, with the reason they read. Raises AlreadyWithdrawn."""
    Page.objects.select_for_update().filter(translation_key=page.translation_key).order_by("pk").first()
    if Withdrawal.objects.open().filter(page_key=page.translation_key).exists():
        raise AlreadyWithdrawn
    withdrawal = Withdrawal.objects.create(
        page_key=page.translation_key, title=page.title, reason=reason, withdrawn_by=by
    )
    log(page, "curriculum.withdraw", user=by, data={"reason": reason})
    return withdrawal


@transaction.atomic
def lift(withdrawal: Withdrawal, *, by: AbstractBaseUser) -> Withdrawal:
    """Give it back. A second call changes nothing."""
    withdrawal = Withdrawal.objects.select_for_update().get(pk=withdrawal.pk)
    if withdrawal.lifted_at is None:
        withdrawal.lifted_at, withdrawal.lifted_by = timezone.now(), by
        withdrawal.save(update_fields=["lifted_at", "lifted_by"])
        page = Page.objects.filter(translation_key=withdrawal.page_key).order_by("pk").first()
        if page:
            log(page, "curriculum.lift", user=by)
    return withdrawal
