from django.contrib.auth.backends import ModelBackend

from .models import User


class StaffNumberBackend(ModelBackend):
    """A staff number as people write it («k 104 417») and a secret. An unknown number costs the same hashing."""

    def authenticate(self, request, username=None, password=None, **kwargs):
        number = normal_number(username or kwargs.get("staff_number") or "")
        return super().authenticate(request, username=number, password=password or "")

    def get_user(self, user_id):
        """With her country: every page that a learner reads asks for it."""
        user = next(iter(User.objects.select_related("country").filter(pk=user_id).order_by()), None)
        return user if user and self.user_can_authenticate(user) else None


def normal_number(text: str) -> str:
    return "".join(char for char in text.upper() if char.isalnum())
