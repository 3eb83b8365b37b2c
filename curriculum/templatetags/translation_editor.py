"""What wagtail-localize's side by side is told."""

import json

from django import template

register = template.Library()


@register.simple_tag(takes_context=True)
def for_translators(context) -> str:
    """Its settings without the way back to an alias, where there is none or she may not go it."""
    props = json.loads(context["props"])
    instance = context["instance"]
    if getattr(instance, "alias_of_id", None) or not props["perms"]["canPublish"]:
        props["links"]["convertToAliasUrl"] = None
    return json.dumps(props)
