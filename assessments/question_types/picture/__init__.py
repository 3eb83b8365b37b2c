"""Pictures to choose from, one or several. Each says in words what it shows. A response is a list of their ids."""

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail.blocks import BooleanBlock, CharBlock, ListBlock, StructBlock
from wagtail.images.blocks import ImageChooserBlock

from ..base import CheckedBlock, OtherWords, list_problem
from ..images import Line, shown
from ..options import (
    Several,
    chosen_ids,
    options_from,
    right_block,
    right_count,
    said_block,
    texts,
    weight_block,
    weights_problem,
)

MOST = 6


class PictureOptionBlock(StructBlock):
    image = ImageChooserBlock(label=_("Picture"), help_text=_("A drawing or a photograph; never of a client"))
    text = CharBlock(
        max_length=120,
        label=_("What it shows"),
        help_text=_("Read out to who cannot see it; do not say whether it is right. Such as: A net over a bed"),
    )
    right = right_block()
    feedback = said_block()
    weight = weight_block()

    class Meta:
        icon = "image"
        label = _("Picture")


class PictureBlock(CheckedBlock):
    pictures = ListBlock(PictureOptionBlock(), min_num=2, max_num=MOST, label=_("Pictures"))
    several = BooleanBlock(required=False, label=_("She may choose several"))

    class Meta:
        icon = "image"
        label = _("Choose a picture")

    @classmethod
    def problem(cls, value):
        pictures = value["pictures"]
        if problem := list_problem(gettext("What the pictures show"), texts(pictures), least=2, most=MOST, longest=120):
            return problem
        if same := _twice([_identity(row["image"]) for row in pictures]):
            return gettext("Pictures %(first)s and %(second)s are the same. Change one of them.") % same
        count = right_count(pictures)
        if not count:
            return gettext("No picture is marked as right. Mark one.")
        if count > 1 and not value["several"]:
            return gettext("%(count)s pictures are right: let her choose several, or mark only one.") % {"count": count}
        return weights_problem(pictures)


def _identity(image):
    """An image, or its number in a file."""
    return getattr(image, "pk", image)


def _twice(ids: list) -> dict | None:
    for second, id_ in enumerate(ids):
        if id_ is not None and id_ in ids[:second]:
            return {"first": ids.index(id_) + 1, "second": second + 1}
    return None


class Picture(Several):
    name = "picture"
    part = "pictures"
    ask = _("Choose what fits.")
    block = PictureBlock

    def show(self, value, random, *, shuffle=True):
        item = super().show(value, random, shuffle=shuffle)
        images = {row["text"]: shown(row["image"], row["text"]) for row in value["pictures"]}
        item["pictures"] = [row | images[row["text"]] for row in item["pictures"]]
        return item | {"several": bool(value["several"])}

    def key_for(self, item, value):
        before = {row["text"]: row.get("src") for row in item["pictures"]}
        for row in value["pictures"]:
            then, now = before.get(row["text"]), shown(row["image"]).get("src")
            if then and now and then != now:
                raise OtherWords(row["text"])
        return super().key_for(item, value)

    def is_complete(self, item, response):
        return super().is_complete(item, response) and (item["several"] or len(chosen_ids(response)) == 1)

    def in_words(self, item, response):
        chosen = chosen_ids(response)
        rows = [row for row in item["pictures"] if row["id"] in chosen]
        return [Line(row["text"], row) if row.get("src") else row["text"] for row in rows]

    def context(self, item, response):
        return super().context(item, response) | {"many": item["several"]}

    def value_from(self, data):
        pictures = options_from(data, "pictures")
        for row, read in zip(data["pictures"], pictures, strict=True):
            if isinstance(row.get("image"), bool) or not isinstance(row.get("image"), int):
                raise ValueError(f"the picture “{read['text']}” needs «image», the number of a picture")
            read["image"] = row["image"]
        return {"pictures": pictures, "several": bool(data.get("several"))}


TYPE = Picture()
