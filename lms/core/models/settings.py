from django.core.validators import MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.contrib.settings.models import BaseGenericSetting, register_setting


@register_setting(icon="cogs")
class PlatformSettings(BaseGenericSetting):
    """What an administrator sets for the whole platform, in the admin under «Settings»."""

    help_line = models.CharField(
        _("help line"),
        max_length=120,
        blank=True,
        help_text=_("Shown to people who cannot sign in, e.g. «Call your country office: 0800 000 000». No names."),
    )
    keep_messages_days = models.PositiveSmallIntegerField(
        _("keep messages, days"),
        default=90,
        validators=[MinValueValidator(7)],
        help_text=_("Afterwards text and address go; that a message was sent stays."),
    )
    keep_leavers_years = models.PositiveSmallIntegerField(
        _("keep records of people who left, years"),
        default=7,
        validators=[MinValueValidator(1)],
        help_text=_("Afterwards they are erased: a certificate keeps its status and hashes."),
    )
    keep_sign_ins_days = models.PositiveSmallIntegerField(
        _("keep where people signed in, days"), default=180, validators=[MinValueValidator(30)]
    )

    class Meta:
        verbose_name = _("platform settings")
