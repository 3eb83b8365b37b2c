"""The menu «Certificates»: the register, and the policies it follows."""

from django.urls import path
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtail.admin.ui.tables import Column, TitleColumn
from wagtail.admin.views import generic
from wagtail.admin.viewsets.base import ViewSet, ViewSetGroup
from wagtail.admin.viewsets.model import ModelViewSet

from ..models import Certificate, CertificatePolicy
from . import cohort, files, one, renewals, titles, to_do, withdrawing
from .check_files import FilesViewSet
from .checks import ChecksViewSet
from .designs import DesignViewSet
from .forms import PolicyForm, programme_choices
from .list import CertificateFilterSet, CertificateIndexView
from .menu import RegisterMenuItem


class CertificateViewSet(ViewSet):
    """Nothing here adds, edits or deletes a row: the register changes by its own verbs only."""

    name = "staff_certificates"
    url_prefix = "certificates"
    icon = "doc-full"
    menu_label = _("Certificates")
    menu_item_class = RegisterMenuItem

    def get_urlpatterns(self):
        names = {
            "model": Certificate,
            "filterset_class": CertificateFilterSet,
            "index_url_name": "staff_certificates:index",
            "index_results_url_name": "staff_certificates:index_results",
        }
        return [
            path("", CertificateIndexView.as_view(**names), name="index"),
            path("results/", CertificateIndexView.as_view(**names, results_only=True), name="index_results"),
            path("to-do/", to_do.to_do, name="to-do"),
            path("to-do/<slug:waiting>/", to_do.to_do, name="to-do-list"),
            path("to-do/<slug:waiting>/change/", to_do.change, name="to-do-change"),
            path("cohorts/<int:pk>/", cohort.cohort, name="cohort"),
            path("<uuid:pk>/", one.show, name="show"),
            path("<uuid:pk>/withdraw/", withdrawing.revoke, name="revoke"),
            path("<uuid:pk>/withdraw/answer/", withdrawing.answer, name="answer"),
            path("<uuid:pk>/keep/", withdrawing.keep, name="keep"),
            path("<uuid:pk>/name/", one.correct_name, name="correct-name"),
            path("<uuid:pk>/file/", files.download, name="download"),
            path("<uuid:pk>/card/", files.card, name="card"),
            path("<uuid:pk>/title/", titles.change, name="title"),
            path("<uuid:pk>/renewal/", renewals.renew, name="renew"),
            path("<uuid:pk>/issue-anew/", one.issue_anew, name="issue-anew"),
            path("<uuid:pk>/try-again/", to_do.try_again, name="try-again"),
        ]


class PolicyIndexView(generic.IndexView):
    @cached_property
    def titles(self) -> dict[str, str]:
        return dict(programme_choices())

    @cached_property
    def columns(self):
        return [
            TitleColumn("programme", label=_("Programme"), accessor=self._title, get_url=self.get_edit_url),
            Column("country", label=_("Country"), accessor=lambda policy: policy.country or _("Everywhere else")),
            Column("months_valid", label=_("Valid, months")),
            Column("issuer", label=_("Issuer")),
        ]

    def _title(self, policy: CertificatePolicy) -> str:
        return self.titles.get(str(policy.programme_key), str(policy.programme_key))


class PolicyViewSet(ModelViewSet):
    model = CertificatePolicy
    name = "staff_certificate_policies"
    url_prefix = "certificate-policies"
    icon = "cog"
    menu_label = _("Policies")
    index_view_class = PolicyIndexView
    copy_view_enabled = False
    add_to_reference_index = False

    def get_form_class(self, for_update=False):
        return PolicyForm


class CertificatesGroup(ViewSetGroup):
    items = (CertificateViewSet, ChecksViewSet, FilesViewSet, DesignViewSet, PolicyViewSet)
    menu_label = _("Certificates")
    menu_icon = "doc-full"
    menu_order = 170
