"""Changes to a person's authenticators: add, replace, remove, new recovery codes. The audit log tells each."""

from allauth.account.internal.flows.login import record_authentication
from allauth.mfa.base.internal.flows import delete_and_cleanup
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.recovery_codes.internal.flows import generate_recovery_codes
from allauth.mfa.totp.forms import ActivateTOTPForm
from allauth.mfa.totp.internal.flows import activate_totp
from allauth.mfa.webauthn.internal.auth import WebAuthn
from django.db import transaction
from django.http import HttpRequest
from wagtail.log_actions import log

from ..models import User
from ..permissions import needs_password
from ..sign_in import SECOND_STEP
from .stage import APP, PASSKEY

MOST_PASSKEYS = 10


class LastSecondStep(Exception):
    """Her work needs a second step, and this is the only one that she has."""


class TooManyPasskeys(Exception):
    """Ten are enough."""


@transaction.atomic
def add_app(request: HttpRequest, form: ActivateTOTPForm) -> list[str]:
    """Take the authenticator app whose code she typed, in the place of an older one.

    Answers new recovery codes, this once; none where she has some already.
    """
    person = _locked(request.user)
    Authenticator.objects.filter(user=person, type=APP).delete()
    app, codes = activate_totp(request, form)
    _added(request, app)
    return codes.wrap().generate_codes() if codes else []


@transaction.atomic
def add_passkey(request: HttpRequest, name: str, credential: dict) -> list[str]:
    """Keep a passkey that the browser made. Staff get recovery codes with the first, as with an app.

    Raises TooManyPasskeys.
    """
    person = _locked(request.user)
    if Authenticator.objects.filter(user=person, type=PASSKEY).count() >= MOST_PASSKEYS:
        raise TooManyPasskeys
    passkey = WebAuthn.add(person, name, credential).instance
    _added(request, passkey)
    has_codes = Authenticator.objects.filter(user=person, type=Authenticator.Type.RECOVERY_CODES).exists()
    return [] if has_codes or not needs_password(person) else RecoveryCodes.activate(person).generate_codes()


@transaction.atomic
def remove(request: HttpRequest, authenticator: Authenticator) -> None:
    """Remove an app or a passkey, and the recovery codes with the last. Raises LastSecondStep."""
    person = _locked(request.user)
    others = Authenticator.objects.filter(user=person, type__in=[APP, PASSKEY]).exclude(pk=authenticator.pk)
    if needs_password(person) and not others.exists():
        raise LastSecondStep
    delete_and_cleanup(request, authenticator)
    _log(person, "people.remove_second_step", type=authenticator.type)


@transaction.atomic
def new_recovery_codes(request: HttpRequest) -> list[str]:
    """Cancel the old recovery codes; answers new ones, this once."""
    codes = generate_recovery_codes(request).wrap().generate_codes()
    _log(request.user, "people.new_recovery_codes")
    return codes


def codes_left(person: User) -> int:
    """How many recovery codes she has not used."""
    codes = Authenticator.objects.filter(user=person, type=Authenticator.Type.RECOVERY_CODES).first()
    return len(codes.wrap().get_unused_codes()) if codes else 0


def _locked(person: User) -> User:
    return User.objects.select_for_update().get(pk=person.pk)


def _added(request: HttpRequest, authenticator: Authenticator) -> None:
    """This session has shown it, too: she goes on to her work at once."""
    record_authentication(request, request.user, SECOND_STEP, type=authenticator.type, id=authenticator.pk)
    _log(request.user, "people.add_second_step", type=authenticator.type)


def _log(person: User, action: str, **data) -> None:
    log(person, action, user=person, title=person.staff_number, data={key: str(value) for key, value in data.items()})
