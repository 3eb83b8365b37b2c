"""Observed practicals: what the learner sees, whom an observer watches, coaching, and the sheet of paper."""

from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from lms.learning.queries import path_for
from lms.people.permissions import learners_observed_by

from .. import permissions, queries, services, signoff, watching
from ..forms import CoachingForm
from ..models import PracticalPage
from .answers import SeeOther


@require_safe
@never_cache
@login_required
def practical(request: HttpRequest, page: PracticalPage) -> HttpResponse:
    """The practical's own page: what will be watched, what was, what comes next. Served by a hook, after the gate."""
    standing = watching.standing(request.user, page)
    path = path_for(request, unit_key=page.translation_key)
    context = {
        "page": page,
        "steps": [block.value for block in page.steps_for(request.country)],
        "observations": watching.signed_about(request.user, page),
        "standing": standing,
        "missed": missed_of(standing),
        "is_done": bool(path and path.step(page.translation_key).done),
        "next": path.next if path and path.next and path.next.key != page.translation_key else None,
    }
    return render(request, "assessments/practical_page.html", context)


def missed_of(standing: watching.Standing) -> list[dict]:
    """The steps of the last observation that were not yet, with what the observer noted."""
    steps = standing.last.steps if standing.last and not standing.last.competent else []
    return [step for step in steps if step["mark"] == signoff.NOT_YET]


@require_safe
@never_cache
@login_required
def people(request: HttpRequest) -> HttpResponse:
    """The learners this observer may watch, with their open practicals."""
    learners = learners_observed_by(request.user).order_by("given_names", "family_name")
    found = watching.people_to_observe(request.user, learners)
    signed = watching.signed_by(request.user)
    return render(request, "assessments/people.html", {"people": found, "signed": signed})


@require_POST
@login_required
def begin(request: HttpRequest, learner_id: UUID, unit_key: UUID) -> HttpResponse:
    learner = permissions.learner_for_observer(request.user, learner_id)
    only_missed = "only_missed" in request.POST
    try:
        observation = services.start_observation(
            request.user, learner, practical_or_404(unit_key), only_missed=only_missed
        )
    except services.NotAllowed:
        raise Http404 from None
    except (services.NeedsCoaching, services.TooSoon, services.NothingToFollow) as reason:
        messages.warning(request, _why_not(reason))
        return SeeOther(reverse("assessments:people-list"))
    return SeeOther(reverse("assessments:observation-watch", args=[observation.pk]))


def _why_not(reason: Exception) -> str:
    if isinstance(reason, services.NeedsCoaching):
        return _("Practise with her first, and write it down here.")
    if isinstance(reason, services.TooSoon):
        return _("Next observation from %(day)s.") % {"day": date_format(reason.until, "j F")}
    return _("Watch all the steps this time.")


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@login_required
def coaching(request: HttpRequest, learner_id: UUID, unit_key: UUID) -> HttpResponse:
    """Write down that somebody practised with her after a second «not yet»."""
    learner = permissions.learner_for_coach(request.user, learner_id)
    page = practical_or_404(unit_key)
    form = CoachingForm(request.POST or None)
    if request.method == "POST" and form.is_valid() and (done := record(request, learner, page, form)):
        messages.success(request, done)
        return SeeOther(reverse("assessments:people-list"))
    standing = watching.standing(learner, page)
    if not standing.needs_coaching and not form.errors:
        raise Http404
    context = {"learner": learner, "page": page, "form": form, "missed": missed_of(standing)}
    return render(request, "assessments/coaching.html", context, status=422 if form.errors else 200)


def record(request: HttpRequest, learner, page: PracticalPage, form: CoachingForm) -> str:
    """Records what the form says. The sentence to tell; empty where the form has an error by now."""
    try:
        coaching = services.record_coaching(request.user, learner, page, **form.cleaned_data)
    except (services.NotAllowed, services.NothingToCoach):
        raise Http404 from None
    except services.WrongDay:
        form.add_error("coached_on", _("Give a day from the second “not yet” to today."))
        return ""
    day = signoff.free_from(coaching.coached_on, page.wait_days)
    return _("Written down. Next observation from %(day)s.") % {"day": date_format(day, "j F")}


@require_safe
@never_cache
@login_required
def sheet(request: HttpRequest, learner_id: UUID, unit_key: UUID) -> HttpResponse:
    """The same steps on paper, with empty boxes; with ?missed those that were yes last time are carried over."""
    learner = permissions.learner_for_observer(request.user, learner_id)
    page = practical_or_404(unit_key)
    standing = watching.standing(learner, page)
    before = standing.to_follow if "missed" in request.GET else None
    context = {
        "page": page,
        "learner": learner,
        "site": permissions.site_of_observation(request.user, learner),
        "steps": watching.steps_to_watch(page, learner, before),
        "before": before,
        "standing": standing,
    }
    return render(request, "assessments/sheet.html", context)


def practical_or_404(unit_key: UUID) -> PracticalPage:
    try:
        return queries.practical_page(unit_key, get_language())
    except PracticalPage.DoesNotExist:
        raise Http404 from None
