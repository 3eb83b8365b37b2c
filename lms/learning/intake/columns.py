"""The columns an intake knows."""

from django.utils.translation import gettext_lazy as _

from lms.core.sheets import Column

COLUMNS = (
    Column("given_names", _("given names"), "Grace Wanjiru", True, ("given name", "first name", "first names")),
    Column("family_name", _("family name"), "Otieno", True, ("surname", "last name")),
    Column("site", _("site code"), "", aliases=("site code",)),
    Column("phone", _("phone"), "", aliases=("phone number", "telephone", "mobile")),
    Column("language", _("language"), "en"),
    Column("sex", _("sex"), "f", aliases=("gender",)),
    Column("birth_year", _("birth year"), "1994", aliases=("year of birth",)),
    Column("email", _("e-mail"), "", aliases=("e-mail", "e-mail address")),
    Column("hr_number", _("HR number"), "HR-0001", aliases=("employee number",)),
    Column("job", _("job"), "", aliases=("position",)),
)
