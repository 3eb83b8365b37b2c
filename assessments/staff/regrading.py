"""Before a regrade: who would be affected, and the confirmation."""

from random import SystemRandom
from uuid import uuid4

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language_info, gettext_lazy
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods
from wagtail.admin import messages
from wagtail.admin.widgets.button import Button

from lms.core.models import Country
from lms.people.models import User
from lms.people.permissions import people_visible_to

from .. import question_types, services
from ..models import Question, Remark
from ..regrades import permissions, reading
from ..regrades.forms import LOWER, ConfirmForm, TermsForm
from ..services.regrades import AT_ONCE

Effect = Remark.Effect
LISTED = 50
RUNS = gettext_lazy("Regrades")

# What a person wants to know first, and the effects that it counts.
RISE, FALL, STAY = (Effect.RAISED, Effect.PASSED), (Effect.LOWERED, Effect.FLAGGED), (Effect.SAME, Effect.KEPT)


def regrade_buttons(question: Question, user: User) -> list[Button]:
    """For a question's row in the bank and its own pages. Asked once a request, however many rows."""
    if not hasattr(user, "may_regrade"):
        user.may_regrade = permissions.may_regrade(user)
    if not (question.live and user.may_regrade):
        return []
    url = reverse("regrades:preview", args=[question.pk])
    return [Button(_("Regrade"), url=url, icon_name="redirect", priority=60)]


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def preview(request: HttpRequest, pk: int) -> HttpResponse:
    """Who is affected, before anything is done; posted: the run."""
    question = permissions.question_to_regrade(request.user, pk)
    form = TermsForm(request.POST or request.GET or None)
    terms = form.terms()
    confirm = ConfirmForm(request.POST or None, may_lower=terms["may_lower"])
    if request.method == "POST" and confirm.is_valid():
        return _run(request, question, terms, confirm)
    return _previewed(request, question, form, terms, confirm if confirm.is_bound else None)


def _run(request: HttpRequest, question: Question, terms: dict, confirm: ConfirmForm) -> HttpResponse:
    given = confirm.cleaned_data
    how = terms | {"reason": given["reason"], "by": request.user, "expected": given["expected"]}
    try:
        regrade = services.start_regrade(given["run_id"], question, **how)
    except services.PreviewChanged:
        messages.error(
            request, _("Papers or the question have changed since. Nothing was done: look again, then confirm.")
        )
    except services.NothingToRegrade:
        messages.warning(request, _("There is nothing to regrade any more. Nothing was done."))
    else:
        return redirect("regrades:show", regrade.pk)
    return _previewed(request, question, TermsForm(request.POST), terms, None, reason=given["reason"])


def _previewed(request, question: Question, form, terms: dict, confirm, reason: str = "") -> HttpResponse:
    scope = permissions.regrade_scope(request.user)
    found = reading.preview(reading.terms(question.translation_key, **terms), scope)
    asked = {"verdict": terms["verdict"], "may_lower": LOWER if terms["may_lower"] else ""}
    initial = asked | {"run_id": uuid4(), "expected": found.digest, "reason": reason}
    people, groups = people_visible_to(request.user), list(found.groups.values())
    context = {
        "question": question,
        "keys": [_key_in_words(wording) for wording in found.terms.wordings],
        "form": form if form.is_bound else TermsForm(initial=asked),
        "found": found,
        "totals": totals(found.effects),
        "groups": [_row(group, reading.revision_days(groups)) for group in groups],
        "passing": reading.visible(found.passing, people),
        "losing": reading.visible(found.losing, people),
        "other_words": found.other_words[:LISTED],
        "scope": places_in_words(scope),
        "is_long": found.papers > AT_ONCE,
        "confirm": confirm or ConfirmForm(initial=initial, may_lower=terms["may_lower"]),
        "may_lower": terms["may_lower"],
    }
    title = _("Regrade question %(code)s") % {"code": question.code}
    return render(request, "assessments/staff/regrade_preview.html", heads(title) | context)


def _key_in_words(wording: reading.Wording) -> dict:
    """What is right now, as a person reads it."""
    type_ = question_types.get(wording.type)
    item, key = type_.freeze(wording.value, SystemRandom())
    lines = type_.in_words(item, type_.right_response(item, key))
    return {"language": _language(wording.language), "lines": lines, "stem": wording.stem, "case": wording.case}


def _language(code: str) -> str:
    return get_language_info(code)["name_local"]


def places_in_words(scope: list[str]) -> str:
    """Whose papers: «everywhere», or the countries by name."""
    return ", ".join(Country.objects.filter(code__in=scope).values_list("name", flat=True)) if scope else ""


def totals(effects) -> dict[str, int]:
    named = {"rise": RISE, "fall": FALL, "stay": STAY, "open": (Effect.OPEN,)}
    counted = {name: sum(effects[effect] for effect in kinds) for name, kinds in named.items()}
    return counted | {
        "passing": effects[Effect.PASSED],
        "losing": effects[Effect.FLAGGED],
        "kept": effects[Effect.KEPT],
    }


def _row(group: reading.Group, days: dict) -> dict:
    return {"group": group, "language": _language(group.language), "written": days.get(group.revision)} | totals(
        group.effects
    )


def heads(title: str) -> dict:
    trail = [
        {"url": reverse("wagtailadmin_home"), "label": _("Home")},
        {"url": reverse("regrades:index"), "label": RUNS},
        {"url": "", "label": title},
    ]
    return {"breadcrumbs_items": trail, "header_title": title, "page_title": title, "header_icon": "redirect"}
