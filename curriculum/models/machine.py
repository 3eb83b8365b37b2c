from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.models import Revision


class MachineTexts(models.Model):
    """This published translation holds texts that a machine made and that no person had confirmed.

    Counted when it is published; gone with the next publication in which every text is a person's.
    """

    revision = models.OneToOneField(Revision, models.CASCADE, primary_key=True, related_name="machine_texts")
    count = models.PositiveIntegerField(_("texts"))

    class Meta:
        verbose_name = _("texts made by a machine")
        verbose_name_plural = _("texts made by a machine")
        constraints = [models.CheckConstraint(condition=models.Q(count__gt=0), name="machine_texts_are_some")]
