from allauth.mfa.models import Authenticator
from allauth.mfa.stages import AuthenticateStage
from allauth.mfa.utils import is_mfa_enabled
from allauth.mfa.webauthn.internal.flows import did_use_passwordless_login
from django.shortcuts import redirect

from ..permissions import needs_password

APP, PASSKEY = Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN


class SecondStep(AuthenticateStage):
    """After the PIN or password: whoever has an authenticator shows it. To a learner her passkey is only a quick way
    in; she is never asked for it besides her PIN."""

    urlname = "people:second-step"

    def handle(self):
        if not self._is_due():
            return None, True
        self.state["authentication_required"] = True
        return redirect(self.urlname), True

    def _is_due(self) -> bool:
        person = self.login.user
        if person is None or did_use_passwordless_login(self.request, person):
            return False
        return is_mfa_enabled(person, [APP, PASSKEY] if needs_password(person) else [APP])
