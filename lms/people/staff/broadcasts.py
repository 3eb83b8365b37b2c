"""Writing to many: the words, what they would cost, the last question, and how far it is."""

from uuid import UUID

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe
from wagtail.admin import messages
from wagtail.admin.ui.tables import Column, DateColumn, TitleColumn

from lms.messaging.disclosure import revealing
from lms.messaging.queries import counts_of_batch

from .. import broadcasts, reach
from ..models import Broadcast
from .viewset import OwnIndexView, OwnRowsViewSet


class WordsForm(forms.ModelForm):
    """Words that would tell others what her work is about are refused: an SMS lights up on a locked phone."""

    class Meta:
        model = Broadcast
        fields = ["subject", "words"]
        help_texts = {
            "subject": gettext_lazy("For those who get an e-mail. Neutral: others may see it."),
            "words": gettext_lazy("No names, nothing about health: others may read it on a locked phone."),
        }
        widgets = {"words": forms.Textarea(attrs={"rows": 5})}

    def __init__(self, *args, needs_subject: bool, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["subject"].required = needs_subject
        self.fields["words"].required = True

    def clean_subject(self):
        return _neutral(self.cleaned_data["subject"])

    def clean_words(self):
        return _neutral(self.cleaned_data["words"])


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def write(request: HttpRequest, pk: UUID) -> HttpResponse:
    broadcast = broadcasts.broadcast_for(request.user, pk)
    if broadcast.sent_at or broadcast.cancelled_at:
        return redirect("staff_broadcasts:show", pk)
    found = reach.reach_of(broadcast)
    form = WordsForm(request.POST or None, instance=broadcast, needs_subject=bool(found.emails))
    if form.is_bound and form.is_valid():
        try:
            broadcasts.write_broadcast(broadcast, **form.cleaned_data)
        except broadcasts.IsSent:
            return redirect("staff_broadcasts:show", pk)
        return redirect("staff_broadcasts:check", pk)
    context = {"form": form, "reach": found, "submit_button_label": _("Next")}
    return _render(request, "write", broadcast, _("Write to many"), **context)


@never_cache
@require_safe
def check(request: HttpRequest, pk: UUID) -> HttpResponse:
    """What would leave, to whom and at what price. Nothing has left yet."""
    broadcast = broadcasts.broadcast_for(request.user, pk)
    if broadcast.sent_at or not broadcast.words:
        return redirect("staff_broadcasts:show" if broadcast.sent_at else "staff_broadcasts:write", pk)
    context = {"reach": reach.reach_of(broadcast), "expected": broadcasts.digest_of(broadcast)}
    return _render(request, "check", broadcast, _("Check before it leaves"), **context)


@require_POST
def send(request: HttpRequest, pk: UUID) -> HttpResponse:
    broadcast = broadcasts.broadcast_for(request.user, pk)
    try:
        broadcasts.send_broadcast(broadcast, by=request.user, expected=request.POST.get("expected", ""))
    except broadcasts.WordsChanged:
        messages.error(request, _("The words have changed since you read them. Read them again, then send."))
        return redirect("staff_broadcasts:check", pk)
    except broadcasts.NoWords:
        return redirect("staff_broadcasts:write", pk)
    except broadcasts.IsSent:
        messages.error(request, _("This message was cancelled."))
    return redirect("staff_broadcasts:show", pk)


@never_cache
@require_safe
def show(request: HttpRequest, pk: UUID) -> HttpResponse:
    broadcast = broadcasts.broadcast_for(request.user, pk)
    counts = counts_of_batch(pk)
    context = {
        "counts": counts,
        "waiting": sum(row["count"] for row in counts if row["is_open"]),
        "left_out": broadcast.done_count - sum(row["count"] for row in counts),
        "under_way": bool(broadcast.sent_at and not (broadcast.finished_at or broadcast.cancelled_at)),
    }
    return _render(request, "show", broadcast, _("Message to many"), **context)


@require_POST
def cancel(request: HttpRequest, pk: UUID) -> HttpResponse:
    broadcast = broadcasts.broadcast_for(request.user, pk)
    taken = broadcasts.cancel_broadcast(broadcast, by=request.user)
    messages.success(request, _("Cancelled. %(count)s had not left.") % {"count": taken})
    return redirect("staff_broadcasts:show", pk)


class BroadcastIndexView(OwnIndexView):
    default_ordering = "-made_at"

    @property
    def columns(self):
        return [
            TitleColumn("words", label=gettext_lazy("Message"), accessor=_line, get_url=_page_url),
            Column("people_count", label=gettext_lazy("People"), sort_key="people_count"),
            DateColumn("made_at", label=gettext_lazy("Written"), sort_key="made_at"),
            Column("state", label=gettext_lazy("State"), accessor=_state),
        ]

    def get_base_queryset(self):
        return broadcasts.broadcasts_for(self.request.user).defer("people")


class BroadcastViewSet(OwnRowsViewSet):
    model = Broadcast
    name = "staff_broadcasts"
    url_prefix = "broadcasts"
    icon = "mail"
    menu_label = gettext_lazy("Messages to many")
    index_view_class = BroadcastIndexView
    form_fields = ["subject", "words"]
    inspect_view_enabled = False

    def get_common_view_kwargs(self, **kwargs):
        unused = {"add_url_name": None, "edit_url_name": None, "history_url_name": None}
        return super().get_common_view_kwargs(**kwargs) | unused

    def get_urlpatterns(self):
        return [
            path("", self.index_view, name="index"),
            path("results/", self.index_results_view, name="index_results"),
            path("<uuid:pk>/", show, name="show"),
            path("<uuid:pk>/write/", write, name="write"),
            path("<uuid:pk>/check/", check, name="check"),
            path("<uuid:pk>/send/", send, name="send"),
            path("<uuid:pk>/cancel/", cancel, name="cancel"),
        ]


def _neutral(text: str) -> str:
    if found := revealing(text):
        raise forms.ValidationError(_("Write it without: %(words)s") % {"words": ", ".join(found)})
    return text


def _line(row: Broadcast) -> str:
    return row.subject or row.words[:60] or _("No words yet")


def _page_url(row: Broadcast) -> str:
    return reverse(f"staff_broadcasts:{'show' if row.sent_at or row.cancelled_at else 'write'}", args=[row.pk])


def _state(row: Broadcast) -> str:
    if row.cancelled_at:
        return _("Cancelled")
    if not row.sent_at:
        return _("Draft")
    return _("Sent") if row.finished_at else _("Under way")


def _render(request: HttpRequest, template: str, broadcast: Broadcast, title: str, **context) -> HttpResponse:
    crumbs = [
        {"url": reverse("wagtailadmin_home"), "label": _("Home")},
        {"url": reverse("staff_broadcasts:index"), "label": _("Messages to many")},
        {"url": "", "label": title},
    ]
    context |= {"broadcast": broadcast, "breadcrumbs_items": crumbs, "header_icon": "mail", "header_title": title}
    return render(request, f"people/broadcasts/{template}.html", context | {"page_title": title})
