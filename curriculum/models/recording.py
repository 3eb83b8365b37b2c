from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtailmedia.models import AbstractMedia


class Recording(AbstractMedia):
    """A sound or film of a lesson. Who cannot or does not want to load it reads the transcript."""

    transcript = models.TextField(
        _("transcript"), help_text=_("Every word that is said, and what is to be seen: many read it instead")
    )
    language = models.CharField(_("language"), max_length=5, default="en", choices=settings.LANGUAGES)

    admin_form_fields = ("title", "file", "language", "transcript", "duration", "collection", "tags")

    class Meta(AbstractMedia.Meta):
        verbose_name = _("recording")
        verbose_name_plural = _("recordings")
