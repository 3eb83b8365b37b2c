"""What signing in hangs in elsewhere: its messages, what the audit log says of it, its button, what is due by date."""

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin.widgets.button import HeaderButton

from lms.messaging.kinds import Kind

from .models import User
from .permissions import may_reset
from .whereabouts.notices import forget_old_notices
from .whereabouts.sessions import forget_old_sessions


def kinds_of_signing_in() -> list[Kind]:
    """Neutral: whoever else reads her messages learns nothing about her work."""
    samples = {"code": "604817"}
    label = gettext_lazy("Code to sign in")
    code = Kind("sign_in_code", label, ("code",), _code, urgent=True, secret=True, samples=samples)
    return [code, Kind("new_device", gettext_lazy("Signed in on a new phone"), (), _new_device)]


def _code() -> tuple[str, str]:
    return _("Your code"), _("Your code is {code}. It works for 10 minutes. Give it to nobody.")


def _new_device() -> tuple[str, str]:
    text = _("Your number signed in on a new phone. Was it not you? Open %(site)s, or tell your trainer.")
    return _("Was it you?"), text % {"site": settings.BASE_URL.split("://")[-1]}


def actions_of_signing_in(actions):
    actions.register_action("people.lift_lock_out", _("Lift the lock-out"), _("Wrong tries forgiven"))
    actions.register_action("people.add_second_step", _("Add a second step"), _("Second step or passkey added"))
    actions.register_action("people.remove_second_step", _("Remove a second step"), _("Second step or passkey removed"))
    actions.register_action("people.new_recovery_codes", _("New recovery codes"), _("Recovery codes made anew"))
    actions.register_action("people.reset_second_step", _("Reset the second step"), _("Second step reset"))
    actions.register_action(
        "people.was_not_her", _("It was not me"), _("A new phone was not hers: shut out everywhere")
    )


def lift(user: User, person: User) -> list[HeaderButton]:
    if not may_reset(user, person):
        return []
    url = reverse("staff_people:lift", args=[person.pk])
    return [HeaderButton(_("Lift the lock-out"), url=url, icon_name="lock-open", priority=150)]


def way_from_account(request) -> dict[str, str]:
    """From Wagtail's account page to her own."""
    text = _("Where you are signed in, your second step, passkeys.")
    return {"url": reverse("people:my-sign-in"), "label": _("Signing in"), "help_text": text}


def forget_sign_ins():
    forget_old_sessions()
    forget_old_notices()
