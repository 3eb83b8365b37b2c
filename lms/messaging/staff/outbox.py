"""The outbox: what waits, what left, what failed and why. Neither words nor whole addresses."""

from uuid import UUID

import django_filters
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe
from wagtail.admin import messages
from wagtail.admin.filters import DateRangePickerWidget, WagtailFilterSet
from wagtail.admin.ui.tables import Column, DateColumn, NumberColumn, TitleColumn
from wagtail.admin.views import generic
from wagtail.admin.viewsets.model import ModelViewSet
from wagtail.log_actions import log
from wagtail.permissions import policy_registry

from lms.core.export import ExportMixin

from .. import services
from ..gateways import console, gateway_for
from ..kinds import kinds, label_of
from ..models import Channel, Message
from ..queries import counts_by_state


class OutboxFilterSet(WagtailFilterSet):
    kind = django_filters.ChoiceFilter(label=gettext_lazy("Kind"), choices=lambda: _kind_choices())
    created_at = django_filters.DateFromToRangeFilter(label=gettext_lazy("Written"), widget=DateRangePickerWidget)

    class Meta:
        model = Message
        fields = ["state", "channel", "kind", "country", "created_at"]


class OutboxIndexView(ExportMixin, generic.IndexView):
    page_title = gettext_lazy("Outbox")
    template_name = "messaging/outbox.html"
    results_template_name = "messaging/outbox_results.html"
    default_ordering = "-created_at"
    filterset_class = OutboxFilterSet
    export_filename = "outbox"
    list_export = ["created_at", "kind", "channel", "country_id", "state", "tries", "why", "sent_at", "delivered_at"]
    list_export += ["segments"]
    export_headings = {
        "created_at": gettext_lazy("Written"),
        "country_id": gettext_lazy("Country"),
        "tries": gettext_lazy("Tries"),
        "why": gettext_lazy("Why"),
        "sent_at": gettext_lazy("Sent"),
        "delivered_at": gettext_lazy("Delivered"),
        "segments": gettext_lazy("SMS"),
    }

    @property
    def columns(self):
        return [
            TitleColumn("kind", label=gettext_lazy("Message"), accessor=lambda row: label_of(row.kind), get_url=_url),
            Column("channel", label=gettext_lazy("By"), accessor="get_channel_display", sort_key="channel"),
            Column("address_end", label=gettext_lazy("To")),
            Column("country", label=gettext_lazy("Country")),
            Column("state", label=gettext_lazy("State"), accessor="get_state_display", sort_key="state"),
            Column("why", label=gettext_lazy("Why")),
            NumberColumn("tries", label=gettext_lazy("Tries"), sort_key="tries"),
            DateColumn("created_at", label=gettext_lazy("Written"), sort_key="created_at"),
        ]

    def get_base_queryset(self):
        return messages_for(self.request.user)

    def get_context_data(self, *args, **kwargs):
        context = super().get_context_data(*args, **kwargs)
        if not self.is_export:
            context["strip"] = [self._total(row) for row in counts_by_state(self.get_base_queryset())]
            context["printed"] = [channel.label for channel in Channel if gateway_for(channel) is console]
        return context

    def _total(self, row: dict) -> dict:
        return row | {"url": f"{self.index_url}?state={row['state']}"}


@never_cache
@require_safe
def show(request: HttpRequest, pk: UUID) -> HttpResponse:
    message = message_for(request.user, pk)
    title = label_of(message.kind)
    crumbs = [
        {"url": reverse("wagtailadmin_home"), "label": _("Home")},
        {"url": reverse("staff_outbox:index"), "label": _("Outbox")},
        {"url": "", "label": title},
    ]
    context = {"message": message, "breadcrumbs_items": crumbs, "header_title": title, "header_icon": "mail"}
    context["may_cancel"] = message.state == Message.State.QUEUED
    context["may_retry"] = message.state == Message.State.FAILED and bool(message.address and message.body)
    return render(request, "messaging/message.html", context)


@require_POST
def cancel(request: HttpRequest, pk: UUID) -> HttpResponse:
    return _change(request, pk, services.cancel, "messaging.cancel", _("It had left already."))


@require_POST
def try_again(request: HttpRequest, pk: UUID) -> HttpResponse:
    return _change(request, pk, services.try_again, "messaging.try_again", _("There is nothing left to send."))


class OutboxViewSet(ModelViewSet):
    model = Message
    name = "staff_outbox"
    url_prefix = "outbox"
    icon = "mail"
    menu_label = gettext_lazy("Outbox")
    index_view_class = OutboxIndexView
    form_fields = ["state"]
    add_to_reference_index = False
    copy_view_enabled = False

    def get_common_view_kwargs(self, **kwargs):
        names = ("add", "edit", "delete", "usage", "history")
        return super().get_common_view_kwargs(**kwargs) | {f"{name}_url_name": None for name in names}

    def get_index_view_kwargs(self, **kwargs):
        """Our own templates and columns."""
        ours = ("template_name", "results_template_name", "list_export", "export_headings", "export_filename")
        return {name: value for name, value in super().get_index_view_kwargs(**kwargs).items() if name not in ours}

    def get_urlpatterns(self):
        return [
            path("", self.index_view, name="index"),
            path("results/", self.index_results_view, name="index_results"),
            path("<uuid:pk>/", show, name="show"),
            path("<uuid:pk>/cancel/", cancel, name="cancel"),
            path("<uuid:pk>/try-again/", try_again, name="try-again"),
        ]


def messages_for(user):
    """The messages of the countries whose records she keeps."""
    rows = policy_registry.get_by_type(Message).instances_user_has_any_permission_for(user, ["view"])
    return rows.select_related("country").defer("subject", "body")


def message_for(user, pk: UUID) -> Message:
    """One of them, or 404; PermissionDenied for who keeps none."""
    if not policy_registry.get_by_type(Message).user_has_permission(user, "view"):
        raise PermissionDenied
    try:
        return messages_for(user).get(pk=pk)
    except Message.DoesNotExist as error:
        raise Http404 from error


def _change(request: HttpRequest, pk: UUID, change, action: str, too_late: str) -> HttpResponse:
    message = message_for(request.user, pk)
    try:
        change(message)
        log(message, action, user=request.user, title=message.kind)
    except (services.NotWaiting, services.NothingToSend):
        messages.error(request, too_late)
    return redirect("staff_outbox:show", pk)


def _kind_choices() -> list[tuple[str, str]]:
    return [(kind.name, label_of(kind.name)) for kind in kinds().values()]


def _url(row: Message) -> str:
    return reverse("staff_outbox:show", args=[row.pk])
