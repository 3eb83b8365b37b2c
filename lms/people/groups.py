"""Wagtail's groups follow the postings: page and collection permissions come only from groups.

Which permissions a role has is said by the apps that own the things, in the hook `role_permissions`:
a function that returns {role: {"app_label.codename", …}}. Shelves of their own for pictures and files: hook
`role_collections`, a function that returns [(collection, {role: {codename, …}}), …].
"""

from collections import defaultdict

from django.apps import apps
from django.contrib.auth.models import Group, Permission
from django.db.models import Q, QuerySet
from wagtail import hooks
from wagtail.models import Collection, GroupCollectionPermission, GroupPagePermission, Page

from .models import STAFF_ROLES, Posting, Role, User

NAMES = {
    Role.TRAINER: "Trainers",
    Role.REVIEWER: "Clinical reviewers",
    Role.HR: "HR",
    Role.LEAD: "Country leads",
    Role.ADMINISTRATOR: "Administrators",
}
ON_PAGES = {
    Role.TRAINER: {"add_page", "change_page"},
    Role.REVIEWER: {"change_page", "publish_page", "lock_page", "unlock_page"},
}
_FILES = {f"{verb}_{kind}" for verb in ("add", "change", "choose") for kind in ("image", "document")}
_RECORDINGS = {"add_media", "change_media"}
IN_COLLECTIONS = {Role.TRAINER: _FILES | _RECORDINGS, Role.REVIEWER: {"choose_image", "choose_document"}}


def synchronise_permissions(app_config, **kwargs) -> None:
    """Give each group what its role may do. Runs once a migrate, after the last app, when all permissions exist."""
    last = [config for config in apps.get_app_configs() if config.models_module][-1]
    if app_config != last or not Page.objects.filter(depth=1).exists():
        return
    wanted = _permissions_of_roles()
    shelves = [(Collection.get_first_root_node(), IN_COLLECTIONS)]
    shelves += [shelf for hook in hooks.get_hooks("role_collections") for shelf in hook()]
    for role, name in NAMES.items():
        group, _ = Group.objects.get_or_create(name=name)
        group.permissions.set(_permissions(wanted[role]))
        _give(GroupPagePermission, group, ON_PAGES.get(role, set()), page=Page.get_first_root_node())
        for collection, kept_by in shelves:
            _give(GroupCollectionPermission, group, kept_by.get(role, set()), collection=collection)


def synchronise_groups(person: User) -> None:
    """Put a person into the groups of her postings of today, and out of the others. Idempotent."""
    roles = set(person.postings.current().filter(role__in=STAFF_ROLES).values_list("role", flat=True))
    ours = set(person.groups.filter(name__in=NAMES.values()))
    wanted = set(Group.objects.filter(name__in=[NAMES[role] for role in roles]))
    person.groups.remove(*(ours - wanted))
    person.groups.add(*(wanted - ours))
    is_administrator = Role.ADMINISTRATOR in roles
    if person.is_superuser != is_administrator:
        person.is_superuser = is_administrator
        person.save(update_fields=["is_superuser"])


def synchronise_all() -> int:
    """For postings that began or ended by date. Returns how many people's groups changed."""
    current = Posting.objects.current().filter(role__in=STAFF_ROLES)
    staff = User.objects.filter(
        Q(pk__in=current.values("person")) | Q(groups__name__in=NAMES.values()) | Q(is_superuser=True)
    )
    roles = defaultdict(set)
    for person, role in current.values_list("person", "role"):
        roles[person].add(role)
    wrong = [person for person in staff.distinct().prefetch_related("groups") if not _in_step(person, roles[person.pk])]
    for person in wrong:
        synchronise_groups(person)
    return len(wrong)


def _in_step(person: User, roles: set[str]) -> bool:
    names = {group.name for group in person.groups.all()} & set(NAMES.values())
    return names == {NAMES[role] for role in roles} and person.is_superuser == (Role.ADMINISTRATOR in roles)


def _permissions_of_roles() -> dict[str, set[str]]:
    found = defaultdict(set, {role: {"wagtailadmin.access_admin"} for role in NAMES})
    for hook in hooks.get_hooks("role_permissions"):
        for role, names in hook().items():
            found[role] |= set(names)
    return found


def _permissions(names: set[str]) -> QuerySet[Permission]:
    """Those that exist: in the middle of a partial migrate some do not yet."""
    wanted = Q(pk=None)
    for name in names:
        app_label, codename = name.split(".")
        wanted |= Q(content_type__app_label=app_label, codename=codename)
    return Permission.objects.filter(wanted)


def _give(model: type, group: Group, codenames: set[str], **place) -> None:
    rows = model.objects.filter(group=group, **place)
    rows.exclude(permission__codename__in=codenames).delete()
    held = set(rows.values_list("permission__codename", flat=True))
    for permission in Permission.objects.filter(
        codename__in=codenames - held, content_type__app_label__startswith="wagtail"
    ):
        model.objects.create(group=group, permission=permission, **place)
