"""Ticking people in a list, or taking all that its filters leave, for an action with many."""

from contextlib import suppress
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from wagtail.admin import messages
from wagtail.admin.ui.tables import Column

from .. import selections
from ..bulk.actions import BulkAction, actions_for


class TickColumn(Column):
    """A box for the form at the foot of the list. `person` reads whom the row is about."""

    cell_template_name = "people/staff/tick_cell.html"
    header_template_name = "people/staff/tick_head.html"

    def __init__(self, person=lambda row: row, **kwargs):
        super().__init__("tick", label="", accessor=lambda row: (row.pk, person(row)), **kwargs)


class PickPeopleMixin:
    """Before a listing that searches by POST. `picks_rows`: the list is about more than people."""

    picks_rows = False

    def offered(self) -> list[BulkAction]:
        return [action for action in actions_for(self.request.user) if self.picks_rows or not action.of_rows]

    def pairs(self, queryset):
        """Person and row of each."""
        return queryset.values_list("person_id" if self.picks_rows else "pk", "pk")

    def post(self, request: HttpRequest, *args, **kwargs) -> HttpResponse:
        if "action" not in request.POST:
            return super().post(request, *args, **kwargs)
        name = request.POST["action"]
        if name not in {action.name for action in self.offered()}:
            raise Http404
        try:
            selection = selections.pick(request.user, self.index_url_name, self._ticked(request))
        except selections.NobodyPicked:
            messages.warning(request, _("Tick somebody first."))
        except selections.TooMany as error:
            messages.warning(
                request, _("At most %(most)s people at a time: filter the list.") % {"most": error.args[0]}
            )
        else:
            return redirect("staff_bulk:confirm", selection.pk, name)
        return redirect(f"{self.index_url}?{request.GET.urlencode()}")

    def _ticked(self, request: HttpRequest) -> list[tuple]:
        rows = self.get_queryset()
        if not request.POST.get("all"):
            rows = rows.filter(pk__in=keys_in(request.POST.getlist("row")))
        return list(self.pairs(rows)[: selections.MOST + 1])

    def get_context_data(self, *args, **kwargs):
        return super().get_context_data(*args, **kwargs) | {"offered": self.offered()}


def keys_in(texts: list[str]) -> list[UUID]:
    """Those that are keys: a box that somebody changed ticks nobody."""
    found = []
    for text in texts:
        with suppress(ValueError):
            found.append(UUID(text))
    return found
