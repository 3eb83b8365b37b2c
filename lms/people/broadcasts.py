"""One message to many: begin it with a choice of people; what it would cost; send it; cancel what has not left."""

from collections.abc import Iterable
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet

from .models import Broadcast, User
from .permissions import SEE_A_COUNTRY, people_visible_to


def may_write_to_many(user: User) -> bool:
    """HR, leads and trainers, of a country or a site."""
    return user.is_superuser or user.postings.current().filter(role__in=SEE_A_COUNTRY).exists()


def begin_broadcast(by: User, people: QuerySet[User] | Iterable[UUID]) -> Broadcast:
    """A message without words yet for those of these people whom `by` may see; go on at `staff_broadcasts:write`.

    Nothing leaves before she confirms. Raises PermissionDenied where her posting is none to write from.
    """
    if not may_write_to_many(by):
        raise PermissionDenied
    chosen = people if isinstance(people, QuerySet) else User.objects.filter(pk__in=list(people))
    keys = people_visible_to(by).filter(pk__in=chosen.order_by().values("pk")).values_list("pk", flat=True)
    return Broadcast.objects.create(by=by, people=[str(key) for key in keys])
