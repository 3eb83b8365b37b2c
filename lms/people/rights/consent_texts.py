"""The texts in the admin, for administrators: written as drafts, published as a version, never changed afterwards."""

from django import forms
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods
from wagtail.admin import messages
from wagtail.admin.forms import WagtailAdminModelForm
from wagtail.admin.ui.tables import Column, TitleColumn
from wagtail.admin.views import generic
from wagtail.admin.viewsets.model import ModelViewSet
from wagtail.admin.widgets.button import HeaderButton

from ..models import ConsentText
from . import consent


class TextForm(WagtailAdminModelForm):
    class Meta:
        model = ConsentText
        fields = ["language", "body"]
        widgets = {"body": forms.Textarea({"rows": 18})}
        help_texts = {"body": gettext_lazy("Plain words, short sentences. An empty line begins a new paragraph.")}

    def clean_language(self):
        language = self.cleaned_data["language"]
        twins = ConsentText.objects.filter(version=consent.draft_version(), language=language)
        if twins.exclude(pk=self.instance.pk).exists():
            raise forms.ValidationError(_("This language has a draft already. Change that one."))
        return language


class TextIndexView(generic.IndexView):
    default_ordering = "-version"
    columns = [
        TitleColumn("version", label=gettext_lazy("Version"), get_url=lambda text: _url(text)),
        Column("language", label=gettext_lazy("Language"), accessor="get_language_display"),
        Column("published_at", label=gettext_lazy("Published"), accessor=lambda text: _state(text)),
    ]

    @property
    def header_buttons(self):
        draft = ConsentText.objects.filter(published_at=None).order_by("-version").first()
        buttons = list(super().header_buttons)
        if draft:
            label = _("Publish version %(version)s") % {"version": draft.version}
            url = reverse("staff_consent_texts:publish", args=[draft.version])
            buttons.append(HeaderButton(label, url=url, icon_name="upload"))
        return buttons


class NewTextView(generic.CreateView):
    def save_instance(self):
        self.form.instance.version = consent.draft_version()
        return super().save_instance()


class ChangeTextView(generic.EditView):
    """Drafts only: a published text is a 404 here and is looked at instead."""

    def get_queryset(self):
        return ConsentText.objects.filter(published_at=None)


@require_http_methods(["GET", "HEAD", "POST"])
def publish(request: HttpRequest, version: int) -> HttpResponse:
    """A last look at all languages; then everybody reads it at the next sign-in."""
    if not request.user.is_superuser:
        raise PermissionDenied
    if request.method == "POST":
        return _publish(request, version)
    texts = ConsentText.objects.filter(version=version)
    title = _("Publish version %(version)s") % {"version": version}
    crumbs = [
        {"url": reverse("wagtailadmin_home"), "label": _("Home")},
        {"url": reverse("staff_consent_texts:index"), "label": ConsentText._meta.verbose_name_plural},
        {"url": "", "label": title},
    ]
    heads = {"breadcrumbs_items": crumbs, "header_title": title, "page_title": title, "header_icon": "upload"}
    return render(request, "people/rights/staff/publish.html", {"texts": texts, "version": version} | heads)


def _publish(request: HttpRequest, version: int) -> HttpResponse:
    try:
        consent.publish(version, by=request.user)
        messages.success(request, _("Published. Everybody reads it at the next sign-in."))
    except consent.NoEnglish:
        messages.error(request, _("Write the English text first: a language without a text falls back to it."))
    except consent.PublishedBefore:
        messages.warning(request, _("This version was published before."))
    return redirect("staff_consent_texts:index")


def _url(text: ConsentText) -> str:
    return reverse(f"staff_consent_texts:{'inspect' if text.published_at else 'edit'}", args=[text.pk])


def _state(text: ConsentText) -> str:
    return text.published_at.strftime("%Y-%m-%d") if text.published_at else _("Draft")


class ConsentTextViewSet(ModelViewSet):
    """Seen by administrators alone: no group has a permission on it."""

    model = ConsentText
    name = "staff_consent_texts"
    url_prefix = "consent-texts"
    icon = "doc-full-inverse"
    index_view_class = TextIndexView
    add_view_class = NewTextView
    edit_view_class = ChangeTextView
    inspect_view_enabled = True
    inspect_view_fields = ["version", "language", "published_at", "body"]
    copy_view_enabled = False
    add_to_reference_index = False

    def get_form_class(self, for_update=False):
        return TextForm

    def get_common_view_kwargs(self, **kwargs):
        return super().get_common_view_kwargs(**kwargs) | {"usage_url_name": None, "delete_url_name": None}

    def get_urlpatterns(self):
        own = [path("publish/<int:version>/", publish, name="publish")]
        closed = {"delete", "usage"}
        return [pattern for pattern in super().get_urlpatterns() if pattern.name not in closed] + own
