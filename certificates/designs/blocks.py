"""What the form of a certificate design is made of: logos, people who sign, and words in each language."""

from django.conf import settings
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.images.blocks import ImageChooserBlock


class LogoBlock(blocks.StructBlock):
    picture = ImageChooserBlock(label=_("Picture"))
    says = blocks.CharBlock(label=_("What it says"), max_length=80, help_text=_("Read out by screen readers."))


class SignatoryBlock(blocks.StructBlock):
    name = blocks.CharBlock(label=_("Name"), max_length=60)
    title = blocks.CharBlock(label=_("Title"), max_length=60)
    signature = ImageChooserBlock(label=_("Picture of the signature"), required=False)


class WordingBlock(blocks.StructBlock):
    """What is left empty is printed in the words that were shipped."""

    language = blocks.ChoiceBlock(label=_("Language"), choices=settings.LANGUAGES)
    heading = blocks.CharBlock(label=_("Heading"), max_length=40, required=False)
    formula = blocks.CharBlock(label=_("Before the name"), max_length=60, required=False)
    sentence = blocks.CharBlock(label=_("After the name"), max_length=110, required=False)
    small_print = blocks.CharBlock(label=_("Small print"), max_length=110, required=False)


class LogosBlock(blocks.StreamBlock):
    logo = LogoBlock(label=_("Logo"), icon="image")


class SignatoriesBlock(blocks.StreamBlock):
    signatory = SignatoryBlock(label=_("Signatory"), icon="user")


class WordingsBlock(blocks.StreamBlock):
    wording = WordingBlock(label=_("Words in one language"), icon="globe")
