"""Where the translations hang in Wagtail: hooks for curriculum.wagtail_hooks to register."""

from django.urls import include, path, reverse
from django.utils.translation import gettext_lazy as _
from wagtail.admin.menu import MenuItem

from . import editing, permissions, urls

BEFORE_LOCALIZE = -1


def translation_urls():
    return [path("translations/", include(urls)), path("localize/", include(urls.ANSWERED_HERE))]


class TranslationsMenuItem(MenuItem):
    def is_shown(self, request):
        return permissions.may_translate(request.user)


def report_menu_item():
    return TranslationsMenuItem(
        _("Translations"), reverse("translations:list"), name="translation-progress", icon_name="globe", order=90
    )


def one_report_is_enough(request, menu_items):
    """wagtail-localize's own list knows neither machines nor reviews."""
    menu_items[:] = [item for item in menu_items if item.name != "translations"]


HOOKS = [
    ("before_edit_page", editing.refuse_what_is_faulty),
    ("before_edit_page", editing.open_side_by_side),
    ("before_edit_page", editing.say_what_is_next),
    ("before_edit_snippet", editing.refuse_what_is_faulty),
    ("before_edit_snippet", editing.say_what_is_next),
    ("register_admin_urls", translation_urls),
    ("register_reports_menu_item", report_menu_item),
    ("construct_reports_menu", one_report_is_enough),
]
