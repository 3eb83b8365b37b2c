"""The pages: the countries that one may set up, and one country's steps."""

from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from lms.core.models import Country
from lms.people.models import Role, User
from lms.people.permissions import countries_for, holds

from ..heads import heads
from .steps import steps_of


def countries_set_up_by(user: User) -> QuerySet[Country]:
    """Those that she leads or whose records she keeps; all of them for an administrator."""
    return countries_for(user, Role.LEAD, Role.HR)


@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """The countries to choose from; with one only, its steps at once."""
    countries = list(countries_set_up_by(request.user))
    if not countries:
        raise PermissionDenied
    if len(countries) == 1:
        return country(request, countries[0].pk)
    context = heads(_("Set up a country"), icon="globe") | {"countries": countries}
    return render(request, "reports/setup/index.html", context)


@require_safe
def country(request: HttpRequest, code: str) -> HttpResponse:
    row = get_object_or_404(countries_set_up_by(request.user), pk=code.upper())
    steps = steps_of(row)
    doors = {step.url for step in steps if not step.roles or holds(request.user, *step.roles)}
    title = _("Set up %(country)s") % {"country": row.name}
    done = sum(step.done for step in steps)
    context = heads(title, icon="globe") | {"steps": steps, "done": done, "doors": doors}
    return render(request, "reports/setup/country.html", context)
