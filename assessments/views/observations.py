"""One observation: marked step by step on the observer's phone, signed, read, voided."""

from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe
from wagtail.log_actions import log

from .. import permissions, queries, services, signoff
from ..forms import FieldForm, ObservationForm, VoidForm
from ..models import Observation, PracticalPage
from ..services.observations import PARTS
from .answers import SeeOther

NOT_POSTED = gettext_lazy("You are not posted as an observer there now. Your marks are kept; ask HR.")


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@login_required
def watch(request: HttpRequest, observation_id: UUID) -> HttpResponse:
    observation = permissions.observation_by(request.user, observation_id)
    if observation.signed_at:
        return _to_result(observation)
    form = _form(observation, request.POST or None)
    if request.method == "POST" and form.is_valid():
        return _keep(request, observation, form)
    return _watch(request, observation, form, status=422 if form.errors else 200)


def _form(observation: Observation, data=None) -> ObservationForm:
    practical = queries.practical_page(observation.unit_key, observation.language)
    choose = practical.setting == PracticalPage.Setting.EITHER
    return ObservationForm(data, instance=observation, choose_setting=choose)


def _keep(request: HttpRequest, observation: Observation, form: ObservationForm) -> HttpResponse:
    """Everything is kept first, whatever is missing; then it is signed, or she goes back to her list."""
    try:
        kept = services.save_observation(observation, form.marks(), remarks=form.remarks(), **form.words())
        if "sign" not in request.POST:
            messages.success(request, _("Kept for later."))
            return SeeOther(reverse("assessments:people-list"))
        services.sign_off(kept)
    except services.ChangedMeanwhile:
        return _changed_meanwhile(request, observation, form)
    except services.NotReady:
        return _watch(request, kept, _form(kept), status=422, missing=True)
    except (services.NotAllowed, services.AlreadySigned) as refusal:
        return _refused(request, observation, refusal)
    return _to_result(observation)


def _changed_meanwhile(request: HttpRequest, observation: Observation, form: ObservationForm) -> HttpResponse:
    """Nothing is written over: she sees what she sent, and pressing again means it."""
    form.data = form.data.copy()
    form.data["seen"] = permissions.observation_by(request.user, observation.pk).fingerprint
    return _watch(request, observation, form, status=409, changed=True)


def _refused(request: HttpRequest, observation: Observation, refusal: Exception) -> HttpResponse:
    if isinstance(refusal, services.AlreadySigned):
        return _to_result(observation)
    messages.warning(request, NOT_POSTED)
    return SeeOther(reverse("assessments:people-list"))


def _watch(request: HttpRequest, observation: Observation, form: ObservationForm, *, status=200, **told):
    """The page. A form that was sent shows what she sent."""
    if form.is_bound:
        marks = form.marks()
        observation.steps = [
            step if step.get("carried") else step | {"mark": marks.get(step["id"], "")} for step in observation.steps
        ]
    verdict = signoff.judge(observation.steps)
    context = {
        "observation": observation,
        "form": form,
        "rows": [(step, None if step.get("carried") else form[f"note-{step['id']}"]) for step in observation.steps],
        "verdict": verdict,
        "marked": len(observation.steps) - verdict.unmarked,
    }
    return render(request, "assessments/watch.html", context | told, status=status)


@require_POST
@never_cache
@login_required
def save(request: HttpRequest, observation_id: UUID) -> HttpResponse:
    """One field as it is given, for the script. Says where it is: saved, or refused and why, with what stands there."""
    observation = permissions.observation_by(request.user, observation_id)
    form, fields = FieldForm(request.POST), _form(observation).fields
    name = form.data.get("name", "")
    if not form.is_valid() or name not in fields or name == "seen":
        return _not_taken(_("This page is old. Open it again."), status=422)
    try:
        value = fields[name].clean(form.cleaned_data["value"]) if form.cleaned_data["value"] else ""
        saved = services.save_field(observation, name, value, was=form.known())
    except ValidationError as error:
        return _not_taken(" ".join(error.messages), status=422)
    except services.NotAField:
        return _not_taken(_("This step does not take that mark."), status=422)
    except services.ChangedMeanwhile as change:
        return _not_taken(_stands(observation, name), value=change.current)
    except services.AlreadySigned:
        return _not_taken(_("This observation is signed."), next=_result_url(observation))
    return JsonResponse({"state": "saved", "seen": saved.fingerprint})


def _stands(observation: Observation, name: str) -> str:
    """What was changed in another window."""
    kind, _dash, step_id = name.partition("-")
    ids = [step["id"] for step in observation.steps]
    if kind in PARTS and step_id in ids:
        number = ids.index(step_id) + 1
        return _("Step %(number)s was changed in another window. You see what stands there now.") % {"number": number}
    return _("This was changed in another window. You see what stands there now.")


def _not_taken(reason: str, *, status: int = 409, **more: str) -> JsonResponse:
    return JsonResponse({"state": "refused", "reason": reason} | more, status=status)


@require_POST
@never_cache
@login_required
def sign(request: HttpRequest, observation_id: UUID) -> HttpResponse:
    """Sign what is saved, for the script."""
    observation = permissions.observation_by(request.user, observation_id)
    try:
        services.sign_off(observation)
    except services.NotReady:
        return _not_taken(_("Something is missing: a mark for each step, two strengths and one next step."), status=422)
    except services.NotAllowed:
        return _not_taken(str(NOT_POSTED))
    return JsonResponse({"state": "saved", "next": _result_url(observation)})


@require_safe
@never_cache
@login_required
def result(request: HttpRequest, observation_id: UUID) -> HttpResponse:
    observation = permissions.observation_for(request.user, observation_id)
    if not observation.signed_at:
        raise Http404
    if request.user.pk not in (observation.learner_id, observation.observer_id):
        number = observation.learner.staff_number
        log(observation, "assessments.view_observation", user=request.user, title=number)
    return _result(request, observation, VoidForm())


@require_POST
@login_required
def void(request: HttpRequest, observation_id: UUID) -> HttpResponse:
    observation = permissions.observation_for(request.user, observation_id)
    form = VoidForm(request.POST)
    if not form.is_valid():
        return _result(request, observation, form)
    try:
        services.void_observation(observation, by=request.user, reason=form.cleaned_data["reason"])
    except (services.NotAllowed, services.NotSigned):
        raise Http404 from None
    return _to_result(observation)


def _result(request: HttpRequest, observation: Observation, form: VoidForm) -> HttpResponse:
    context = {
        "observation": observation,
        "verdict": signoff.judge(observation.steps),
        "form": form if permissions.may_void(request.user, observation) and not observation.voided_at else None,
        "is_observer": request.user.pk == observation.observer_id,
        "is_learner": request.user.pk == observation.learner_id,
        "rests_on_it": observation.followed_by.filter(voided_at=None).count(),
    }
    if context["is_learner"]:
        context["practical"] = queries.practical_page(observation.unit_key, observation.language)
    return render(request, "assessments/observation.html", context, status=422 if form.errors else 200)


def _result_url(observation: Observation) -> str:
    return reverse("assessments:observation-result", args=[observation.pk])


def _to_result(observation: Observation) -> HttpResponse:
    return redirect(_result_url(observation))
