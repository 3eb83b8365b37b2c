from functools import cache

from django import template
from django.conf import settings
from django.template.loader import render_to_string
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

register = template.Library()

PICTOGRAM = 48  # from this size on the strokes are thinner
MANY = 12
CHECKED = SafeString(" checked")


@cache
def icon_names() -> list[str]:
    return sorted(file.stem for file in settings.ROOT.glob("templates/components/icons/*.svg"))


@register.simple_tag
@cache
def icon(name: str, size: int = 24) -> SafeString:
    """An inline symbol. It says nothing to a screen reader: the word beside it does."""
    if name not in icon_names():
        raise template.TemplateSyntaxError(f"There is no icon {name!r}.")
    stroke = "2" if size < PICTOGRAM else "1.6"
    return render_to_string(
        "components/icon.html", {"drawing": f"components/icons/{name}.svg", "size": str(size), "stroke": stroke}
    )


@register.filter
def drawn(name: str, otherwise: str = "book") -> str:
    """An icon's name that an editor typed, or another where there is no such drawing."""
    return name if name in icon_names() else otherwise


@register.simple_tag
def stitches(states: list[str], label: str = "") -> SafeString:
    """Progress to count: one cell for each of "done", "current", "open" or "wrong". The label speaks for all."""
    spoken = label or _("%(done)s of %(all)s done") % {"done": list(states).count("done"), "all": len(states)}
    return format_html(
        '<span class="stitches{}" role="img" aria-label="{}">{}</span>',
        " many" if len(states) > MANY else "",
        spoken,
        format_html_join("", '<i class="{}"></i>', ((state,) for state in states)),
    )


@register.simple_tag
def answer_rows(options: list[dict], name: str, many: bool = False) -> SafeString:
    """The rows of components/answer_rows.html, which a page of ten questions draws by the dozen: made at a tenth of
    what a loop in the template costs."""
    row = (
        '\n<label class="answer"><input type="checkbox" name="{}" value="{}"{}> {}</label>'
        if many
        else '\n<label class="answer"><input type="radio" name="{}" value="{}" required{}> {}</label>'
    )
    checked = {True: CHECKED, False: ""}
    return format_html_join(
        "", row, ((name, one["id"], checked[bool(one.get("chosen"))], one["text"]) for one in options)
    )


@register.filter
def under(cells, columns) -> list[tuple]:
    """Each cell of a row with the column it stands under."""
    return list(zip(columns, cells, strict=False))
