"""Who may do what with a translation: change it who may change its page; put it before learners who may publish."""

from django.contrib.auth.models import AbstractBaseUser
from django.core.exceptions import PermissionDenied
from django.db.models import Model
from django.http import Http404
from django.shortcuts import get_object_or_404
from wagtail.models import DraftStateMixin, Page
from wagtail.permissions import policy_registry
from wagtail_localize.models import Translation


def translation_for(user: AbstractBaseUser, translation_id: int) -> Translation:
    """Raises Http404 where there is none (or no page for it), PermissionDenied where she may not change it."""
    rows = Translation.objects.select_related("source__specific_content_type", "target_locale")
    translation = get_object_or_404(rows, pk=translation_id)
    try:
        target = translation.get_target_instance()
    except translation.source.specific_content_type.model_class().DoesNotExist as error:
        raise Http404 from error
    if not may_change(user, target):
        raise PermissionDenied
    return translation


def may_change(user: AbstractBaseUser, thing: Model) -> bool:
    if isinstance(thing, Page):
        return thing.permissions_for_user(user).can_edit()
    return policy_registry.get_by_type(type(thing)).user_has_permission(user, "change")


def may_publish(user: AbstractBaseUser, thing: Model) -> bool:
    """A word of the glossary has no draft: who changes it has published it."""
    if isinstance(thing, Page):
        return thing.permissions_for_user(user).can_publish()
    action = "publish" if isinstance(thing, DraftStateMixin) else "change"
    return policy_registry.get_by_type(type(thing)).user_has_permission(user, action)


def may_translate(user: AbstractBaseUser) -> bool:
    """Sees how far the translations are: who writes or publishes pages."""
    return policy_registry.get_by_type(Page).user_has_any_permission(user, ["add", "change", "publish"])
