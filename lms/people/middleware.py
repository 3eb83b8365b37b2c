from django.conf import settings
from django.contrib.auth import logout
from django.contrib.auth.views import redirect_to_login
from django.utils import timezone
from django.utils.functional import SimpleLazyObject

from lms.core.zones import zone_of

from .sign_in import used_a_pin


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
    """Nobody works in the admin on six digits: who signed in with a PIN signs in again, and then chooses a password."""

    def middleware(request):
        if request.path.startswith("/cms/") and request.user.is_authenticated and used_a_pin(request):
            logout(request)
            return redirect_to_login(request.get_full_path())
        return get_response(request)

    return middleware
