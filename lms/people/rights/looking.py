"""Lines of the audit log about who was here."""

from django.http import HttpRequest
from wagtail.log_actions import log

from ..models import User
from ..permissions import needs_password


def log_sign_in(sender, request: HttpRequest, user: User, **kwargs) -> None:
    """Of those who see other people's records. Where learners sign in, they see themselves, on a page of their own."""
    if needs_password(user):
        log(user, "people.sign_in", user=user, title=user.staff_number)
