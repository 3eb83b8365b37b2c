"""The sample of a design for its preview. A model knows only the template: drawing is a room above it."""

from django import template

from ..designs.preview import Preview, preview
from ..models import CertificateDesign

register = template.Library()


@register.simple_tag
def sample(design: CertificateDesign, mode: str) -> Preview:
    return preview(design, mode)
