"""Tags of the curriculum's own pages."""

from django import template
from django.utils.safestring import SafeString

from .. import queries, slots
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


@register.simple_tag
def standing(page) -> queries.Standing:
    return queries.standing(page)


@register.filter
def drawing(name: str) -> str:
    """The template that draws it."""
    return f"curriculum/drawings/{name}.svg"


@register.filter
def shows(name: str) -> str:
    """What a drawing shows, for who cannot see it."""
    return str(DRAWINGS.get(name, name))
