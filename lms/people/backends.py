from django.contrib.auth.backends import ModelBackend
from django.db.models import Exists, OuterRef

from .models import Device, User

_NEW_DEVICES = Device.objects.filter(person=OuterRef("pk"), noticed_at=None)


class StaffNumberBackend(ModelBackend):
    """A staff number as people write it («k 104 417») and a secret. An unknown number costs the same hashing."""

    def authenticate(self, request, username=None, password=None, **kwargs):
        number = normal_number(username or kwargs.get("staff_number") or "")
        return super().authenticate(request, username=number, password=password or "")

    def get_user(self, user_id):
        """With her country, for which every page that a learner reads asks; and whether a new browser waits for her
        word, so that her home asks for it only then."""
        people = User.objects.select_related("country").annotate(has_new_device=Exists(_NEW_DEVICES))
        user = next(iter(people.filter(pk=user_id).order_by()), None)
        return user if user and self.user_can_authenticate(user) else None


def normal_number(text: str) -> str:
    return "".join(char for char in text.upper() if char.isalnum())


def current_number(number: str) -> str:
    """The number to go by: after a merge the old number and her PIN lead to the record that was kept.

    Looked up for every number alike, so that nobody can tell from the time whether there is such a number.
    """
    merged = User.objects.filter(staff_number=number, merged_into__isnull=False)
    return merged.values_list("merged_into__staff_number", flat=True).order_by().first() or number
