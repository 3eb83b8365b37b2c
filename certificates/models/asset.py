from django.db import models
from django.utils import timezone

from .permanent import Permanent, PermanentQuerySet
from .register import private_storage


def asset_path(asset, filename) -> str:
    return f"certificate-assets/{asset.sha256}"


class CertificateAsset(Permanent):
    """A logo or a signature as designs had it when a certificate was awarded: bytes under their own hash, for ever."""

    sha256 = models.CharField(max_length=64, primary_key=True)
    content_type = models.CharField(max_length=20)
    width = models.PositiveIntegerField()
    height = models.PositiveIntegerField()
    file = models.FileField(storage=private_storage, upload_to=asset_path)
    kept_at = models.DateTimeField(default=timezone.now)

    objects = PermanentQuerySet.as_manager()
