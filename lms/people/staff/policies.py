"""What Wagtail's admin asks before it shows or saves a person or a place: answered from postings, not from groups."""

from django.db.models import Model
from wagtail.permission_policies import BasePermissionPolicy

from ..models import Role, User
from ..permissions import KEEP_RECORDS, SEE_A_COUNTRY, countries_for, may_edit, people_visible_to, sites_for


class PeoplePolicy(BasePermissionPolicy):
    """Seen by whoever has a reason there; added and changed by HR and leads; deleted by nobody."""

    def user_has_permission(self, user, action):
        if action == "view":
            return sites_for(user, *SEE_A_COUNTRY).exists() or countries_for(user, *SEE_A_COUNTRY).exists()
        return action in ("add", "change") and countries_for(user, *KEEP_RECORDS).exists()

    def user_has_permission_for_instance(self, user, action, instance):
        seen = people_visible_to(user).filter(pk=instance.pk).exists()
        return seen and (action == "view" or (action == "change" and may_edit(user, instance)))

    def instances_user_has_any_permission_for(self, user, actions):
        return people_visible_to(user)

    def users_with_any_permission(self, actions):
        return User.objects.filter(is_superuser=True)


class PlacePolicy(BasePermissionPolicy):
    """Rows of a country (`field` names it; none: rows of all), for certain roles and actions."""

    def __init__(self, model: type[Model], roles: tuple[Role, ...], field: str = "", actions=("view", "add", "change")):
        super().__init__(model)
        self.roles, self.field, self.actions = roles, field, actions

    def user_has_permission(self, user, action):
        return action in self.actions and countries_for(user, *self.roles).exists()

    def instances_user_has_any_permission_for(self, user, actions):
        if not self.user_has_any_permission(user, actions):
            return self.model.objects.none()
        if not self.field:
            return self.model.objects.all()
        return self.model.objects.filter(**{f"{self.field}__in": countries_for(user, *self.roles)})

    def user_has_permission_for_instance(self, user, action, instance):
        return self.instances_user_has_any_permission_for(user, [action]).filter(pk=instance.pk).exists()

    def users_with_any_permission(self, actions):
        return User.objects.filter(is_superuser=True)
