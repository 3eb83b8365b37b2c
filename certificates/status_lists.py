"""Which bit of which status list a certificate has: W3C Bitstring Status List, 131,072 bits a list, at random."""

import secrets

from .models import Certificate

BITS = 131_072


def free_index(country_code: str, status_list: int = 1) -> int:
    """A bit of that country's list which no certificate has. The constraint catches who was quicker."""
    while True:
        index = secrets.randbelow(BITS)
        taken = Certificate.objects.filter(country_code=country_code, status_list=status_list, status_index=index)
        if not taken.exists():
            return index
