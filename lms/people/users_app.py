"""Wagtail's own app of users, without its search: the list it opens is closed (staff/doors.py)."""

from wagtail.users.apps import WagtailUsersAppConfig


class ClosedUsersConfig(WagtailUsersAppConfig):
    user_viewset = "lms.people.staff.closed_users.ClosedUserViewSet"
