"""Ahead of Wagtail's addresses under /cms/: sign-in, sign-out and account are ours, its lists of users are closed."""

from django.urls import path, re_path
from wagtail.admin.auth import require_admin_access

from .staff import doors

urlpatterns = [
    path("login/", doors.to_sign_in),
    path("logout/", doors.sign_out),
    re_path(r"^password_reset/", doors.to_forgot),
    path("account/", require_admin_access(doors.account)),
    path("reports/site-history/", require_admin_access(doors.site_history)),
    path("reports/site-history/results/", require_admin_access(doors.site_history_results)),
    re_path(r"^(?:users|groups|bulk/people)/", doors.closed),
]
