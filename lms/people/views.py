from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import check_for_language, get_language, get_language_info
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt, csrf_protect
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from lms.core.context import LOOKS
from lms.core.models import PlatformSettings

from . import limits, services
from . import sign_in as flow
from .adapter import landing_url, set_language_cookie
from .devices import face_chosen, faces
from .forms import ChooseSecretForm, StaffNumberForm
from .languages import in_language, safe_next
from .permissions import needs_password

WAYS = ("pin", "password", "code")


@csrf_exempt
@never_cache
@sensitive_post_parameters("secret")
@require_http_methods(["GET", "HEAD", "POST"])
def sign_in(request: HttpRequest) -> HttpResponse:
    """Who is signed in already goes on. A form sent twice would else meet a page that is no longer hers."""
    if request.user.is_authenticated:
        return redirect(safe_next(request) or landing_url(request.user))
    return _sign_in(request)


@csrf_protect
def _sign_in(request: HttpRequest) -> HttpResponse:
    who = Who(request)
    if not who.is_told:
        return _sign_in_page(request, who, faces=faces(request) if who.way == flow.PIN else [])
    if not request.POST.get("secret"):
        return _sign_in_page(request, who, step="secret")
    try:
        proof = flow.prove(request, who.number, request.POST["secret"])
    except flow.WrongSecret as wrong:
        return _sign_in_page(request, who, step="secret", tries_left=wrong.tries_left)
    except limits.NoTriesLeft:
        return _sign_in_page(request, who, step="wait", status=429)
    if proof.must_choose:
        flow.hold(request, proof, safe_next(request))
        return redirect("people:choose-secret")
    return flow.let_in(request, proof.person, proof.method, safe_next(request))


class Who:
    """Who signs in, by staff number or by her picture on this phone, and which secret is asked for."""

    def __init__(self, request: HttpRequest):
        self.chosen = face_chosen(request)
        data = {"staff_number": self.chosen.person.staff_number} if self.chosen else request.POST
        self.form = StaffNumberForm(data if request.method == "POST" else None)
        self.is_told = self.form.is_bound and self.form.is_valid()
        asked = request.GET.get("with")
        self.way = asked if asked in WAYS else flow.PIN
        if self.chosen and self.way == flow.PIN and needs_password(self.chosen.person):
            self.way = flow.PASSWORD

    @property
    def number(self) -> str:
        return self.form.cleaned_data["staff_number"]


def _sign_in_page(
    request: HttpRequest, who: Who, *, step: str = "number", status: int = 200, **context
) -> HttpResponse:
    context |= {"form": who.form, "way": who.way, "chosen": who.chosen, "step": step}
    context |= {"next": safe_next(request), "tries_an_hour": limits.TRIES}
    return render(request, "people/sign_in.html", context, status=status)


@csrf_exempt
@never_cache
@sensitive_post_parameters("secret", "again")
@require_http_methods(["GET", "HEAD", "POST"])
def choose_secret(request: HttpRequest) -> HttpResponse:
    """After a one-time code, or after a PIN where a password is due. Sent twice, the second finds her signed in."""
    if request.user.is_authenticated:
        return redirect(landing_url(request.user))
    return _choose_secret(request)


@csrf_protect
def _choose_secret(request: HttpRequest) -> HttpResponse:
    try:
        proof, next_url = flow.held(request)
        wants_password = needs_password(proof.person)
        form = ChooseSecretForm(proof.person, wants_password, request.POST or None)
        if form.is_bound and form.is_valid():
            person = services.choose_secret(proof.person, proof.code, form.cleaned_data["secret"])
            return flow.let_in(request, person, flow.PASSWORD if wants_password else flow.PIN, next_url)
    except (flow.NothingToChoose, services.CodeNotOpen):
        return render(request, "people/choose_closed.html", status=410)
    context = {"form": form, "wants_password": wants_password, "person": proof.person}
    return render(request, "people/choose_secret.html", context)


@require_POST
def sign_out(request: HttpRequest) -> HttpResponse:
    flow.let_out(request)
    return redirect("people:sign-in")


@require_safe
def forgot(request: HttpRequest) -> HttpResponse:
    """What to do. Asks for nothing, so it tells nothing about anyone."""
    own = request.user.country.help_line if request.user.is_authenticated else ""
    return render(request, "people/forgot.html", {"help_line": own or PlatformSettings.load().help_line})


@require_http_methods(["GET", "HEAD", "POST"])
def language(request: HttpRequest) -> HttpResponse:
    """The grid of native names; the choice is kept for the person, or until she signs in."""
    if request.method != "POST":
        names = [get_language_info(code) for code, _ in settings.LANGUAGES]
        context = {"names": names, "by_machine": settings.MACHINE_TRANSLATED, "next": safe_next(request)}
        return render(request, "people/language.html", context)
    code = request.POST.get("language", "")
    if code not in dict(settings.LANGUAGES) or not check_for_language(code):
        return redirect("people:language")
    flow.keep_language(request, code)
    response = redirect(in_language(safe_next(request) or f"/{get_language()}/", code))
    set_language_cookie(response, code)
    return response


@require_POST
def look(request: HttpRequest) -> HttpResponse:
    """Auto, Sun or Night: kept on this phone only, since it is about where she sits."""
    chosen = request.POST.get("look", "")
    response = redirect(safe_next(request) or "/")
    if chosen in LOOKS:
        response.set_cookie("look", chosen, max_age=settings.SESSION_COOKIE_AGE, httponly=True, samesite="Lax")
    else:
        response.delete_cookie("look", samesite="Lax")
    return response
