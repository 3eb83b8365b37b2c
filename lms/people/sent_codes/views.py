from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from .. import limits, sign_in
from ..adapter import landing_url
from ..backends import current_number
from ..devices import face_chosen
from ..forms import StaffNumberForm
from ..languages import safe_next
from . import services
from .tasks import send_sign_in_code


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def send_code(request: HttpRequest) -> HttpResponse:
    """Whose code? The answer is the same for every number."""
    if request.user.is_authenticated:
        return redirect(landing_url(request.user))
    chosen = face_chosen(request)
    data = {"staff_number": chosen.person.staff_number} if chosen else request.POST
    form, is_wait = StaffNumberForm(data if request.method == "POST" else None), False
    if form.is_bound and form.is_valid():
        try:
            number = current_number(form.cleaned_data["staff_number"])
            send_sign_in_code.enqueue(*services.ask(request, number))
            return redirect(_with_next(request, "people:sent-code"))
        except limits.NoTriesLeft:
            is_wait = True
    context = {"form": form, "next": safe_next(request), "is_wait": is_wait}
    return render(request, "people/ways/send_code.html", context, status=429 if is_wait else 200)


@never_cache
@sensitive_post_parameters("code")
@require_http_methods(["GET", "HEAD", "POST"])
def sent_code(request: HttpRequest) -> HttpResponse:
    """The code that came. It opens her learning; the admin wants a password too."""
    if request.user.is_authenticated:
        return redirect(safe_next(request) or landing_url(request.user))
    error, status = "", 200
    try:
        services.asked(request)
        if request.method == "POST":
            typed = "".join(filter(str.isdigit, request.POST.get("code", "")))
            return sign_in.let_in(request, services.use_code(request, typed), sign_in.SENT_CODE, safe_next(request))
    except services.NoCodeAsked:
        return redirect(_with_next(request, "people:send-code"))
    except sign_in.WrongSecret:
        error = _("That code is not right. Look at the newest message.")
    except limits.NoTriesLeft:
        error, status = _("There were too many wrong tries. Wait one hour, or ask your trainer."), 429
    return render(request, "people/ways/sent_code.html", {"error": error, "next": safe_next(request)}, status=status)


def _with_next(request: HttpRequest, name: str) -> str:
    """Where she was going comes along."""
    query = urlencode({"next": safe_next(request)}) if safe_next(request) else ""
    return f"{reverse(name)}?{query}" if query else reverse(name)
