"""Tokens in the admin, for administrators: made and told once, listed with their last use, taken back."""

from datetime import date
from uuid import UUID, uuid4

from django import forms
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import path, reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods
from wagtail.admin import messages
from wagtail.admin.menu import MenuItem
from wagtail.admin.ui.tables import Column, TitleColumn
from wagtail.admin.views import generic
from wagtail.admin.viewsets.base import ViewSet
from wagtail.admin.widgets import AdminDateInput
from wagtail.admin.widgets.button import HeaderButton

from . import services
from .models import ApiToken, Scope


class TokenForm(forms.ModelForm):
    """`key` is new with each form: sent twice, one token is made."""

    key = forms.UUIDField(widget=forms.HiddenInput)
    scopes = forms.MultipleChoiceField(
        label=gettext_lazy("May"), choices=Scope.choices, initial=[Scope.CHECK], widget=forms.CheckboxSelectMultiple
    )

    class Meta:
        model = ApiToken
        fields = ["name", "partner", "countries", "scopes", "expires_on"]
        widgets = {"countries": forms.CheckboxSelectMultiple, "expires_on": AdminDateInput}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.initial["key"] = uuid4()

    def clean_expires_on(self):
        if self.cleaned_data["expires_on"] < timezone.localdate():
            raise forms.ValidationError(_("This day is over."))
        return self.cleaned_data["expires_on"]


class TokenList(generic.BaseListingView):
    page_title = gettext_lazy("Tokens for partners")
    header_icon = "key"
    paginate_by = 50
    index_url_name = "staff_tokens:index"
    verbose_name_plural = gettext_lazy("tokens")
    columns = [
        TitleColumn("name", label=gettext_lazy("Name"), accessor=str, url_name="staff_tokens:show"),
        Column("partner", label=gettext_lazy("Partner")),
        Column("countries", label=gettext_lazy("Countries"), accessor=lambda token: _countries(token)),
        Column("state", label=gettext_lazy("State"), accessor=lambda token: token.state(timezone.localdate())),
        Column("expires_on", label=gettext_lazy("Expires on"), accessor=lambda token: _day(token.expires_on)),
        Column("last_used_on", label=gettext_lazy("Last used"), accessor=lambda token: _day(token.last_used_on)),
    ]

    def dispatch(self, request, *args, **kwargs):
        _check_administrator(request)
        return super().dispatch(request, *args, **kwargs)

    def get_base_queryset(self):
        return ApiToken.objects.select_related("partner").prefetch_related("countries")

    @property
    def header_buttons(self):
        return [HeaderButton(_("New token"), url=reverse("staff_tokens:add"), icon_name="plus")]


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def add(request: HttpRequest) -> HttpResponse:
    """The token stands in the answer to this one request, and nowhere else."""
    _check_administrator(request)
    form = TokenForm(request.POST or None)
    if not form.is_valid():
        return _page(request, "add", _("New token"), form=form)
    try:
        token, text = services.make_token(by=request.user, **form.cleaned_data)
    except services.MadeBefore:
        messages.warning(request, _("This token was made before, and told once. If it is lost, withdraw it."))
        return redirect("staff_tokens:index")
    return _page(request, "made", _("New token"), token=token, text=text)


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def show(request: HttpRequest, pk: UUID) -> HttpResponse:
    """What it may, and the way to take it back."""
    _check_administrator(request)
    token = get_object_or_404(ApiToken.objects.select_related("partner", "created_by"), pk=pk)
    if request.method == "POST":
        services.revoke_token(token, by=request.user)
        messages.success(request, _("The token %(name)s is withdrawn.") % {"name": token})
        return redirect("staff_tokens:index")
    context = {"state": token.state(timezone.localdate()), "countries": _countries(token)}
    context["may"] = [Scope(scope).label for scope in token.scopes]
    return _page(request, "show", str(token), token=token, **context)


class TokensMenuItem(MenuItem):
    def is_shown(self, request):
        return request.user.is_superuser


class TokensViewSet(ViewSet):
    name = "staff_tokens"
    url_prefix = "tokens"
    icon = "key"
    menu_label = gettext_lazy("Tokens for partners")
    menu_item_class = TokensMenuItem
    add_to_settings_menu = True

    def get_urlpatterns(self):
        return [
            path("", TokenList.as_view(), name="index"),
            path("new/", add, name="add"),
            path("<uuid:pk>/", show, name="show"),
        ]


def _check_administrator(request: HttpRequest) -> None:
    if not request.user.is_superuser:
        raise PermissionDenied


def _countries(token: ApiToken) -> str:
    return ", ".join(country.name for country in token.countries.all())


def _day(day: date | None) -> str:
    return date_format(day, "j M Y") if day else "–"


def _page(request: HttpRequest, name: str, title: str, **context) -> HttpResponse:
    trail = [
        {"url": reverse("wagtailadmin_home"), "label": _("Home")},
        {"url": reverse("staff_tokens:index"), "label": _("Tokens for partners")},
        {"url": "", "label": title},
    ]
    heads = {"breadcrumbs_items": trail, "header_title": title, "page_subtitle": title, "header_icon": "key"}
    return render(request, f"api/staff/{name}.html", heads | context)
