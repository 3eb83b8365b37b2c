"""Certificate designs in the menu «Certificates»: made for one's country, tried on sample names, then put live."""

import django_filters
from django.contrib.admin.utils import unquote
from django.core.exceptions import PermissionDenied
from django.db.models import Exists, OuterRef, QuerySet
from django.http import Http404
from django.shortcuts import redirect
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtail.admin import messages
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.ui.tables import Column, UpdatedAtColumn
from wagtail.admin.views import generic
from wagtail.permissions import policy_registry
from wagtail.snippets.views import snippets
from wagtail.snippets.views.chooser import (
    ChooseResultsView,
    ChooseView,
    SnippetChooserViewSet,
    SnippetChosenView,
)

from lms.people.models import User
from lms.people.permissions import SEE_A_COUNTRY, countries_for

from ..models import CertificateDesign, CertificatePolicy
from .design_form import EDITOR
from .forms import programme_choices


def designs_seen_by(user: User, action: str = "view") -> QuerySet[CertificateDesign]:
    """Those of her countries and those for all; to change: the former."""
    return policy_registry.get_by_type(CertificateDesign).instances_user_has_any_permission_for(user, [action])


def design_in_words(design: CertificateDesign):
    return design.country or _("All countries")


def state_in_words(design: CertificateDesign):
    """Wagtail's own column asks the database once a row."""
    if not design.live:
        return _("Draft")
    return _("Live, with a draft") if design.has_unpublished_changes else _("Live")


class OnlySeen:
    """Another country's design is nowhere."""

    def setup(self, request, *args, **kwargs):
        if not designs_seen_by(request.user).filter(pk=unquote(str(kwargs["pk"]))).exists():
            raise Http404
        super().setup(request, *args, **kwargs)


class OnlyChanged(OnlySeen):
    """One that she sees and may not change is refused."""

    def setup(self, request, *args, **kwargs):
        super().setup(request, *args, **kwargs)
        if not designs_seen_by(request.user, "change").filter(pk=unquote(str(kwargs["pk"]))).exists():
            raise PermissionDenied


class DesignFilters(WagtailFilterSet):
    country = django_filters.ModelChoiceFilter(queryset=None, label=_("Country"))

    class Meta:
        model = CertificateDesign
        fields = ["country", "base"]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.filters["country"].queryset = countries_for(self.request.user, *SEE_A_COUNTRY)


class DesignList(snippets.IndexView):
    """Offers each what she may: those for all countries are there for most to copy."""

    def get_edit_url(self, instance):
        return super().get_edit_url(instance) if self._changes(instance) else None

    def get_delete_url(self, instance):
        return super().get_delete_url(instance) if self._changes(instance) else None

    def _changes(self, design: CertificateDesign) -> bool:
        return self.user_has_permission_for_instance("change", design)


class DesignEdit(OnlyChanged, snippets.EditView):
    pass


class DesignCopy(OnlySeen, snippets.CopyView):
    pass


class DesignHistory(OnlyChanged, snippets.HistoryView):
    pass


class DesignPreview(OnlyChanged, snippets.PreviewOnEditView):
    pass


class DesignRevision(OnlyChanged, snippets.PreviewRevisionView):
    pass


class DesignComparison(OnlyChanged, snippets.RevisionsCompareView):
    pass


class DesignUnpublish(OnlyChanged, snippets.UnpublishView):
    """Refused while a policy uses it: its next certificates would come out without who signs."""

    def dispatch(self, request, *args, **kwargs):
        if self.object.policies.exists():
            messages.error(request, _("Policies use it. Give them another design first."))
            return redirect("certificate_designs:usage", self.object.pk)
        return super().dispatch(request, *args, **kwargs)


class DesignUnschedule(OnlyChanged, snippets.RevisionsUnscheduleView):
    pass


class DesignUsage(OnlyChanged, snippets.UsageView):
    """The policies whose next certificates it draws."""

    def get_queryset(self):
        return self.object.policies.select_related("country").order_by("programme_key", "country")

    def get_table(self, object_list, **kwargs):
        return super(generic.UsageView, self).get_table(object_list, **kwargs)

    @cached_property
    def titles(self) -> dict[str, str]:
        return dict(programme_choices())

    @cached_property
    def columns(self):
        return [
            Column("programme", label=_("Programme"), accessor=self._title),
            Column("country", label=_("Country"), accessor=lambda policy: policy.country or _("Everywhere else")),
        ]

    def _title(self, policy: CertificatePolicy) -> str:
        return self.titles.get(str(policy.programme_key), str(policy.programme_key))


class DesignDelete(OnlyChanged, snippets.DeleteView):
    """Refused while a policy uses it. What was issued keeps its own copy."""

    def form_valid(self, form):
        if self.object.policies.exists():
            raise PermissionDenied
        return super().form_valid(form)

    def get_context_data(self, **kwargs):
        used = self.object.policies.count()
        return super().get_context_data(**kwargs) | {"usage_count": used, "is_protected": bool(used)}


class SeenChoices:
    def get_object_list(self):
        return designs_seen_by(self.request.user).filter(live=True)


class ChooseDesign(SeenChoices, ChooseView):
    pass


class ChooseDesignResults(SeenChoices, ChooseResultsView):
    pass


class DesignChosen(OnlySeen, SnippetChosenView):
    pass


class DesignChooser(SnippetChooserViewSet):
    choose_view_class = ChooseDesign
    choose_results_view_class = ChooseDesignResults
    chosen_view_class = DesignChosen


class DesignViewSet(snippets.SnippetViewSet):
    model = CertificateDesign
    admin_url_namespace = "certificate_designs"
    base_url_path = "certificate-designs"
    menu_label = _("Designs")
    menu_item_is_registered = True  # by its group: no line «Snippets» for it
    icon = "image"
    list_per_page = 50
    list_display = [
        "name",
        Column("country", label=_("Country"), accessor=design_in_words),
        Column("base", label=_("Drawn as"), accessor="get_base_display"),
        Column("live", label=_("State"), accessor=state_in_words, sort_key="live"),
        UpdatedAtColumn(),
    ]
    filterset_class = DesignFilters
    search_fields = ["name"]
    search_backend_name = None
    ordering = ["name"]
    edit_handler = EDITOR
    index_view_class = DesignList
    edit_view_class = DesignEdit
    copy_view_class = DesignCopy
    history_view_class = DesignHistory
    usage_view_class = DesignUsage
    delete_view_class = DesignDelete
    preview_on_edit_view_class = DesignPreview
    revisions_view_class = DesignRevision
    revisions_compare_view_class = DesignComparison
    revisions_unschedule_view_class = DesignUnschedule
    unpublish_view_class = DesignUnpublish
    chooser_viewset_class = DesignChooser

    def get_queryset(self, request):
        used = CertificatePolicy.objects.filter(design=OuterRef("pk"))
        return designs_seen_by(request.user).select_related("country").annotate(in_use=Exists(used))
