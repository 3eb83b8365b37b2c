"""The words of messages: every kind, way and language in one list; a form with preview and length."""

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe
from wagtail.admin import messages
from wagtail.admin.menu import MenuItem
from wagtail.admin.viewsets.base import ViewSet
from wagtail.log_actions import log
from wagtail.permissions import policy_registry

from ..kinds import Kind, kinds, label_of
from ..models import Channel, MessageTemplate
from ..segments import length_of, plain
from ..services import built_in_words
from ..words import fill
from .forms import TemplateForm

LANGUAGES = dict(settings.LANGUAGES)


@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """The words in force, in one language at a time. One query, whatever the number of kinds."""
    _check(request, "view")
    language = request.GET.get("language")
    language = language if language in LANGUAGES else settings.LANGUAGE_CODE
    own = {(row.kind, row.channel): row for row in MessageTemplate.objects.filter(language=language)}
    rows = [_row(kind, channel, language, own) for kind in _kinds().values() for channel in Channel]
    languages = [(code, name, code == language) for code, name in settings.LANGUAGES]
    context = {"rows": rows, "languages": languages, "edits": _may(request, "change")}
    return _render(request, "templates", _("Words of messages"), **context)


@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: HttpRequest, message_kind: str, channel: str, language: str) -> HttpResponse:
    """Saving makes them ours; «preview» shows them filled with samples and saves nothing."""
    _check(request, "change")
    template, is_own = _template(message_kind, channel, language)
    kind = _kinds()[message_kind]
    shown = template.subject, template.body
    form = TemplateForm(request.POST or None, instance=template, placeholders=kind.placeholders)
    if form.is_bound and form.is_valid():
        shown = form.cleaned_data.get("subject", ""), form.cleaned_data["body"]
        if "preview" not in request.POST:
            saved = form.save()
            log(saved, "wagtail.edit" if is_own else "wagtail.create", user=request.user)
            messages.success(request, _("Saved. Messages from now on have these words."))
            return redirect(f"{reverse('message_templates:index')}?language={language}")
    context = {"form": form, "words": template, "is_own": is_own, "kind": kind}
    context |= {"preview": _preview(kind, channel, shown), "submit_button_label": _("Save")}
    return _render(request, "template_form", label_of(kind.name), **context)


@require_POST
def use_built_in(request: HttpRequest, message_kind: str, channel: str, language: str) -> HttpResponse:
    _check(request, "change")
    template, is_own = _template(message_kind, channel, language)
    if is_own:
        log(template, "wagtail.delete", user=request.user, deleted=True)
        template.delete()
    return redirect("message_templates:edit", message_kind, channel, language)


class TemplateMenuItem(MenuItem):
    def is_shown(self, request):
        return _may(request, "view")


class TemplateViewSet(ViewSet):
    name = "message_templates"
    url_prefix = "message-templates"
    icon = "doc-full"
    menu_label = gettext_lazy("Words of messages")
    menu_item_class = TemplateMenuItem

    def get_urlpatterns(self):
        which = "<slug:message_kind>/<slug:channel>/<slug:language>/"
        return [
            path("", index, name="index"),
            path(which, edit, name="edit"),
            path(f"{which}built-in/", use_built_in, name="built-in"),
        ]


def _kinds() -> dict[str, Kind]:
    """Those whose words are ours to write."""
    return {name: kind for name, kind in kinds().items() if not kind.free}


def _row(kind: Kind, channel: Channel, language: str, own: dict) -> dict:
    found = own.get((kind.name, channel))
    subject, body = (found.subject, found.body) if found else built_in_words(kind, channel, language)
    url = reverse("message_templates:edit", args=[kind.name, channel, language])
    return {"kind": kind, "channel": channel, "subject": subject, "body": body, "is_own": bool(found), "url": url}


def _template(kind: str, channel: str, language: str) -> tuple[MessageTemplate, bool]:
    """The row, or a new one with the built-in words, and whether it stands; 404 for what is none."""
    if kind not in _kinds() or channel not in Channel.values or language not in LANGUAGES:
        raise Http404
    key = {"kind": kind, "channel": channel, "language": language}
    if found := MessageTemplate.objects.filter(**key).first():
        return found, True
    subject, body = built_in_words(_kinds()[kind], channel, language)
    return MessageTemplate(**key, subject=subject, body=body), False


def _preview(kind: Kind, channel: str, words: tuple[str, str]) -> dict:
    subject, body = (fill(text, kind.sample()) for text in words)
    if channel == Channel.SMS:
        return {"body": plain(body), "length": length_of(plain(body))}
    return {"subject": subject, "body": body}


def _may(request: HttpRequest, action: str) -> bool:
    return policy_registry.get_by_type(MessageTemplate).user_has_permission(request.user, action)


def _check(request: HttpRequest, action: str) -> None:
    if not _may(request, action):
        raise PermissionDenied


def _render(request: HttpRequest, template: str, title: str, **context) -> HttpResponse:
    crumbs = [{"url": reverse("wagtailadmin_home"), "label": _("Home")}]
    if template != "templates":
        crumbs.append({"url": reverse("message_templates:index"), "label": _("Words of messages")})
    crumbs.append({"url": "", "label": title})
    context |= {"breadcrumbs_items": crumbs, "header_title": title, "page_title": title, "header_icon": "mail"}
    return render(request, f"messaging/{template}.html", context | {"action_url": request.path})
