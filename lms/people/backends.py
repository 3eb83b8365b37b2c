from django.contrib.auth.backends import ModelBackend


class StaffNumberBackend(ModelBackend):
    """A staff number as people write it («k 104 417») and a secret. An unknown number costs the same hashing."""

    def authenticate(self, request, username=None, password=None, **kwargs):
        number = normal_number(username or kwargs.get("staff_number") or "")
        return super().authenticate(request, username=number, password=password or "")


def normal_number(text: str) -> str:
    return "".join(char for char in text.upper() if char.isalnum())
