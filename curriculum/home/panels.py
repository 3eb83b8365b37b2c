"""The first page: what waits for her, then the help of her role."""

from django.http import HttpRequest
from django.utils.translation import get_language
from wagtail.admin.ui.components import Component
from wagtail.models import Page

from .boards import boards_of

HELP = {
    "Trainers": ["help-trainers"],
    "Clinical reviewers": ["help-reviewers"],
    "HR": ["help-hr"],
    "Country leads": ["help-hr", "help-trainers"],
    "Administrators": ["help-hr", "help-keys", "help-observers", "help-reviewers", "help-trainers"],
}
SHOWN = 5
OURS_INSTEAD = {"workflow_objects_to_moderate", "user_objects_in_workflow_moderation", "recent_edits"}


class WorkPanel(Component):
    """A short list of each thing that waits for her, with its count and the way to all of it."""

    name = "work"
    order = 50
    template_name = "curriculum/admin/home_work.html"

    def get_context_data(self, parent_context):
        user = parent_context["request"].user
        found = [(board, board.read(user)) for board in boards_of(user)]
        return {"boards": [(board, lines[:SHOWN], len(lines)) for board, lines in found if lines or board.empty]}


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


def arrange(request: HttpRequest, panels: list) -> None:
    """Wagtail's own lists of drafts and reviews make room for ours."""
    panels[:] = [panel for panel in panels if panel.name not in OURS_INSTEAD]
    panels += [WorkPanel(), HelpPanel()]


def _in_her_language(slugs: set[str]) -> list[Page]:
    wanted = get_language()
    pages = (
        Page.objects.live().filter(slug__in=slugs, locale__language_code__in={wanted, "en"}).select_related("locale")
    )
    by_slug = {page.slug: page for page in sorted(pages, key=lambda page: page.locale.language_code == wanted)}
    return [by_slug[slug] for slug in sorted(by_slug)]
