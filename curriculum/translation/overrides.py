"""Views of wagtail-localize that we answer ourselves, at their own addresses.

As they are, a trainer could publish by them: opening a page for translation makes the alias a page of its own, and
«publish» beside a synchronisation asks for no permission. A broken PO file is answered with a server error.
"""

from django.core.exceptions import PermissionDenied
from django.db import DataError, transaction
from django.http import HttpRequest, HttpResponse, HttpResponseBadRequest, JsonResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST
from wagtail.admin import messages
from wagtail.admin.views.pages.utils import get_valid_next_url_from_request
from wagtail.models import Page
from wagtail_localize.models import StringSegment, StringTranslation, Translation
from wagtail_localize.views import convert, edit_translation
from wagtail_localize.views.submit_translations import SubmitPageTranslationView, SubmitSnippetTranslationView
from wagtail_localize.views.update_translations import UpdateTranslationsForm, UpdateTranslationsView

from . import services, uploads
from .permissions import may_publish, translation_for
from .po import PoError


class Begin:
    """Opens the chosen languages, and leaves what learners read as it is."""

    @transaction.atomic
    def form_valid(self, form):
        locales = list(form.cleaned_data["locales"])
        things = [self.object]
        if isinstance(self.object, Page) and form.cleaned_data["include_subtree"]:
            things += self.object.get_descendants().filter(alias_of=None)
        for thing in things:
            services.begin(thing, locales, by=self.request.user)
        names = ", ".join(str(locale.get_display_name()) for locale in locales)
        messages.success(self.request, self.get_success_message(names))
        target = self.object.get_translation(locales[0]) if len(locales) == 1 else None
        return redirect(self.get_success_url() or self.get_default_success_url(target))


class BeginPage(Begin, SubmitPageTranslationView):
    pass


class BeginSnippet(Begin, SubmitSnippetTranslationView):
    pass


class Synchronise(UpdateTranslationsView):
    """Brings the English as it is now into the side by side; publishing with it is for who may publish."""

    def get_form(self) -> UpdateTranslationsForm:
        form = super().get_form()
        if not self.may_publish():
            del form.fields["publish_translations"]
        return form

    def form_valid(self, form):
        form.cleaned_data.setdefault("publish_translations", False)
        return super().form_valid(form)

    def may_publish(self) -> bool:
        rows = self.object.translations.filter(enabled=True).select_related("target_locale", "source")
        return all(may_publish(self.request.user, row.get_target_instance()) for row in rows)


def become_alias_again(request: HttpRequest, page_id: int) -> HttpResponse:
    """Takes a translation from learners and shows them the English again: the same right as publishing."""
    if not may_publish(request.user, get_object_or_404(Page, pk=page_id)):
        raise PermissionDenied
    return convert.convert_to_alias(request, page_id)


@require_POST
def upload_po(request: HttpRequest, translation_id: int) -> HttpResponse:
    """All of a file or nothing; what is wrong is named with its line."""
    translation = translation_for(request.user, translation_id)
    file = request.FILES.get("file")
    try:
        if file is None:
            raise PoError(None, _("no file was chosen."))
        taken = uploads.take(translation, file, by=request.user)
        messages.success(request, taken)
    except PoError as error:
        name = file.name if file else "PO"
        words = _("Nothing was changed. %(file)s, %(reason)s")
        messages.error(request, words % {"file": name, "reason": error})
    return redirect(get_valid_next_url_from_request(request) or "wagtailadmin_home")


@require_http_methods(["PUT", "DELETE"])
def edit_string(request: HttpRequest, translation_id: int, string_segment_id: int) -> HttpResponse:
    """One text; one that does not fit its place is kept, with the reason beside it, and not used."""
    try:
        with transaction.atomic():
            response = _asked(edit_translation.edit_string_translation, request, translation_id, string_segment_id)
            if request.method == "PUT" and response.status_code in (200, 201):
                return _checked(translation_id, string_segment_id) or response
            return response
    except DataError:  # wagtail-localize notes a title at the page too, and a strict database has no room for it
        return HttpResponse(status=422)


@require_http_methods(["PUT", "DELETE"])
def edit_override(request: HttpRequest, translation_id: int, overridable_segment_id: int) -> HttpResponse:
    return _asked(edit_translation.edit_override, request, translation_id, overridable_segment_id)


def _checked(translation_id: int, segment_id: int) -> JsonResponse | None:
    """The text with what is wrong about it; nothing where it fits."""
    translation = Translation.objects.select_related("source", "target_locale").get(pk=translation_id)
    segment = StringSegment.objects.get(pk=segment_id)
    row = StringTranslation.objects.select_related("context", "translation_of").get(
        translation_of=segment.string_id, context=segment.context_id, locale=translation.target_locale_id
    )
    if not uploads.mark_fault(translation, row):
        return None
    context = {"translation_source": translation.source}
    return JsonResponse(edit_translation.StringTranslationSerializer(row, context=context).data)


def _asked(view, request: HttpRequest, *args) -> HttpResponse:
    """wagtail-localize answers a missing value with a server error."""
    try:
        return view(request, *args)
    except KeyError:
        return HttpResponseBadRequest()
