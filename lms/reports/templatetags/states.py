from django import template

from ..states import State

register = template.Library()


@register.filter
def state_label(value: str) -> str:
    return State(value).label
