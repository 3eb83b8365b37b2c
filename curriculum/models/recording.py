import uuid
from pathlib import PurePath

from django.conf import settings
from django.core.files.storage import storages
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from wagtailmedia.models import AbstractMedia

from ..recordings.kinds import KINDS


def private_storage():
    return storages["private"]


def recording_path(recording, filename: str) -> str:
    """A random name: a new file never takes the address of an old one that a phone has kept."""
    return f"recordings/{uuid.uuid4().hex}{PurePath(filename).suffix.lower()}"


class Recording(AbstractMedia):
    """A sound or film of a lesson. Who cannot or does not want to load it reads the transcript."""

    file = models.FileField(_("file"), upload_to=recording_path, storage=private_storage)
    transcript = models.TextField(
        _("transcript"), help_text=_("Every word that is said, and what is to be seen: many read it instead")
    )
    language = models.CharField(_("language"), max_length=5, default="en", choices=settings.LANGUAGES)
    updated_at = models.DateTimeField(auto_now=True)

    admin_form_fields = ("title", "file", "language", "transcript", "collection", "tags")

    class Meta(AbstractMedia.Meta):
        verbose_name = _("recording")
        verbose_name_plural = _("recordings")

    @property
    def url(self) -> str:
        """Its door: behind the sign-in, never the store's own address."""
        return reverse("recording", args=[self.filename])

    @property
    def content_type(self) -> str:
        return KINDS[PurePath(self.file.name).suffix].content_type

    @property
    def sources(self) -> list[dict]:
        return [{"src": self.url, "type": self.content_type}]

    @property
    def length(self) -> str:
        """Minutes and seconds, such as 2:05."""
        minutes, seconds = divmod(round(self.duration), 60)
        return f"{minutes}:{seconds:02}"
