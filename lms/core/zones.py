"""The clock by which a country tells the time. Where it has several, the one of its capital."""

from zoneinfo import ZoneInfo

from django.conf import settings

ZONES = {
    "AO": "Africa/Luanda",
    "GH": "Africa/Accra",
    "KE": "Africa/Nairobi",
    "LS": "Africa/Maseru",
    "MW": "Africa/Blantyre",
    "MZ": "Africa/Maputo",
    "ZA": "Africa/Johannesburg",
    "TZ": "Africa/Dar_es_Salaam",
    "UG": "Africa/Kampala",
    "ZM": "Africa/Lusaka",
}


def zone_of(country_code: str | None) -> ZoneInfo:
    """The site's own clock for a country that is not listed, and for nobody's."""
    return ZoneInfo(ZONES.get(country_code or "", settings.TIME_ZONE))
