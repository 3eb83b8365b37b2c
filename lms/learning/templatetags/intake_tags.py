"""What the preview of an intake shows in a cell: what was understood, else what was typed."""

from datetime import date

from django import template
from django.utils.formats import date_format
from django.utils.text import Truncator

from lms.people.models import Site

from ..intake.checking import CheckedRow

register = template.Library()


@register.simple_tag
def cell(row: CheckedRow, key: str) -> str:
    value = row.recruit[key] if row.recruit else row.values.get(key, "")
    if isinstance(value, Site):
        return value.code
    if isinstance(value, date):
        return date_format(value, "j M Y")
    return Truncator(str(value or "")).chars(60)
