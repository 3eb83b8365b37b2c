"""Where higher rooms write on a curriculum page: a named hook, so that curriculum knows no learner.

A hook `curriculum_page_slot(request, page, slot, **details)` answers HTML, or nothing. The slots are:
module: counts, units, dock · lesson: progress, dock (details: `cards`, their ids) · programme and shelf: path, dock.
In a preview a lesson also says `at`: the number of the card at which the reader is shown, None where nobody reads.
"""

from django.http import HttpRequest
from django.utils.html import format_html_join
from django.utils.safestring import SafeString
from wagtail import hooks
from wagtail.models import Page


def fill(request: HttpRequest, page: Page, slot: str, **details) -> SafeString:
    parts = [hook(request, page, slot, **details) for hook in hooks.get_hooks("curriculum_page_slot")]
    return format_html_join("", "{}", ((part,) for part in parts if part))
