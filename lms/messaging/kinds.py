"""The kinds of message that rooms above send. Each says its own words until a template in the CMS replaces them."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache

from wagtail import hooks


@dataclass(frozen=True)
class Kind:
    """`words` answers (subject, body) in the language that is active, with «{placeholder}» parts of `placeholders`.

    `urgent`: the person waits for it, so quiet hours and opt-outs do not hold it. `secret`: erased once handed over.
    """

    name: str
    label: str
    placeholders: tuple[str, ...]
    words: Callable[[], tuple[str, str]]
    urgent: bool = False
    secret: bool = False


@cache
def kinds() -> dict[str, Kind]:
    """By name, from the hook `register_message_kinds`, whose functions answer lists of kinds."""
    return {kind.name: kind for hook in hooks.get_hooks("register_message_kinds") for kind in hook()}
