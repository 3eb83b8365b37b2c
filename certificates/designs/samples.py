"""What the preview of a design prints: invented people and a code that no check finds."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings

from . import frozen
from .frozen import Keep
from .modes import wanted

if TYPE_CHECKING:
    from ..models import CertificateDesign

CODE = "SAMPLEXXXXXXX"  # its last character checks nothing: whoever types it hears of a typing error
CREDENTIAL = "SAMPLE" * 38  # as long as a real one, and nothing in it

PROGRAMMES = {
    "en": ("Integrated Primary Health Care", "Community health worker"),
    "pt": ("Cuidados de Saúde Primários Integrados", "Agente comunitária de saúde"),
    "fr": ("Soins de santé primaires intégrés", "Agente de santé communautaire"),
    "sw": ("Huduma Jumuishi za Afya ya Msingi", "Mhudumu wa afya ya jamii"),
}
SKILLS = {
    "en": ("Measures blood pressure correctly and acts on it", "Screens for TB, refers the same day and follows up"),
    "pt": ("Mede a tensão arterial e age em conformidade", "Rastreia a TB, encaminha no mesmo dia e acompanha"),
    "fr": ("Mesure la tension artérielle et agit en conséquence", "Dépiste la TB, oriente le jour même et suit"),
    "sw": ("Anapima shinikizo la damu na kuchukua hatua", "Anachunguza TB, anatoa rufaa siku hiyo na kufuatilia"),
}


def snapshot(design: CertificateDesign, mode: str, keep: Keep) -> dict:
    """As an award would write it, but of nobody. `mode`: a key of `modes.modes()`."""
    language, how = wanted(mode)
    title, level = PROGRAMMES[language]
    name = how.get("name", "Thandiwe Phiri")
    return {
        "format": 2,
        "code": CODE,
        "salt": "",
        "holder": {"id": "", "staff_number": "", "name": name, "family_name": name.split()[-1], "sort_name": name},
        "programme": {"key": "", "code": "sample", "version": 1, "level": level}
        | dict.fromkeys(("neutral_title", "printed_title"), title),
        "language": language,
        "specimen": how.get("specimen", False),
        "competencies": [{"statement": SKILLS[language][number % 2]} for number in range(how.get("skills", 4))],
        "country": {"code": design.country_id or "", "name": design.country.name if design.country else "Zambia"},
        "issuer": "Community Health Training",
        "signatories": frozen.signatories(design, keep),
        "design": frozen.freeze(design, language, keep),
        "awarded_on": "2026-11-14",
        "valid_until": "2027-11-30",
        "check_at": settings.BASE_URL,
    }
