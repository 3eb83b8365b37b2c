"""What Wagtail's admin asks before it shows or saves a person or a place: answered from postings, not from groups."""

from django.db.models import Model
from wagtail.permission_policies import BasePermissionPolicy

from ..models import Role, User
from ..permissions import KEEP_RECORDS, SEE_A_COUNTRY, countries_for, holds, may_edit, people_visible_to


class PostingPolicy(BasePermissionPolicy):
    """Goes by the postings of today, which are read once."""

    def holds(self, user: User, roles: tuple[Role, ...], *, in_a_country: bool) -> bool:
        return holds(user, *roles, in_a_country=in_a_country)

    def users_with_any_permission(self, actions):
        return User.objects.filter(is_superuser=True)


class PeoplePolicy(PostingPolicy):
    """Seen by whoever has a reason there; added and changed by HR and leads; deleted by nobody."""

    def user_has_permission(self, user, action):
        if action == "view":
            return self.holds(user, SEE_A_COUNTRY, in_a_country=False)
        return action in ("add", "change") and self.holds(user, KEEP_RECORDS, in_a_country=True)

    def user_has_permission_for_instance(self, user, action, instance):
        seen = people_visible_to(user).filter(pk=instance.pk).exists()
        return seen and (action == "view" or (action == "change" and may_edit(user, instance)))

    def instances_user_has_any_permission_for(self, user, actions):
        return people_visible_to(user)


class PlacePolicy(PostingPolicy):
    """Rows of a country (`field` names it; none: rows of all), for certain roles and actions."""

    def __init__(self, model: type[Model], roles: tuple[Role, ...], field: str = "", actions=("view", "add", "change")):
        super().__init__(model)
        self.roles, self.field, self.actions = roles, field, actions

    def user_has_permission(self, user, action):
        return action in self.actions and self.holds(user, self.roles, in_a_country=True)

    def instances_user_has_any_permission_for(self, user, actions):
        if not self.user_has_any_permission(user, actions):
            return self.model.objects.none()
        if not self.field:
            return self.model.objects.all()
        return self.model.objects.filter(**{f"{self.field}__in": countries_for(user, *self.roles)})

    def user_has_permission_for_instance(self, user, action, instance):
        return self.instances_user_has_any_permission_for(user, [action]).filter(pk=instance.pk).exists()


class TemplatePolicy(PlacePolicy):
    """Words of messages: read by HR and leads, changed by administrators."""

    def user_has_permission(self, user, action):
        return user.is_superuser or super().user_has_permission(user, action)


class MessagePolicy(PlacePolicy):
    """The outbox by country. What belongs to none, an administrator sees."""

    def instances_user_has_any_permission_for(self, user, actions):
        if user.is_superuser:
            return self.model.objects.all()
        return super().instances_user_has_any_permission_for(user, actions)


class BroadcastPolicy(PostingPolicy):
    """Messages to many: each sender's own. The menu shows them to whoever may write."""

    def user_has_permission(self, user, action):
        return action == "view" and self.holds(user, SEE_A_COUNTRY, in_a_country=False)
