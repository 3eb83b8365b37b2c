"""Observed practicals: what the learner sees, and what her observer does on a phone."""

from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from lms.learning.queries import path_for
from lms.people.permissions import learners_observed_by

from .. import permissions, queries, services, signoff
from ..forms import ObservationForm, VoidForm
from ..models import Observation, PracticalPage
from .answers import SeeOther


@require_safe
@never_cache
@login_required
def practical(request: HttpRequest, page: PracticalPage) -> HttpResponse:
    """The practical's own page: what will be watched, what was, what comes next. Served by a hook, after the gate."""
    observations = queries.observations_of(request.user, page)
    standing = [one for one in observations if not one.voided_at]
    path = path_for(request, unit_key=page.translation_key)
    context = {
        "page": page,
        "steps": [block.value for block in page.steps_for(request.country)],
        "observations": observations,
        "last": standing[0] if standing else None,
        "is_done": bool(path and path.step(page.translation_key).done),
        "next": path.next if path and path.next and path.next.key != page.translation_key else None,
    }
    return render(request, "assessments/practical_page.html", context)


@require_safe
@never_cache
@login_required
def people(request: HttpRequest) -> HttpResponse:
    """The learners this observer may watch, with their open practicals."""
    learners = learners_observed_by(request.user).order_by("given_names", "family_name")
    found = queries.people_to_observe(request.user, learners)
    signed = queries.signed_by(request.user)
    return render(request, "assessments/people.html", {"people": found, "signed": signed})


@require_POST
@login_required
def begin(request: HttpRequest, learner_id: UUID, unit_key: UUID) -> HttpResponse:
    learner = permissions.learner_for_observer(request.user, learner_id)
    try:
        observation = services.start_observation(request.user, learner, _practical(unit_key))
    except services.NotAllowed:
        raise Http404 from None
    return SeeOther(reverse("assessments:observation-watch", args=[observation.pk]))


@require_safe
@never_cache
@login_required
def sheet(request: HttpRequest, learner_id: UUID, unit_key: UUID) -> HttpResponse:
    """The same steps on paper, with empty boxes."""
    learner = permissions.learner_for_observer(request.user, learner_id)
    page = _practical(unit_key)
    context = {"page": page, "learner": learner, "steps": [block.value for block in page.steps_for(learner.country)]}
    context["site"] = permissions.site_of_observation(request.user, learner)
    return render(request, "assessments/sheet.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@login_required
def watch(request: HttpRequest, observation_id: UUID) -> HttpResponse:
    observation = permissions.observation_by(request.user, observation_id)
    if observation.signed_at:
        return _to_result(observation)
    practical = queries.practical_page(observation.unit_key, observation.language)
    choose = practical.setting == PracticalPage.Setting.EITHER
    form = ObservationForm(request.POST or None, instance=observation, choose_setting=choose)
    if request.method == "POST" and form.is_valid():
        return _keep(request, observation, form)
    if form.errors:
        observation.steps = [step | {"mark": form.marks().get(step["id"], "")} for step in observation.steps]
    return _watch(request, observation, form)


def _keep(request: HttpRequest, observation: Observation, form: ObservationForm) -> HttpResponse:
    """Everything is kept first, whatever is missing; then it is signed, or she goes back to her list."""
    observation = services.save_observation(observation, form.marks(), **form.cleaned_data)
    if "sign" not in request.POST:
        messages.success(request, _("Kept for later."))
        return SeeOther(reverse("assessments:people-list"))
    try:
        observation = services.sign_off(observation)
    except services.NotReady:
        return _watch(request, observation, form, missing=True)
    except services.NotAllowed:
        messages.warning(request, _("You are not posted as an observer there now. Your marks are kept; ask HR."))
        return SeeOther(reverse("assessments:people-list"))
    return SeeOther(reverse("assessments:observation-result", args=[observation.pk]))


def _watch(request: HttpRequest, observation: Observation, form: ObservationForm, *, missing=False) -> HttpResponse:
    verdict = signoff.judge(observation.steps)
    context = {
        "observation": observation,
        "form": form,
        "verdict": verdict,
        "marked": len(observation.steps) - verdict.unmarked,
        "missing": missing,
    }
    return render(request, "assessments/watch.html", context, status=422 if missing or form.errors else 200)


@require_safe
@never_cache
@login_required
def result(request: HttpRequest, observation_id: UUID) -> HttpResponse:
    observation = permissions.observation_for(request.user, observation_id)
    if not observation.signed_at:
        raise Http404
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
    }
    return render(request, "assessments/observation.html", context, status=422 if form.errors else 200)


def _to_result(observation: Observation) -> HttpResponse:
    return redirect("assessments:observation-result", observation_id=observation.pk)


def _practical(unit_key: UUID) -> PracticalPage:
    try:
        return queries.practical_page(unit_key, get_language())
    except PracticalPage.DoesNotExist:
        raise Http404 from None
