"""How allauth behaves here: nobody signs up, no greeting messages. And where people land after signing in."""

from allauth.account.adapter import DefaultAccountAdapter
from django.conf import settings
from django.contrib import messages
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from .devices import remember_device
from .models import Role, User
from .whereabouts import notices

STAGES = ["lms.people.second_step.stage.SecondStep"]


class AccountAdapter(DefaultAccountAdapter):
    def is_open_for_signup(self, request):
        return False

    def add_message(self, *args, **kwargs):
        """None of allauth's: our pages say themselves what happened."""

    def respond_user_inactive(self, request, user):
        return redirect("people:sign-in")

    def get_login_stages(self):
        """Without those for e-mail and phone, which we do ourselves."""
        return STAGES

    def get_login_redirect_url(self, request):
        return landing_url(request.user)

    def is_reauthentication_required(self, **kwargs):
        """Our views ask for the PIN or password again before they call allauth's flows."""
        return False

    def post_login(self, request, user, **kwargs):
        """After the last step of signing in: this browser is now one of hers, and speaks her language."""
        response = super().post_login(request, user, **kwargs)
        device, is_new = remember_device(request, response, user)
        if is_new:
            notices.tell(device)
        elif works_in_admin(user) and notices.to_notice(request):
            text = _(
                "Your number signed in on a new phone or computer. Was it you? Look under your account: Signing in."
            )
            messages.warning(request, text)
        if not user.first_signed_in_at:
            user.first_signed_in_at = timezone.now()
            user.save(update_fields=["first_signed_in_at"])
        set_language_cookie(response, user.language)
        return response


def works_in_admin(user: User) -> bool:
    return user.has_perm("wagtailadmin.access_admin")


def landing_url(user: User) -> str:
    """The admin for staff who are not learners themselves, home for everyone else."""
    if works_in_admin(user) and not user.postings.current().filter(role=Role.LEARNER).exists():
        return reverse("wagtailadmin_home")
    with translation.override(user.language):
        return reverse("wagtail_serve", args=[""])


def set_language_cookie(response, language: str) -> None:
    response.set_cookie(
        settings.LANGUAGE_COOKIE_NAME,
        language,
        max_age=settings.SESSION_COOKIE_AGE * 12,
        samesite="Lax",
        secure=settings.SESSION_COOKIE_SECURE,
    )
