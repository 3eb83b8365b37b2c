"""The review list in the admin: take it as a file, send it back filled in, look at every row, bring it in."""

from uuid import UUID

from django import forms
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse, reverse_lazy
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe
from wagtail.admin import messages
from wagtail.admin.ui.tables import BooleanColumn, Column, DateColumn, TitleColumn
from wagtail.admin.views import generic
from wagtail.admin.widgets.button import HeaderButton
from wagtail.log_actions import log

from lms.core.sheets import FileRefused, read

from ... import permissions
from ...models import Fact, Verdict, VerdictSheet
from ..history import LISTED
from ..listing import module_choices
from . import services
from .checking import review
from .columns import COLUMNS, LIMITS, MAX_BYTES
from .writing import in_reading_order, write

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
HOME = {"url": reverse_lazy("wagtailadmin_home"), "label": gettext_lazy("Home")}
FACTS = {"url": reverse_lazy("wagtailsnippets_curriculum_fact:list"), "label": gettext_lazy("Facts")}
SHEETS = {"url": reverse_lazy("curriculum_facts:verdict-sheets"), "label": gettext_lazy("Verdicts brought back")}


class ReviewListForm(forms.Form):
    """Which facts the clinician is to read."""

    module = forms.ChoiceField(label=gettext_lazy("Module"), required=False)
    status = forms.MultipleChoiceField(
        label=gettext_lazy("Status"),
        choices=Fact.Status.choices,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=gettext_lazy("None ticked: every status"),
    )
    critical = forms.BooleanField(label=gettext_lazy("Safety-critical facts only"), required=False)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["module"].choices = [("", _("All")), *module_choices()]

    def facts(self) -> QuerySet[Fact]:
        facts = in_reading_order(Fact.objects.all())
        if not self.is_valid():
            return facts
        wanted = self.cleaned_data
        if wanted["module"]:
            facts = facts.filter(code__startswith=f"{wanted['module']}-")
        if wanted["status"]:
            facts = facts.filter(status__in=wanted["status"])
        return facts.filter(safety_critical=True) if wanted["critical"] else facts


class SheetForm(forms.Form):
    """The list as it came back. `rows` is what it holds."""

    file = forms.FileField(
        label=gettext_lazy("The list as the clinician filled it in"),
        allow_empty_file=True,
        help_text=gettext_lazy("XLSX or CSV, at most 2,000 rows and 5 MB."),
        widget=forms.FileInput(attrs={"accept": ".xlsx,.csv,text/csv"}),
    )

    def clean_file(self):
        file = self.cleaned_data["file"]
        try:
            self.rows = read(file.read(MAX_BYTES + 1), COLUMNS, LIMITS)
        except FileRefused as refusal:
            raise forms.ValidationError(str(refusal), code=type(refusal).__name__) from refusal
        return file


@require_safe
@never_cache
def review_list(request: HttpRequest) -> HttpResponse:
    """Choose what goes to the clinician; the first rows are shown as she will read them."""
    _check(permissions.may_take_review_list(request.user))
    form = ReviewListForm(request.GET or None)
    facts = form.facts()
    context = {"form": form, "count": facts.count(), "first": facts[:10], "query": request.GET.urlencode()}
    context["may_bring_in"] = permissions.may_bring_in(request.user)
    return _page(request, "review_list", _("Review list for a clinician"), [FACTS], "download", **context)


@require_safe
@never_cache
def review_file(request: HttpRequest) -> HttpResponse:
    """The list as XLSX. That it was taken is logged."""
    _check(permissions.may_take_review_list(request.user))
    facts = list(ReviewListForm(request.GET or None).facts())
    log(request.user, LISTED, user=request.user, title=request.user.staff_number, data={"rows": len(facts)})
    response = HttpResponse(write(facts), content_type=XLSX)
    response["Content-Disposition"] = f'attachment; filename="review-list-{timezone.localdate()}.xlsx"'
    return response


