"""How the shipped programmes are certified: how long, and by which refresher they are renewed."""

from certificates.models import CertificatePolicy
from curriculum.models import ProgrammePage

from .files import ContentError
from .library import Item


def load_policies(items: list[Item], pks: dict[str, int]) -> None:
    """After all programmes: a policy for everywhere, where there is none. One that is there stays as it is."""
    pages = ProgrammePage.objects.in_bulk([pks[item.source_id] for item in items if item.source_id in pks])
    refreshers = {
        item.source_id: pages[pks[item.source_id]].translation_key
        for item in items
        if item.data.get("is_refresher") and item.source_id in pks
    }
    known = {item.source_id for item in items if item.data.get("is_refresher")}
    for item in items:
        renewed_by = item.data.get("renewed_by")
        if renewed_by and renewed_by not in known:
            raise ContentError(item.path, None, f"«renewed_by»: «{renewed_by}» is no refresher")
        if item.source_id in pks:
            values = {"months_valid": item.data.get("months_valid", 12), "refresher_key": refreshers.get(renewed_by)}
            key = pages[pks[item.source_id]].translation_key
            CertificatePolicy.objects.get_or_create(
                programme_key=key, country=None, defaults=values | item.data.get("certificate", {})
            )
