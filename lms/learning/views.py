"""What a learner records herself: the card she is at, and that a lesson is done."""

from functools import wraps
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse, HttpResponseBadRequest
from django.http.response import HttpResponseRedirectBase
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from curriculum.queries import unit_page

from . import permissions, queries, services
from .forms import PlaceForm


class SeeOther(HttpResponseRedirectBase):
    """After a POST: read on there."""

    status_code = 303


def from_a_lesson(view):
    """Posted from a lesson's page. Whose session is gone meanwhile signs in and is back in the lesson."""

    @require_POST
    @wraps(view)
    def posted(request: HttpRequest, key: UUID) -> HttpResponse:
        if not request.user.is_authenticated:
            return redirect_to_login(unit_page(key).get_url(request))
        permissions.lesson_for(request.user, key)
        return view(request, unit_page(key))

    return posted


@from_a_lesson
def place(request: HttpRequest, lesson) -> HttpResponse:
    """Keep the card she goes on to. A script gets 204, a form is led to the card."""
    form = PlaceForm(request.POST)
    if not form.is_valid():
        return HttpResponseBadRequest()
    cards = lesson.cards_for(request.user.country_id)
    position = min(form.cleaned_data["card"], len(cards))
    if cards:
        services.keep_place(request.user, lesson, card=cards[position - 1].id, position=position, of=len(cards))
    if "script" in request.POST:
        return HttpResponse(status=204)
    return SeeOther(f"{lesson.get_url(request)}#card-{position}")


@from_a_lesson
def complete(request: HttpRequest, lesson) -> HttpResponse:
    """«Done»: recorded once, however often it is pressed; then on to what comes next."""
    services.complete_unit(request.user, lesson)
    path = queries.path_for(request, unit_key=lesson.translation_key)
    stop = path.stop_of(lesson.translation_key)
    if stop and path.next and path.next in stop.steps:
        return SeeOther(path.next.url)
    if stop and stop.state == "done":
        messages.success(request, _("Well done! You have finished %(title)s.") % {"title": stop.entry.title})
    return SeeOther(reverse("wagtail_serve", args=("",)))