@require_http_methods(["GET", "HEAD", "POST"])
def send(request: HttpRequest) -> HttpResponse:
    """A file that is refused leaves nothing behind."""
    _check(permissions.may_bring_in(request.user))
    form = SheetForm(request.POST or None, request.FILES or None) if request.method == "POST" else SheetForm()
    if form.is_bound and form.is_valid():
        sheet = services.keep_sheet(form.rows, file_name=form.cleaned_data["file"].name, by=request.user)
        return redirect("curriculum_facts:verdict-sheet", sheet.pk)
    return _page(request, "verdicts_send", _("Bring in verdicts"), [FACTS, SHEETS], "upload", form=form)


@require_safe
@never_cache
def show(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Before: each row and what it would do. Afterwards: the verdicts."""
    sheet = _sheet(request, pk)
    if sheet.committed_at:
        verdicts = Verdict.objects.filter(list_id=sheet.pk).select_related("fact")
        return _page(
            request, "verdicts_done", sheet.file_name, [FACTS, SHEETS], "upload", sheet=sheet, verdicts=verdicts
        )
    found = review(sheet.rows)
    return _page(request, "verdicts_preview", sheet.file_name, [FACTS, SHEETS], "upload", sheet=sheet, review=found)


@require_POST
def bring_in(request: HttpRequest, pk: UUID) -> HttpResponse:
    """A second press shows the same result and changes nothing."""
    sheet = _sheet(request, pk)
    try:
        count = services.bring_in(sheet, by=request.user, expected=request.POST.get("expected", ""))
    except services.AlreadyBroughtIn:
        pass
    except services.ThrownAway:
        raise Http404 from None
    except services.NotBroughtIn as refusal:
        messages.error(request, str(refusal))
    else:
        words = ngettext("%(count)d verdict is brought in.", "%(count)d verdicts are brought in.", count)
        messages.success(request, words % {"count": count})
    return redirect("curriculum_facts:verdict-sheet", pk)


@require_POST
def discard(request: HttpRequest, pk: UUID) -> HttpResponse:
    if services.discard_sheet(_sheet(request, pk)):
        messages.success(request, _("The list was thrown away. No fact was changed."))
    return redirect("curriculum_facts:verdict-sheets")


class SheetList(generic.BaseListingView):
    """Lists that came back: open ones to finish, done ones with their verdicts."""

    page_title = SHEETS["label"]
    header_icon = "upload"
    paginate_by = 50
    verbose_name_plural = gettext_lazy("review lists")
    breadcrumbs_items = [HOME, FACTS]
    columns = [
        TitleColumn("file_name", label=gettext_lazy("File"), url_name="curriculum_facts:verdict-sheet"),
        Column("uploaded_by", label=gettext_lazy("Sent by")),
        DateColumn("uploaded_at", label=gettext_lazy("Sent")),
        BooleanColumn("committed_at", label=gettext_lazy("Brought in")),
    ]

    def dispatch(self, request, *args, **kwargs):
        _check(permissions.may_bring_in(request.user))
        return super().dispatch(request, *args, **kwargs)

    def get_base_queryset(self):
        return VerdictSheet.objects.select_related("uploaded_by").defer("rows")

    def get_breadcrumbs_items(self):
        return [*self.breadcrumbs_items, SHEETS | {"url": ""}]

    @cached_property
    def header_buttons(self):
        return [HeaderButton(_("Bring in a list"), url=reverse("curriculum_facts:verdict-send"), icon_name="upload")]


def _sheet(request: HttpRequest, pk: UUID) -> VerdictSheet:
    _check(permissions.may_bring_in(request.user))
    return get_object_or_404(VerdictSheet, pk=pk)


def _check(is_allowed: bool) -> None:
    """The menu shows her no such page, so this is somebody who typed the address."""
    if not is_allowed:
        raise PermissionDenied


def _page(request: HttpRequest, name: str, title: str, above: list, icon: str, **context) -> HttpResponse:
    trail = [HOME, *above, {"url": "", "label": title}]
    heads = {"breadcrumbs_items": trail, "header_title": title, "page_title": title, "header_icon": icon}
    return render(request, f"curriculum/admin/{name}.html", heads | context)
