"""Questions out of a file, in the admin: send it, look at every question, make the chosen ones as drafts."""

from django import forms
from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import path, reverse
from django.utils.functional import cached_property
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe
from wagtail.admin import messages
from wagtail.admin.menu import MenuItem
from wagtail.admin.ui.tables import Column, DateColumn, TitleColumn
from wagtail.admin.views import generic
from wagtail.admin.viewsets.base import ViewSet
from wagtail.admin.widgets.button import HeaderButton
from wagtail.models import Locale

from lms.core.sheets import FileRefused

from .. import services
from ..exchange import formats, permissions, sheet_writing
from ..exchange.mapping import exchanges
from ..exchange.preview import preview
from ..models import Question


class ForAuthors(MenuItem):
    def is_shown(self, request):
        return permissions.may_import(request.user)


def language_choices() -> list[tuple[str, str]]:
    known = set(Locale.objects.values_list("language_code", flat=True))
    return [(code, label) for code, label in settings.LANGUAGES if code in known]


class ImportForm(forms.Form):
    """A file in any of the formats. `reading` is what it holds."""

    file = forms.FileField(
        label=gettext_lazy("File"),
        allow_empty_file=True,
        help_text=gettext_lazy("Our spreadsheet (XLSX or CSV), GIFT or Moodle XML: at most 1,000 questions and 5 MB."),
        widget=forms.FileInput(attrs={"accept": ".xlsx,.csv,.txt,.gift,.xml"}),
    )
    language = forms.ChoiceField(
        label=gettext_lazy("Language of the questions"),
        choices=language_choices,
        initial=settings.LANGUAGE_CODE,
        help_text=gettext_lazy("For every question that does not say its own."),
    )

    def clean_file(self):
        file = self.cleaned_data["file"]
        try:
            self.reading = formats.read(file.read(formats.MAX_BYTES + 1), file.name)
        except FileRefused as refusal:
            raise forms.ValidationError(str(refusal), code=type(refusal).__name__) from refusal
        return file


class StateColumn(Column):
    def get_value(self, row):
        if not row.committed_at:
            return _("To finish")
        return ngettext("%(count)d question made", "%(count)d questions made", len(row.made)) % {"count": len(row.made)}


class ImportList(generic.BaseListingView):
    """Files that she sent: open ones to finish, done ones with what was made."""

    page_title = gettext_lazy("Import of questions")
    header_icon = "upload"
    paginate_by = 50
    verbose_name_plural = gettext_lazy("imports of questions")
    columns = [
        TitleColumn("file_name", label=gettext_lazy("File"), url_name="question-import:show"),
        Column("get_format_display", label=gettext_lazy("Format")),
        DateColumn("uploaded_at", label=gettext_lazy("Sent")),
        StateColumn("state", label=gettext_lazy("State")),
    ]

    def dispatch(self, request, *args, **kwargs):
        permissions.check(permissions.may_import(request.user))
        return super().dispatch(request, *args, **kwargs)

    def get_base_queryset(self):
        return permissions.imports_of(self.request.user).defer("drafts", "problems")

    @cached_property
    def header_buttons(self):
        return [HeaderButton(_("Send a file"), url=reverse("question-import:send"), icon_name="plus")]


@require_http_methods(["GET", "HEAD", "POST"])
def send(request: HttpRequest) -> HttpResponse:
    """The file. One that is refused leaves nothing behind."""
    permissions.check(permissions.may_import(request.user))
    form = ImportForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        language, name = form.cleaned_data["language"], form.cleaned_data["file"].name
        row = services.keep_import(form.reading, file_name=name, language=language, by=request.user)
        return redirect("question-import:show", row.pk)
    types = [exchanges_label(name) for name in exchanges()]
    return _page(request, "import_send", _("Send a file"), form=form, types=types)


def exchanges_label(name: str) -> str:
    return capfirst(str(Question.answer.field.stream_block.child_blocks[name].label))


@require_safe
@never_cache
def show(request: HttpRequest, pk) -> HttpResponse:
    """Before: each question, and what is wrong with the others. Afterwards: what was made."""
    row = permissions.import_for(request.user, pk)
    if row.committed_at:
        made = Question.objects.filter(pk__in=row.made).in_order()
        return _page(request, "import_made", row.file_name, row=row, questions=made)
    return _page(request, "import_preview", row.file_name, row=row, preview=preview(row))


@require_POST
def commit(request: HttpRequest, pk) -> HttpResponse:
    """Make the chosen questions. A second press shows the same result and changes nothing."""
    row = permissions.import_for(request.user, pk)
    take = {int(number) for number in request.POST.getlist("take") if number.isdecimal() and len(number) < 6}
    try:
        made = services.commit_import(row, take=take, by=request.user)
    except services.AlreadyImported:
        pass
    except services.ThrownAway:
        raise Http404 from None
    except services.NothingChosen:
        messages.error(request, _("Nothing is chosen. Tick the questions that you want to make."))
    except services.NamesGone as gone:
        messages.error(request, str(gone))
    else:
        messages.success(request, _made(len(made)))
    return redirect("question-import:show", pk)


def _made(count: int) -> str:
    told = ngettext("%(count)d question was made as a draft.", "%(count)d questions were made as drafts.", count)
    return told % {"count": count}


@require_POST
def discard(request: HttpRequest, pk) -> HttpResponse:
    row = permissions.import_for(request.user, pk)
    if services.discard_import(row):
        messages.success(request, _("The file was thrown away. No question was made."))
    return redirect("question-import:index")


@require_safe
def template(request: HttpRequest) -> HttpResponse:
    """The empty spreadsheet, with a second page that explains."""
    permissions.check(permissions.may_import(request.user))
    response = HttpResponse(sheet_writing.write([], []), content_type=formats.FORMATS["sheet"].content_type)
    response["Content-Disposition"] = 'attachment; filename="questions.xlsx"'
    return response


def _page(request: HttpRequest, name: str, title: str, **context) -> HttpResponse:
    trail = [
        {"url": reverse("wagtailadmin_home"), "label": _("Home")},
        {"url": reverse("question-import:index"), "label": _("Import of questions")},
        {"url": "", "label": title},
    ]
    heads = {"breadcrumbs_items": trail, "header_title": title, "page_title": title, "header_icon": "upload"}
    return render(request, f"assessments/staff/{name}.html", heads | context)


class QuestionImportViewSet(ViewSet):
    name = "question-import"
    icon = "upload"
    menu_label = gettext_lazy("Import of questions")
    menu_item_class = ForAuthors

    def get_urlpatterns(self):
        return [
            path("", ImportList.as_view(), name="index"),
            path("new/", send, name="send"),
            path("questions.xlsx", template, name="template"),
            path("<uuid:pk>/", show, name="show"),
            path("<uuid:pk>/make/", commit, name="commit"),
            path("<uuid:pk>/discard/", discard, name="discard"),
        ]
