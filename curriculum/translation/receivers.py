"""At every publication of a translation: how much of it a machine made. Whoever publishes it, and whenever."""

from wagtail.models import DraftStateMixin, Revision, TranslatableMixin

from ..models import MachineTexts
from . import queries


def count_machine_texts(sender, instance: DraftStateMixin, revision: Revision | None = None, **kwargs) -> None:
    if revision is None or not isinstance(instance, TranslatableMixin):
        return
    count = queries.machine_texts(instance)
    if count:
        MachineTexts.objects.update_or_create(revision=revision, defaults={"count": count})
    else:
        MachineTexts.objects.filter(revision=revision).delete()
