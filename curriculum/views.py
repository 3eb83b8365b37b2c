"""Withdrawing a page from learners, and lifting that, in the admin."""

from uuid import UUID

from django.contrib.auth.decorators import permission_required
from django.db.models import F, OuterRef, QuerySet, Subquery
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse, reverse_lazy
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods
from wagtail.admin import messages
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.ui.tables import Column, DateColumn, TitleColumn
from wagtail.admin.views import generic
from wagtail.models import Page

from . import services
from .forms import WithdrawForm
from .models import Withdrawal
from .permissions import withdrawable

MOST_DIGITS = 19  # of a number that a database takes
HOME = {"url": reverse_lazy("wagtailadmin_home"), "label": gettext_lazy("Home")}
LIST = {"url": reverse_lazy("curriculum:withdrawal-list"), "label": gettext_lazy("Withdrawn")}


@permission_required("curriculum.add_withdrawal", raise_exception=True)
@require_http_methods(["GET", "POST"])
def withdraw(request: HttpRequest) -> HttpResponse:
    page = _asked_for(request)
    form = WithdrawForm(request.POST or None, initial={"page": page})
    if form.is_valid():
        chosen, reason = form.cleaned_data["page"], form.cleaned_data["reason"]
        try:
            services.withdraw(chosen, by=request.user, reason=reason)
            messages.success(
                request, _("“%(title)s” is withdrawn: learners read the reason.") % {"title": chosen.title}
            )
        except services.AlreadyWithdrawn:
            messages.info(request, _("“%(title)s” was withdrawn already.") % {"title": chosen.title})
        return redirect("curriculum:withdrawal-list")
    trail = [HOME, LIST, {"url": "", "label": _("Withdraw")}]
    context = {"form": form, "page": page, "breadcrumbs_items": trail, "page_title": _("Withdraw")}
    return render(request, "curriculum/admin/withdraw.html", context)


@permission_required("curriculum.change_withdrawal", raise_exception=True)
@require_http_methods(["GET", "POST"])
def lift(request: HttpRequest, pk: UUID) -> HttpResponse:
    withdrawal = get_object_or_404(Withdrawal, pk=pk)
    if request.method == "POST":
        services.lift(withdrawal, by=request.user)
        messages.success(request, _("Learners have “%(title)s” again.") % {"title": withdrawal.title})
        return redirect("curriculum:withdrawal-list")
    trail = [HOME, LIST, {"url": "", "label": _("Lift")}]
    context = {"withdrawal": withdrawal, "breadcrumbs_items": trail, "page_title": _("Lift")}
    return render(request, "curriculum/admin/lift.html", context)


def _asked_for(request: HttpRequest) -> Page | None:
    """The page whose button was pressed, by its English version where there is one."""
    pk = request.GET.get("page", "")
    keys = Page.objects.filter(pk=pk).values("translation_key") if pk.isdecimal() and len(pk) < MOST_DIGITS else []
    return withdrawable().filter(translation_key__in=keys).first()


class WithdrawalFilters(WagtailFilterSet):
    class Meta:
        model = Withdrawal
        fields = {"lifted_at": ["isnull"]}


class LiftColumn(Column):
    """The button of a withdrawal that stands; who gave it back, and when, of one that does not."""

    cell_template_name = "curriculum/admin/lift_cell.html"

    def get_cell_context_data(self, instance, parent_context):
        context = super().get_cell_context_data(instance, parent_context)
        return context | {"may_lift": parent_context["request"].user.has_perm("curriculum.change_withdrawal")}


class WithdrawalList(generic.IndexView):
    model = Withdrawal
    page_title = gettext_lazy("Withdrawn")
    header_icon = "no-view"
    index_url_name = "curriculum:withdrawal-list"
    index_results_url_name = "curriculum:withdrawal-list-results"
    add_url_name = "curriculum:withdrawal-add"
    add_item_label = gettext_lazy("Withdraw a page")
    breadcrumbs_items = [HOME]
    filterset_class = WithdrawalFilters
    paginate_by = 50
    columns = [
        TitleColumn("title", label=gettext_lazy("Page"), get_url=lambda row: _edit_url(row.page_id)),
        Column("reason", label=gettext_lazy("Reason, as learners read it")),
        Column("withdrawn_by", label=gettext_lazy("Withdrawn by")),
        DateColumn("withdrawn_at", label=gettext_lazy("When")),
        LiftColumn("lifted_at", label=gettext_lazy("Lifted")),
    ]

    def get_base_queryset(self) -> QuerySet[Withdrawal]:
        pages = withdrawable().filter(translation_key=OuterRef("page_key")).order_by("pk")
        rows = Withdrawal.objects.select_related("withdrawn_by", "lifted_by")
        return rows.annotate(page_id=Subquery(pages.values("pk")[:1]))

    def order_queryset(self, queryset):
        return queryset.order_by(F("lifted_at").desc(nulls_first=True), "-withdrawn_at")

    def get_breadcrumbs_items(self):
        return [HOME, LIST | {"url": ""}]


def _edit_url(page_id: int | None) -> str | None:
    return reverse("wagtailadmin_pages:edit", args=[page_id]) if page_id else None
