"""The columns an intake knows, and what sheets of the ten countries call them."""

from functools import cache

from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext_lazy as _

from lms.core.sheets import Column, normalise

COLUMNS = (
    Column(
        "given_names",
        _("given names"),
        "Grace Wanjiru",
        True,
        ("given name", "first name", "first names", "firstname", "forename", "christian name")
        + ("nome", "nomes", "nome próprio", "primeiro nome", "prénom", "prénoms", "jina la kwanza", "majina"),
    ),
    Column(
        "family_name",
        _("family name"),
        "Otieno",
        True,
        ("surname", "last name", "lastname", "second name")
        + ("apelido", "sobrenome", "último nome", "nom", "nom de famille", "jina la ukoo", "jina la mwisho"),
    ),
    Column(
        "site",
        _("site"),
        "",
        aliases=("site code", "facility", "facility name", "health facility", "clinic", "code du site", "site name")
        + (
            "código do local",
            "local",
            "unidade sanitária",
            "structure",
            "formation sanitaire",
            "kituo",
            "kituo cha afya",
        ),
    ),
    Column(
        "phone",
        _("phone"),
        "",
        aliases=("phone number", "telephone", "telephone number", "tel", "mobile", "mobile number", "cell", "cellphone")
        + ("telefone", "telemóvel", "celular", "contacto", "téléphone", "portable", "simu", "nambari ya simu"),
    ),
    Column("language", _("language"), "en", aliases=("lang", "langue", "língua", "idioma", "lugha")),
    Column("sex", _("sex"), "f", aliases=("gender", "sexe", "genre", "sexo", "género", "gênero", "jinsia")),
    Column(
        "birth_year",
        _("birth year"),
        "1994",
        aliases=("year of birth", "date of birth", "birth date", "dob", "born", "yob", "data de nascimento")
        + ("ano de nascimento", "nascimento", "date de naissance", "année de naissance", "né le", "née le")
        + ("tarehe ya kuzaliwa", "mwaka wa kuzaliwa"),
    ),
    Column(
        "email", _("e-mail"), "", aliases=("email", "e-mail address", "courriel", "correio eletrónico", "barua pepe")
    ),
    Column(
        "hr_number",
        _("HR number"),
        "HR-0001",
        aliases=("employee number", "employee no", "payroll number", "staff id", "matricule", "número de funcionário"),
    ),
    Column(
        "job",
        _("job"),
        "",
        aliases=("position", "job title", "cadre", "cargo", "função", "poste", "fonction", "cheo", "kazi"),
    ),
    Column(
        "starts_on",
        _("start date"),
        "",
        aliases=("starts on", "starting date", "date of hire", "hire date", "data de início", "date de début")
        + ("tarehe ya kuanza",),
    ),
)
LABELS = {column.key: column.label for column in COLUMNS}
REQUIRED = tuple(column.key for column in COLUMNS if column.required)


@cache
def by_heading() -> dict[str, str]:
    """Heading without case, accents and spaces → our key: the words above, and our own in every language."""
    found = {}
    for code, _name in settings.LANGUAGES:
        with translation.override(code):
            found |= {normalise(str(column.label)): column.key for column in COLUMNS}
    found |= {heading: column.key for column in COLUMNS for heading in column.headings}
    return {heading: key for heading, key in found.items() if heading}
