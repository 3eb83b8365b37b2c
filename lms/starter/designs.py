"""The two certificate designs that are shipped, and the demo's own with its invented office and signatures."""

from wagtail.images.models import AbstractImage

from certificates.models import CertificateDesign
from certificates.staff.collections import certificates_collection

from .library import CONTENT
from .models import Loaded
from .pictures import image_beside

SHIPPED = {"hem": "Hem", "loom": "Loom"}
BESIDE = CONTENT / "designs" / "demo.yaml"


def load_designs() -> None:
    """Live and for all countries. Each is written once: what people change or delete stays so."""
    for base, name in SHIPPED.items():
        row, is_new = Loaded.objects.get_or_create(
            source_id=f"design-{base}", language="en", defaults={"model": CertificateDesign._meta.label}
        )
        if is_new:
            row.key = str(_live(CertificateDesign(name=name, base=base)).pk)
            row.save(update_fields=["key"])


def demo_design(rows: dict) -> CertificateDesign:
    """The demo's, as it is now; made of `logos` and `signatories` with their pictures where it is not there."""
    if found := CertificateDesign.objects.filter(name=rows["name"]).first():
        return found
    logos = [("logo", {"picture": _picture(row["picture"], row["says"]), "says": row["says"]}) for row in rows["logos"]]
    signatories = [
        ("signatory", row | {"signature": _picture(row["signature"], row["name"])}) for row in rows["signatories"]
    ]
    return _live(CertificateDesign(name=rows["name"], logos=logos, signatories=signatories))


def _picture(name: str, title: str) -> AbstractImage:
    return image_beside(BESIDE, name, title, certificates_collection())


def _live(design: CertificateDesign) -> CertificateDesign:
    design.save()
    design.save_revision().publish()
    return design
