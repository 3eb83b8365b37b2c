from django.db import models
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from wagtail.fields import StreamField
from wagtail.models import DraftStateMixin, PreviewableMixin, RevisionMixin

from lms.core.models import Country

from ..designs.blocks import LogosBlock, SignatoriesBlock, WordingsBlock
from ..designs.colours import ACCENT, FILL, MAIN, check_colour
from ..designs.modes import modes


class CertificateDesign(PreviewableMixin, DraftStateMixin, RevisionMixin, models.Model):
    """What certificates look like, edited by people who write no code. A certificate keeps a copy of what was live.

    Its words, colours and pictures go into the snapshot at the award (`designs.frozen.freeze`); this row is read for
    no drawing after that.
    """

    class Base(models.TextChoices):
        HEM = "hem", _("Hem: centred, with a woven frame")
        LOOM = "loom", _("Loom: to the left, with a woven strip")

    class Orientation(models.TextChoices):
        LANDSCAPE = "landscape", _("Landscape")
        PORTRAIT = "portrait", _("Portrait")

    class Border(models.TextChoices):
        FULL = "full", _("Woven")
        PLAIN = "plain", _("A plain line")
        NONE = "none", _("None")

    name = models.CharField(_("name"), max_length=60, help_text=_("For you. It is not printed."))
    country = models.ForeignKey(
        Country,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("country"),
        help_text=_("Whose design it is. Empty: for all countries."),
    )
    base = models.CharField(_("drawn as"), max_length=10, choices=Base, default=Base.HEM)
    orientation = models.CharField(_("orientation"), max_length=10, choices=Orientation, default=Orientation.LANDSCAPE)
    border = models.CharField(_("border"), max_length=6, choices=Border, default=Border.FULL)
    main_colour = models.CharField(_("main colour"), max_length=7, default=MAIN, validators=[check_colour])
    line_colour = models.CharField(_("colour of lines"), max_length=7, default=ACCENT, validators=[check_colour])
    fill_colour = models.CharField(_("colour of fills"), max_length=7, default=FILL, validators=[check_colour])
    own_title = models.BooleanField(
        _("print the programme’s own title"),
        default=False,
        help_text=_("Otherwise the neutral one. A holder may choose the other for herself."),
    )
    logos = StreamField(LogosBlock(max_num=3, required=False), verbose_name=_("logos"), blank=True)
    signatories = StreamField(SignatoriesBlock(max_num=2, required=False), verbose_name=_("signatories"), blank=True)
    wordings = StreamField(WordingsBlock(required=False), verbose_name=_("wording"), blank=True)

    class Meta:
        ordering = ["name"]
        verbose_name = _("certificate design")
        verbose_name_plural = _("certificate designs")

    def __str__(self):
        return self.name

    @property
    def preview_modes(self):
        return modes()

    @property
    def default_preview_size(self):
        """Wide enough for paper; its words stay large enough to read in a narrow panel."""
        return "tablet"

    def get_preview_template(self, request, mode_name):
        return "certificates/design_preview.html"

    def get_preview_context(self, request, mode_name):
        """Drawn by the template's own tag (certificates/templatetags/design_preview.py)."""
        return {"object": self, "mode": mode_name, "language": get_language()}
