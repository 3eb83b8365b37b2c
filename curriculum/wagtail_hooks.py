"""Doors into Wagtail: what hangs where. What each does stands in its own module."""

from django.templatetags.static import static
from django.urls import include, path, reverse
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.snippets.models import register_snippet

from . import editing, permissions, urls, viewsets
from .checks import publishing, weights
from .country_values import urls as value_urls
from .facts import history
from .facts import urls as fact_urls
from .facts.verdicts.services import forget_old_sheets
from .facts.viewset import FactViewSet
from .glossary.viewset import GlossaryViewSet
from .home import menu, panels
from .home import urls as home_urls
from .module_list import ModuleListViewSet
from .recordings.menu import call_it_recordings
from .review import doors as review_doors
from .search.areas import SnippetArea
from .translation import doors as translation_doors

register_snippet(FactViewSet)
register_snippet(GlossaryViewSet)
register_snippet(viewsets.CountryValueViewSet)

hooks.register("register_admin_viewset", ModuleListViewSet)
hooks.register("before_edit_page", editing.keep_published_revisions, order=-2)
hooks.register("before_edit_page", editing.say_that_it_is_withdrawn, order=-1)
hooks.register("before_edit_page", editing.offer_a_first_lesson)
hooks.register("after_create_page", editing.say_what_was_found)
hooks.register("after_edit_page", editing.say_what_was_found)
hooks.register("after_publish_page", editing.say_that_it_is_not_reviewed)
hooks.register("before_bulk_action", publishing.refuse_many)
hooks.register("register_page_header_buttons", editing.withdraw_button)
hooks.register("register_page_listing_more_buttons", editing.withdraw_button)
hooks.register("register_log_actions", history.log_actions)
hooks.register("tick", forget_old_sheets)
hooks.register("tick", weights.measure_live)
hooks.register("construct_homepage_panels", panels.arrange)
hooks.register("construct_main_menu", menu.tidy_menu)
hooks.register("construct_main_menu", call_it_recordings)
hooks.register("construct_reports_menu", menu.tidy_reports)
hooks.register("construct_homepage_summary_items", menu.tidy_summary, order=menu.LAST)

for room in (review_doors, translation_doors):
    for name, hook in room.HOOKS:
        hooks.register(name, hook, order=room.BEFORE_LOCALIZE)


@hooks.register("role_permissions")
def permissions_of_roles():
    return permissions.ROLES


@hooks.register("insert_editor_js")
def checks_beside_the_cards() -> str:
    return format_html('<script src="{}" type="module"></script>', static("js/checks.js"))


@hooks.register("register_admin_urls")
def withdrawal_urls():
    return [
        path("withdrawals/", include(urls)),
        path("facts/", include(fact_urls)),
        path("to-do/", include(home_urls)),
        path("country-values/", include(value_urls)),
    ]


class WithdrawnMenuItem(MenuItem):
    def is_shown(self, request):
        return permissions.may_withdraw(request.user)


@hooks.register("register_admin_menu_item")
def withdrawn_menu_item():
    return WithdrawnMenuItem(
        _("Withdrawn"), reverse("curriculum:withdrawal-list"), name="withdrawn", icon_name="no-view", order=209
    )


@hooks.register("register_admin_search_area")
def search_facts():
    return SnippetArea(FactViewSet, order=110)


@hooks.register("register_admin_search_area")
def search_glossary():
    return SnippetArea(GlossaryViewSet, order=130)
