"""One translation and what comes next: confirm what a machine wrote, send it to clinical review."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse, reverse_lazy
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_http_methods
from wagtail.admin import messages
from wagtail.admin.utils import get_latest_str
from wagtail.models import WorkflowMixin, WorkflowState
from wagtail_localize.models import Translation, get_edit_url

from . import queries, services
from .permissions import translation_for

HOME = {"url": reverse_lazy("wagtailadmin_home"), "label": gettext_lazy("Home")}
LIST = {"url": reverse_lazy("translations:list"), "label": gettext_lazy("Translations")}


@require_http_methods(["GET", "HEAD", "POST"])
def one(request: HttpRequest, pk: int) -> HttpResponse:
    """How far it is; POST `do`: confirm or send."""
    translation = translation_for(request.user, pk)
    if request.method == "POST":
        doing = {"confirm": _confirm, "send": _send}.get(request.POST.get("do"))
        if doing:
            doing(request, translation)
        return redirect("translations:one", pk)
    target = translation.get_target_instance()
    total, done = translation.get_progress()
    state = target.current_workflow_state if isinstance(target, WorkflowMixin) else None
    context = {
        "translation": translation,
        "target": target,
        "total": total,
        "missing": queries.missing_texts(translation),
        "machine": queries.by_machine(translation.source.object_id, translation.target_locale_id).count(),
        "has_review": isinstance(target, WorkflowMixin),
        "state": state,
        "with_reviewer": bool(state) and state.status == WorkflowState.STATUS_IN_PROGRESS,
        "edit_url": get_edit_url(target),
        "page_title": get_latest_str(target),
        "breadcrumbs_items": [HOME, LIST, {"url": "", "label": get_latest_str(target)}],
    }
    return render(request, "curriculum/admin/translation.html", context)


def _confirm(request: HttpRequest, translation: Translation) -> None:
    count = services.confirm(translation, by=request.user)
    words = ngettext("%(count)s text is confirmed.", "%(count)s texts are confirmed.", count)
    messages.success(request, words % {"count": count})


def _send(request: HttpRequest, translation: Translation) -> None:
    try:
        services.send_to_review(translation, by=request.user)
    except services.Unfinished as error:
        words = ngettext(
            "Not sent: %(count)s text is missing.", "Not sent: %(count)s texts are missing.", error.missing
        )
        messages.error(request, words % {"count": error.missing})
    except services.WithReviewer:
        messages.info(request, _("A clinical reviewer has it already."))
    except services.Faulty as error:
        messages.error(request, _("Not sent: %(reason)s") % {"reason": error})
    else:
        url = reverse("wagtailadmin_home")
        messages.success(
            request,
            _("Sent to clinical review. Learners read what they read until now."),
            [messages.button(url, _("Home"))],
        )
