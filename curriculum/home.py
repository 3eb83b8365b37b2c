"""The first page and the menus of staff: what waits, what she has begun, the help of her role."""

from django.http import HttpRequest
from django.utils.translation import get_language
from wagtail.admin.ui.components import Component
from wagtail.models import Page

HELP = {
    "Trainers": ["help-trainers"],
    "Clinical reviewers": ["help-reviewers"],
    "HR": ["help-hr"],
    "Country leads": ["help-hr", "help-trainers"],
    "Administrators": ["help-hr", "help-observers", "help-reviewers", "help-trainers"],
}
DRAFTS_SHOWN = 10
ORDER = ["workflow_objects_to_moderate", "user_objects_in_workflow_moderation", "drafts", "recent_edits"]
REPORTS_FOR_ADMINISTRATORS = {"locked-pages", "site-history", "aging-pages", "page-types-usage"}


class DraftsPanel(Component):
    """Pages whose newest version is hers, not published and not yet with a reviewer."""

    name = "drafts"
    template_name = "curriculum/admin/home_drafts.html"

    def get_context_data(self, parent_context):
        user = parent_context["request"].user
        pages = Page.objects.filter(latest_revision__user=user, has_unpublished_changes=True, alias_of=None)
        pages = pages.prefetch_workflow_states().order_by("-latest_revision_created_at")[:DRAFTS_SHOWN]
        return {"drafts": [page for page in pages if not page.workflow_in_progress]}


class HelpPanel(Component):
    name = "help"
    order = 900
    template_name = "curriculum/admin/home_help.html"

    def get_context_data(self, parent_context):
        groups = parent_context["request"].user.groups.values_list("name", flat=True)
        slugs = {slug for name in groups for slug in HELP.get(name, [])}
        if parent_context["request"].user.is_superuser:
            slugs |= set(HELP["Administrators"])
        return {"pages": _in_her_language(slugs)}


def _in_her_language(slugs: set[str]) -> list[Page]:
    wanted = get_language()
    pages = (
        Page.objects.live().filter(slug__in=slugs, locale__language_code__in={wanted, "en"}).select_related("locale")
    )
    by_slug = {page.slug: page for page in sorted(pages, key=lambda page: page.locale.language_code == wanted)}
    return [by_slug[slug] for slug in sorted(by_slug)]


def arrange_panels(request: HttpRequest, panels: list) -> None:
    panels += [DraftsPanel(), HelpPanel()]
    for panel in panels:
        if panel.name in ORDER:
            panel.order = 10 * (ORDER.index(panel.name) + 1)


def tidy_menu(request: HttpRequest, menu_items: list) -> None:
    """Wagtail's own help speaks to developers; ours stands on the first page."""
    menu_items[:] = [item for item in menu_items if item.name != "help"]


def tidy_reports(request: HttpRequest, menu_items: list) -> None:
    if not request.user.is_superuser:
        hidden = set(REPORTS_FOR_ADMINISTRATORS)
        if not request.user.has_perm("wagtail_localize.submit_translation"):
            hidden.add("translations")
        menu_items[:] = [item for item in menu_items if item.name not in hidden]
