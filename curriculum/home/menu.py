"""The menus of staff: in the words of the product, in the order of the work, and only what her role can use."""

from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from .boards import writes_or_reviews

# By name of the item. What is not named here stands where its room put it, after all of these.
ORDER = [
    *("explorer", "modules", "questions", "facts", "glossary", "country-values", "handbooks"),
    *("images", "media", "documents", "withdrawn", "tests", "people", "intake", "certificates"),
]
LABELS = {"explorer": _("Learn"), "images": _("Pictures")}
LAST = 1000  # after every room has said its part
NOT_FOR_US = {"help"}  # Wagtail's own speaks to developers; ours stands on the first page
FOR_AUTHORS = {"explorer", "modules"}
REPORTS_FOR_ADMINISTRATORS = {
    *("locked-pages", "site-history", "aging-pages", "page-types-usage"),
    *("workflows", "workflow-tasks"),  # what is under way stands on the first page and in our report of reviews
}


def tidy_menu(request: HttpRequest, menu_items: list) -> None:
    hidden = NOT_FOR_US if writes_or_reviews(request.user) else NOT_FOR_US | FOR_AUTHORS
    menu_items[:] = [item for item in menu_items if item.name not in hidden]
    for item in menu_items:
        item.label = LABELS.get(item.name, item.label)
        if item.name in ORDER:
            item.order = ORDER.index(item.name)


def tidy_reports(request: HttpRequest, menu_items: list) -> None:
    if not request.user.is_superuser:
        menu_items[:] = [item for item in menu_items if item.name not in REPORTS_FOR_ADMINISTRATORS]


def tidy_summary(request: HttpRequest, items: list) -> None:
    """How many pages, pictures and documents there are tells nobody what to do."""
    items.clear()
