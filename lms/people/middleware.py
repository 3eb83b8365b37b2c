import re

from allauth.mfa.utils import is_mfa_enabled
from django.conf import settings
from django.contrib.auth import logout
from django.contrib.auth.views import redirect_to_login
from django.utils import timezone
from django.utils.functional import SimpleLazyObject

from lms.core.zones import zone_of

from .permissions import needs_password
from .second_step.stage import APP, PASSKEY
from .sign_in import opens_admin, took_second_step
from .whereabouts.sessions import seen

STAFF_PAGES = re.compile(r"/cms/|/[a-z-]+/trainer/")
SEEN = "seen"
HALF_A_DAY = 12 * 60 * 60


def country(get_response):
    """`request.country`: the signed-in person's country, None for everyone else. All that lower rooms see of her."""

    def middleware(request):
        request.country = SimpleLazyObject(lambda: getattr(request.user, "country", None))
        return get_response(request)

    return middleware


def clock(get_response):
    """Who is signed in reads every time by the clock of her country: when a quiz closes, when she may try again."""

    def middleware(request):
        if settings.SESSION_COOKIE_NAME not in request.COOKIES:
            return get_response(request)
        with timezone.override(zone_of(getattr(request.user, "country_id", None))):
            return get_response(request)

    return middleware


def admin_needs_password(get_response):
    """Nobody works in the admin on six digits: who signed in with a PIN or a code that was sent to her signs in again,
    and then chooses a password."""

    def middleware(request):
        if _in_admin(request) and not opens_admin(request):
            logout(request)
            return redirect_to_login(request.get_full_path())
        return get_response(request)

    return middleware


def admin_needs_second_step(get_response):
    """Where STAFF_SECOND_STEP is on, nobody works in the admin on a password alone.

    Who has no authenticator yet is led to set one up. Who has one, but signed in before it was hers, signs in again.
    """

    def middleware(request):
        if settings.STAFF_SECOND_STEP and _in_admin(request) and not took_second_step(request):
            if is_mfa_enabled(request.user, [APP, PASSKEY]):
                logout(request)
                return redirect_to_login(request.get_full_path())
            if needs_password(request.user):
                return redirect_to_login(request.get_full_path(), login_url="people:second-step-needed")
        return get_response(request)

    return middleware


def last_seen(get_response):
    """When each of her browsers was last used: told by what she sends, at most twice a day, never by what she reads."""

    def middleware(request):
        response = get_response(request)
        may_tell = settings.SESSION_COOKIE_NAME in request.COOKIES and SEEN not in request.COOKIES
        if request.method == "POST" and may_tell and request.user.is_authenticated:
            seen(request.session.session_key)
            response.set_cookie(SEEN, "1", max_age=HALF_A_DAY, httponly=True, samesite="Lax")
        return response

    return middleware


def _in_admin(request) -> bool:
    """The trainer's room is the admin's other half: as much of people is seen and done there.

    Who is no staff is not signed out for following a link to it: the room itself refuses her.
    """
    if not STAFF_PAGES.match(request.path) or not request.user.is_authenticated:
        return False
    return request.path.startswith("/cms/") or needs_password(request.user)
