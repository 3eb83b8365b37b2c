"""Who sees the lines of the menu «Certificates»."""

from wagtail.admin.menu import MenuItem

from lms.people.permissions import KEEP_RECORDS, holds


class RegisterMenuItem(MenuItem):
    def is_shown(self, request):
        return holds(request.user, *KEEP_RECORDS, in_a_country=True)
