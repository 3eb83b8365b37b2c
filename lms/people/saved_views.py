"""Filters of a list under a name of one's own: what was searched for is never among them."""

from django.db import transaction
from django.http import HttpRequest, QueryDict

from .models import SavedView, User

MOST = 20
LONGEST = SavedView._meta.get_field("query").max_length
NOT_KEPT = ("find", "p", "export", "ordering", "_w_filter_fragment")


class TooManyViews(Exception):
    """Twenty are kept for each list."""


class NameTaken(Exception):
    """Another view of this list has this name."""


class FiltersTooLong(Exception):
    """More filters than are kept."""


def query_of(data: QueryDict) -> str:
    """The filters alone, in one order: the same ones always read the same."""
    kept = data.copy()
    for name in NOT_KEPT:
        kept.pop(name, None)
    pairs = sorted((name, value) for name, values in kept.lists() for value in values if value)
    query = QueryDict(mutable=True)
    for name, value in pairs:
        query.appendlist(name, value)
    return query.urlencode()


@transaction.atomic
def save_view(owner: User, page: str, name: str, data: QueryDict) -> SavedView:
    """Raises TooManyViews, NameTaken, FiltersTooLong."""
    User.objects.select_for_update().get(pk=owner.pk)
    views = SavedView.objects.filter(owner=owner, page=page)
    if views.filter(name=name).exists():
        raise NameTaken
    if views.count() >= MOST:
        raise TooManyViews
    query = query_of(data)
    if len(query) > LONGEST:
        raise FiltersTooLong
    return SavedView.objects.create(owner=owner, page=page, name=name, query=query)


@transaction.atomic
def rename_view(view: SavedView, name: str) -> SavedView:
    """Raises NameTaken."""
    others = SavedView.objects.filter(owner=view.owner_id, page=view.page, name=name).exclude(pk=view.pk)
    if others.exists():
        raise NameTaken
    view.name = name
    view.save(update_fields=["name"])
    return view


def context_for(request: HttpRequest, page: str) -> dict:
    """For a list: her views of it, which of them is shown, and whether there is something to save. One query."""
    query = query_of(request.GET)
    views = list(SavedView.objects.filter(owner=request.user, page=page))
    shown = next((view for view in views if view.query == query), None)
    return {"saved_views": views, "saved_view": shown, "may_save_view": bool(query) and not shown}
