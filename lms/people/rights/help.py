"""«Get help»: whom to call, and a code to read out, so that the other side sees what she sees."""

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from lms.core.models import PlatformSettings

from ..models import Posting, User
from ..permissions import SEE_A_COUNTRY
from . import support


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def get_help(request: HttpRequest) -> HttpResponse:
    """The code is shown this once, on the answer to her press; another press makes another."""
    code = support.make_code(request.user) if request.method == "POST" else ""
    look = support.look_at(request.user)
    context = {
        "help_line": request.user.country.help_line or PlatformSettings.load().help_line,
        "code": f"{code[:3]} {code[3:]}".strip(),
        "look": look,
        "role": _role(look.used_by) if look else "",
    }
    return render(request, "people/rights/get_help.html", context)


@login_required
@require_POST
def end(request: HttpRequest) -> HttpResponse:
    support.end(request.user)
    return redirect("people:get-help")


def _role(staff: User) -> str:
    """The name too: she read the code to somebody, and may check that it is this one."""
    posting = Posting.objects.current().filter(person=staff, role__in=SEE_A_COUNTRY).first()
    return f"{staff.get_full_name()}, {posting.get_role_display()}" if posting else staff.get_full_name()
