"""Support in the admin: type the code she reads out, then look along, read only. Nothing here signs in as her."""

from uuid import UUID

from django import forms
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_safe
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.admin.viewsets.base import ViewSet
from wagtail.log_actions import log

from .. import limits
from ..models import User
from ..permissions import SEE_A_COUNTRY
from ..staff.policies import PeoplePolicy
from . import support

TITLE = gettext_lazy("Look along")


class CodeForm(forms.Form):
    staff_number = forms.CharField(label=gettext_lazy("Her staff number"), max_length=10)
    code = forms.CharField(
        label=gettext_lazy("The code she reads out"),
        max_length=10,
        widget=forms.TextInput({"inputmode": "numeric", "autocomplete": "off"}),
        help_text=gettext_lazy("She finds it under «Get help». It works for 15 minutes."),
    )


def may_support(user: User) -> bool:
    """Trainers, HR, leads and administrators: whom they may see is asked with the code."""
    return PeoplePolicy(User).holds(user, SEE_A_COUNTRY, in_a_country=False)


@never_cache
@sensitive_post_parameters("code")
@require_http_methods(["GET", "HEAD", "POST"])
def enter(request: HttpRequest) -> HttpResponse:
    if not may_support(request.user):
        raise PermissionDenied
    form = CodeForm(request.POST or None)
    if form.is_bound and form.is_valid():
        try:
            look = support.open_look(request.user, form.cleaned_data["staff_number"], form.cleaned_data["code"])
            return redirect("staff_support:show", look.pk)
        except support.WrongCode as wrong:
            form.add_error(None, _wrong(wrong.tries_left))
        except limits.NoTriesLeft:
            form.add_error(None, _("Too many wrong codes. Try again in an hour."))
    context = {"form": form, "looks": support.looks_of(request.user)}
    return _page(request, "people/rights/staff/support.html", "", **context)


@never_cache
@require_safe
def show(request: HttpRequest, pk: UUID) -> HttpResponse:
    """What she sees, from each room; each look is logged."""
    if not may_support(request.user):
        raise PermissionDenied
    look = support.look_for(request.user, pk)
    log(look.person, "people.look_along", user=request.user, title=look.person.staff_number)
    sections = [part for hook in hooks.get_hooks("support_view") for part in hook(look.person)]
    return _page(request, "people/rights/staff/look.html", str(look.person), look=look, sections=sections)


def _wrong(left: int) -> str:
    said = ngettext(
        "Number and code do not go together, or the code has run out. %(n)s try left this hour.",
        "Number and code do not go together, or the code has run out. %(n)s tries left this hour.",
        left,
    )
    return said % {"n": left}


def _page(request: HttpRequest, template: str, title: str, **context) -> HttpResponse:
    crumbs = [{"url": reverse("wagtailadmin_home"), "label": _("Home")}]
    crumbs += [{"url": reverse("staff_support:index") if title else "", "label": TITLE}]
    crumbs += [{"url": "", "label": title}] if title else []
    title = title or str(TITLE)
    heads = {"breadcrumbs_items": crumbs, "header_title": title, "page_title": title, "header_icon": "help"}
    return render(request, template, heads | context)


class ForSupport(MenuItem):
    def is_shown(self, request):
        return may_support(request.user)


class SupportViewSet(ViewSet):
    name = "staff_support"
    url_prefix = "look-along"
    icon = "help"
    menu_label = TITLE
    menu_item_class = ForSupport

    def get_urlpatterns(self):
        return [path("", enter, name="index"), path("<uuid:pk>/", show, name="show")]
