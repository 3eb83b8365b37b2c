"""Who comes in: a token in the header «Authorization: Bearer …», with the scope that the address asks for."""

from allauth.core.internal.ratelimit import get_ip
from django.contrib.auth.models import AnonymousUser
from drf_spectacular.extensions import OpenApiAuthenticationExtension
from rest_framework.authentication import BaseAuthentication, get_authorization_header
from rest_framework.exceptions import AuthenticationFailed, PermissionDenied
from rest_framework.permissions import BasePermission

from . import limits
from .models import Scope
from .services import find_token

WRONG = "This token is unknown, withdrawn or expired. Ask the people who gave it to you for a new one."
MISSING_SCOPE = "This token may not be used for that."
LONGEST = 200


class BearerToken(BaseAuthentication):
    """`request.auth` is the ApiToken. Nobody is signed in by it."""

    def authenticate(self, request):
        scheme, _space, text = get_authorization_header(request).decode("latin-1").partition(" ")
        if scheme.lower() != "bearer" or not text.strip():
            return None
        token = find_token(text.strip()) if len(text) < LONGEST else None
        if token is None:
            limits.count_wrong_token(get_ip(request._request))
            raise AuthenticationFailed(WRONG)
        limits.count_request(str(token.pk))
        return AnonymousUser(), token

    def authenticate_header(self, request):
        return "Bearer"


class MayCheckCertificates(BasePermission):
    message = MISSING_SCOPE

    def has_permission(self, request, view):
        if request.auth is None:
            return False
        if Scope.CHECK not in request.auth.scopes:
            raise PermissionDenied(MISSING_SCOPE)
        return True


class BearerTokenSchema(OpenApiAuthenticationExtension):
    target_class = "lms.api.doors.BearerToken"
    name = "token"

    def get_security_definition(self, auto_schema):
        return {"type": "http", "scheme": "bearer", "description": "An administrator of the site gives it to you."}
