from django.apps import AppConfig
from django.db.models.signals import post_migrate


class PeopleConfig(AppConfig):
    name = "lms.people"
    label = "people"

    def ready(self):
        from . import groups

        post_migrate.connect(groups.synchronise_permissions, sender=None, dispatch_uid="people.groups")
