from wagtail.admin.ui.components import Component


class GuessingPanel(Component):
    """On the admin's first page: administrators are told that many unknown codes are being checked."""

    name = "certificates_guessing"
    template_name = "certificates/staff/guessing.html"
    order = 80
