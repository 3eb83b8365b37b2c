from django.urls import path
from wagtail.admin.viewsets.base import ViewSet

from . import enrolments, transfer


class EnrolmentsViewSet(ViewSet):
    """Pages about one person; the way to them is beside her name, so there is no menu item."""

    name = "staff_enrolments"
    url_prefix = "enrolments"

    def get_urlpatterns(self):
        return [
            path("of/<uuid:pk>/", enrolments.of_person, name="of"),
            path("of/<uuid:pk>/new/", enrolments.new, name="new"),
            path("of/<uuid:pk>/transfer/", transfer.to_site, name="transfer"),
            path("of/<uuid:pk>/transfer/country/", transfer.hand_over, name="hand-over"),
            path("<uuid:pk>/move/", enrolments.move, name="move"),
            path("<uuid:pk>/close/", enrolments.close, name="close"),
            path("<uuid:pk>/reopen/", enrolments.reopen, name="reopen"),
        ]
