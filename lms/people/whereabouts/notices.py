"""A browser that is new to a person is told to her other ones: was it you?"""

from datetime import timedelta

from django.db import transaction
from django.http import HttpRequest
from django.utils import timezone
from wagtail.log_actions import log

from ..devices import browser_hash
from ..messages import message_person
from ..models import Device, User
from ..services import cut_off

MONTH = timedelta(days=30)


def tell(device: Device) -> None:
    """By SMS or e-mail, where she has an address. Her other browsers say it by themselves."""
    message_person(device.person, "new_device")


def to_notice(request: HttpRequest) -> list[Device]:
    """Newer browsers that she has not said yes to. Nothing on those themselves, or a stranger would say it for her."""
    here = browser_hash(request) if getattr(request.user, "has_new_device", True) else ""
    rows = list(request.user.devices.order_by("first_used_at")) if here else []
    since = next((row.first_used_at for row in rows if row.token_hash == here), None)
    return [row for row in rows if since and not row.noticed_at and row.first_used_at > since]


def forget_old_notices() -> None:
    """After a month nobody remembers any more which phone it was."""
    limit = timezone.now() - MONTH
    Device.objects.filter(noticed_at=None, first_used_at__lt=limit).update(noticed_at=timezone.now())


def was_her(request: HttpRequest, pk: int) -> None:
    """She says that it was. Idempotent."""
    known = [device.pk for device in to_notice(request) if device.pk == pk]
    Device.objects.filter(pk__in=known).update(noticed_at=timezone.now())


@transaction.atomic
def was_not_her(request: HttpRequest) -> None:
    """Her secret and passkeys stop working now, she is signed out everywhere; the new browsers are strangers again."""
    person = User.objects.select_for_update().get(pk=request.user.pk)
    strange = [device.pk for device in to_notice(request)]
    person.devices.filter(pk__in=strange).delete()
    person.set_unusable_password()
    person.save(update_fields=["password"])
    cut_off(person)
    log(person, "people.was_not_her", user=person, title=person.staff_number)
