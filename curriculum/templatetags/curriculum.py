"""Tags of the curriculum's own pages."""

from django import template
from django.conf import settings
from django.utils.safestring import SafeString
from django.utils.translation import get_language

from .. import queries, shelf, slots
from ..checks.report import Report, report
from ..drawings import DRAWINGS
from ..reading import Reading, reading

register = template.Library()


@register.simple_tag(takes_context=True)
def page_slot(context, name: str) -> SafeString:
    """What higher rooms have to say at this place of the page; empty where nobody is enrolled."""
    return slots.fill(context["request"], context["page"], name)


@register.simple_tag(takes_context=True)
def lesson(context) -> Reading:
    """The page's lesson: cards for the reader's country (in a preview for all of them), number, progress, dock."""
    return reading(context["request"], context["page"])


@register.simple_tag(takes_context=True)
def whole_shelf(context) -> dict:
    """For those who read without being enrolled: all that is live on the shelf, or the modules that were sorted out."""
    asked = context["request"].GET
    pages = list(context["page"].get_children().live().select_related("modulepage"))
    kinds = {page: page.modulepage for page in pages if hasattr(page, "modulepage")}
    sorted_by = shelf.sort(asked, [(module.health_area, module.client_groups) for module in kinds.values()])
    held = [page for page, module in kinds.items() if sorted_by.chosen.holds(module.health_area, module.client_groups)]
    return {"shelf": sorted_by, "pages": held if sorted_by.chosen else pages}


@register.simple_tag
def standing(page) -> queries.Standing:
    return queries.standing(page)


@register.simple_tag
def checks(page) -> Report | None:
    """What the server found in the version of a page that was saved last; nothing while it is being made."""
    return report(page) if page.pk else None


@register.simple_tag
def by_machine(page) -> bool:
    """Whether a machine translated it and nobody looked at it since. No query on English pages."""
    translated = get_language() != settings.LANGUAGE_CODE and page.alias_of_id is None
    return translated and queries.standing(page).by_machine


@register.filter
def drawing(name: str) -> str:
    """The template that draws it."""
    return f"curriculum/drawings/{name}.svg"


@register.filter
def shows(name: str) -> str:
    """What a drawing shows, for who cannot see it."""
    return str(DRAWINGS.get(name, name))
