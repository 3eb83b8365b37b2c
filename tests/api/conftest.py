from datetime import timedelta
from uuid import uuid4

import pytest
from django.utils import timezone

from lms.api.services import make_token


@pytest.fixture
def token(administrator, kenya):
    """The row and its text, for certificates of Kenya."""
    tomorrow = timezone.localdate() + timedelta(days=1)
    return make_token(key=uuid4(), by=administrator, name="Registry", countries=[kenya], expires_on=tomorrow)


@pytest.fixture
def ask(client, token):
    """Ask an address with the token, or with another one."""

    def post(path, body, text=token[1], **extra):
        headers = {"Authorization": f"Bearer {text}"} if text else {}
        return client.post(f"/api/v1/certificates/{path}", body, "application/json", headers=headers, **extra)

    return post
