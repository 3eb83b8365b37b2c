"""The form for a recording: what the file is, it says itself; what is too heavy is told how to become lighter."""

from django.core.exceptions import ValidationError
from django.forms import FileInput
from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext as _
from wagtailmedia.forms import BaseMediaForm

from .kinds import LARGEST
from .reading import Heard, NotARecording, listen


class RecordingForm(BaseMediaForm):
    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        # All lie together: the shelves below are for pictures.
        self.collections = self.collections.order_by("path")[:1]
        self.fields.pop("collection", None)
        # Set here and not in Meta: wagtailmedia builds the form's fields from the model.
        if "file" in self.fields:
            self.fields["file"].help_text = _help(self.instance.type)
            self.fields["file"].widget = FileInput(attrs={"accept": self.get_file_accept_value(self.instance.type)})

    def clean_file(self):
        file = self.cleaned_data["file"]
        if "file" not in self.changed_data:
            return file
        try:
            heard = listen(file)
        except NotARecording:
            raise ValidationError(_wrong_kind(self.instance.type)) from None
        if heard.kind.media != self.instance.type:
            raise ValidationError(_wrong_kind(self.instance.type))
        if problem := _too_heavy(file.size, heard):
            raise ValidationError(problem)
        self.instance.duration = round(heard.seconds, 1)
        file.name = f"recording{heard.kind.suffix}"
        return file


def _help(media: str) -> str:
    most = filesizeformat(LARGEST[media])
    if media == "audio":
        words = _("Opus (Ogg), MP3 or M4A, at most %(most)s. Speech is clear at 24 kbit/s, one channel.")
    else:
        words = _("MP4 or WebM, at most %(most)s. A phone needs no more than 360 lines.")
    return words % {"most": most}


def _wrong_kind(media: str) -> str:
    if media == "audio":
        return _("This is not a sound that every phone plays. Save it as Opus (Ogg), MP3 or M4A and choose it again.")
    return _("This is not a film that every phone plays. Save it as MP4 or WebM and choose it again.")


def _too_heavy(size: int, heard: Heard) -> str:
    """Says what is too much and how to make it less; nothing where the file is light enough."""
    media, rate = heard.kind.media, size * 8 / heard.seconds
    words = {"size": filesizeformat(size), "most": filesizeformat(LARGEST[media])}
    words |= {"rate": round(rate / 1000), "limit": heard.kind.most // 1000, "how": _how(media)}
    if size > LARGEST[media]:
        return _("The file has %(size)s; the limit is %(most)s. Cut it into shorter parts, or: %(how)s") % words
    if rate > heard.kind.most:
        return _("The file has %(rate)s kbit/s; the limit is %(limit)s. %(how)s") % words
    return ""


def _how(media: str) -> str:
    if media == "audio":
        return _("Save it again as one channel (mono), 24 to 32 kbit/s, as Opus or MP3.")
    return _("Save it again 640 × 360 large, with 15 pictures a second and 250 to 350 kbit/s.")
