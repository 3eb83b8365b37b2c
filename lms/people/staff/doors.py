"""Wagtail's own pages about signing in and users, replaced by ours or closed."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import urlencode
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST
from wagtail.admin.views.account import (
    AccountView,
    ChangePasswordPanel,
    LocaleSettingsPanel,
    NotificationsSettingsPanel,
    ThemeSettingsPanel,
)
from wagtail.admin.views.reports.audit_logging import LogEntriesView
from wagtail.users.models import UserProfile

from lms.core.export import ExportMixin

from ..adapter import landing_url
from ..languages import safe_next
from ..views import sign_out as people_sign_out

PANELS = (NotificationsSettingsPanel, LocaleSettingsPanel, ThemeSettingsPanel, ChangePasswordPanel)


@never_cache
def to_sign_in(request: HttpRequest) -> HttpResponse:
    """Who is signed in and was sent here has no access to the admin: home, or she would go round for ever."""
    if request.user.is_authenticated:
        return redirect(landing_url(request.user))
    query = {"with": "password"} | ({"next": safe_next(request)} if safe_next(request) else {})
    return redirect(f"{reverse('people:sign-in')}?{urlencode(query)}")


@never_cache
def to_forgot(request: HttpRequest) -> HttpResponse:
    return redirect("people:forgot")


@never_cache
@require_POST
def sign_out(request: HttpRequest) -> HttpResponse:
    return people_sign_out(request)


def closed(request: HttpRequest) -> HttpResponse:
    """Wagtail's lists of users and groups show everyone of every country, and would undo what postings say."""
    raise Http404


class OwnSiteHistory(ExportMixin, LogEntriesView):
    """For administrators: it names whoever changed anything, in every country. Others have the audit log."""

    export_filename = "site-history"

    def dispatch(self, request, *args, **kwargs):
        if not request.user.is_superuser:
            raise Http404
        return super().dispatch(request, *args, **kwargs)


class OwnAccountView(AccountView):
    """Without Wagtail's panel for names and e-mail: these are kept by HR, under People."""

    def get_panels(self):
        user = self.request.user
        panels = [panel(self.request, user, UserProfile.get_for_user(user)) for panel in PANELS]
        return [panel for panel in panels if panel.is_active()]


site_history = never_cache(OwnSiteHistory.as_view())
site_history_results = never_cache(OwnSiteHistory.as_view(results_only=True))
account = never_cache(OwnAccountView.as_view())
