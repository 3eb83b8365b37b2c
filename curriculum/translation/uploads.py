"""A translator's PO file into one page's translation: all of it or nothing."""

from django.contrib.auth.models import AbstractBaseUser
from django.core.files.uploadedfile import UploadedFile
from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from wagtail_localize.models import StringTranslation, Translation

from .po import PoError, check, parse
from .texts import texts

LARGEST = 2 * 1024 * 1024
OWNER = "X-WagtailLocalize-TranslationID"


def take(translation: Translation, file: UploadedFile, *, by: AbstractBaseUser) -> str:
    """Bring the file's texts in as hers. Returns what was done, in words. Raises PoError; nothing is written then."""
    if file.size > LARGEST:
        raise PoError(None, _("it is larger than %(size)s.") % {"size": filesizeformat(LARGEST)})
    po = parse(file.read())
    if po.metadata.get(OWNER, str(translation.uuid)) != str(translation.uuid):
        raise PoError(None, _("it belongs to another page or language. Export the file from this page."))
    wanted = {(text.path, text.source): text for text in texts(translation.source.as_instance())}
    filled = [entry for entry in po if entry.msgstr and not entry.obsolete]
    fitting = [entry for entry in filled if (entry.msgctxt, entry.msgid) in wanted]
    if not fitting:
        raise PoError(None, _("no text in it is translated that stands on this page."))
    for entry in fitting:
        check(entry, wanted[entry.msgctxt, entry.msgid])
    left = len(filled) - len(fitting)
    po[:] = fitting
    translation.import_po(po, user=by, tool_name=_("a PO file"))
    return _taken(len(fitting), left)


def mark_fault(translation: Translation, row: StringTranslation) -> bool:
    """Note at a text that does not fit its place that it does not: it is then not used. Whether that is so."""
    wanted = {(text.path, text.source): text for text in texts(translation.source.as_instance())}
    text = wanted.get((row.context.path, row.translation_of.data))
    if text is None or row.has_error:
        return row.has_error
    try:
        check(_Entry(row), text)
    except PoError as error:
        row.has_error, row.field_error = True, error.reason
        row.save(update_fields=["has_error", "field_error"])
    return row.has_error


class _Entry:
    """A text of the side by side as `check` wants it."""

    def __init__(self, row: StringTranslation):
        self.msgid, self.msgstr, self.linenum = row.translation_of.data, row.data, None


def _taken(count: int, left: int) -> str:
    words = ngettext("%(count)s text was taken over.", "%(count)s texts were taken over.", count) % {"count": count}
    if not left:
        return words
    rest = ngettext(
        "%(left)s text of the file does not stand on this page any more and was left out.",
        "%(left)s texts of the file do not stand on this page any more and were left out.",
        left,
    )
    return f"{words} {rest % {'left': left}}"
