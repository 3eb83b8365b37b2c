"""wagtail-localize's side by side, as we open it: also where learners still read the English page, and with what
comes next above it."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from wagtail.admin import messages
from wagtail.models import Page, TranslatableMixin
from wagtail_localize.models import Translation
from wagtail_localize.views.edit_translation import edit_translation

from . import queries, services


def open_side_by_side(request: HttpRequest, page: Page) -> HttpResponse | None:
    """wagtail-localize shows an alias as something to begin with, also when its translation was begun."""
    if page.alias_of_id and (translation := translation_of(page)):
        say_what_is_next(request, page)
        return edit_translation(request, translation, page.specific)
    return None


def refuse_what_is_faulty(request: HttpRequest, thing: TranslatableMixin) -> HttpResponse | None:
    """wagtail-localize publishes a question whose gaps or answers no longer fit together."""
    is_publishing = request.method == "POST" and request.POST.get("action") == "publish"
    found = translation_of(thing) if is_publishing and isinstance(thing, TranslatableMixin) else None
    if found and (words := services.fault(found)):
        messages.error(request, _("Not published: %(reason)s") % {"reason": words})
        return redirect(request.path)
    return None


def say_what_is_next(request: HttpRequest, thing: TranslatableMixin) -> None:
    """Above the side by side: how much is translated, and the way to the review."""
    if request.method != "GET" or not isinstance(thing, TranslatableMixin) or not (found := translation_of(thing)):
        return
    address = reverse("translations:one", args=[found.pk])
    messages.info(request, " ".join(_sentences(found)), buttons=[messages.button(address, _("What comes next"))])


def translation_of(thing: TranslatableMixin) -> Translation | None:
    rows = Translation.objects.filter(source__object_id=thing.translation_key, target_locale=thing.locale_id)
    return rows.filter(enabled=True).select_related("source", "target_locale").first()


def _sentences(translation: Translation) -> list[str]:
    total, done = translation.get_progress()
    words = _("%(done)s of %(total)s texts are translated.") % {"done": done, "total": total}
    machine = queries.by_machine(translation.source.object_id, translation.target_locale_id).count()
    if not machine:
        return [words]
    by_machine = ngettext(
        "A machine wrote %(count)s of them, and nobody has confirmed it yet.",
        "A machine wrote %(count)s of them, and nobody has confirmed them yet.",
        machine,
    )
    return [words, by_machine % {"count": machine}]
