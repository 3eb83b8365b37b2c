"""What assessments writes on a module's page: the practicals that belong to it. See curriculum/slots.py."""

from django.http import HttpRequest
from django.template.loader import render_to_string
from wagtail.models import Page

from curriculum.models import ModulePage
from lms.learning import slots
from lms.learning.steps import Standing, Step

from . import queries


def fill(request: HttpRequest, page: Page, slot: str, **_details) -> str:
    """HTML below what learning writes in the slots «counts» and «units»; nothing for those who are not enrolled."""
    standing = getattr(request, "standing", None)
    if standing is None or slot not in ("counts", "units") or not isinstance(page, ModulePage):
        return ""
    steps = _steps(request, standing, page)
    return render_to_string(f"assessments/module_{slot}.html", {"steps": steps}, request) if steps else ""


def _steps(request: HttpRequest, standing: Standing, module: ModulePage) -> list[Step]:
    """Her practicals of this module, in the order of her path. Asked once a request, however many slots there are."""
    if not hasattr(request, "practicals_read"):
        watched = [step for step in slots.path_of(request, standing).steps if step.kind == "practical"]
        keys = queries.practicals_of(module, [step.key for step in watched]) if watched else set()
        request.practicals_read = [step for step in watched if step.key in keys]
    return request.practicals_read
