import hashlib

import pytest
from django.core.cache import cache
from django.core.files.storage import storages

from certificates.models import CertificateAsset
from certificates.paper import assets
from tests.factories.certificates import make_picture

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def nothing_remembered():
    cache.clear()
    assets._kept.cache_clear()


def test_picture_is_kept_under_its_own_hash_once():
    sha256 = assets.keep(make_picture())
    data, content_type = assets.data(sha256)
    assert (hashlib.sha256(data).hexdigest(), content_type) == (sha256, "image/png")
    assert assets.keep(make_picture()) == sha256
    assert [asset.pk for asset in CertificateAsset.objects.all()] == [sha256]


def test_picture_that_is_kept_is_known_without_its_file():
    image = make_picture()
    sha256 = assets.keep(image)
    image.file.storage.delete(image.file.name)
    assert assets.keep(image) == sha256


def test_keeping_what_is_kept_asks_once(django_assert_num_queries):
    image = make_picture()
    assets.keep(image)
    with django_assert_num_queries(1):
        assets.keep(image)


def test_row_that_a_failed_transaction_took_back_is_written_again():
    image = make_picture()
    sha256 = assets.keep(image)
    CertificateAsset.objects.all()._raw_delete("default")
    assert assets.keep(image) == sha256
    assert assets.data(sha256)
    assert len(storages["private"].listdir("certificate-assets")[1]) == 1


def test_file_torn_by_a_crash_is_replaced():
    image = make_picture()
    sha256 = assets.keep(image)
    CertificateAsset.objects.all()._raw_delete("default")
    with storages["private"].open(f"certificate-assets/{sha256}", "wb") as file:
        file.write(b"half")
    assets.keep(image)
    assert hashlib.sha256(assets.data(sha256)[0]).hexdigest() == sha256


def test_later_picture_in_the_library_changes_nothing():
    image = make_picture()
    sha256 = assets.keep(image)
    before = assets.data(sha256)
    image.delete()
    assets._kept.cache_clear()
    assert assets.data(sha256) == before


def test_changed_file_is_not_given_out():
    sha256 = assets.keep(make_picture())
    with storages["private"].open(f"certificate-assets/{sha256}", "wb") as file:
        file.write(b"other")
    with pytest.raises(assets.MissingAsset):
        assets.data(sha256)


def test_unknown_hash_is_missing():
    with pytest.raises(assets.MissingAsset):
        assets.data("0" * 64)


def test_picture_whose_file_is_gone_cannot_be_kept():
    image = make_picture()
    image.file.storage.delete(image.file.name)
    with pytest.raises(assets.NoPicture):
        assets.keep(image)


def test_borrowed_picture_is_known_for_a_while_and_never_kept():
    with assets.borrowing() as borrow:
        sha256 = borrow(make_picture())
        assert assets.data(sha256)[1] == "image/png"
    assert not CertificateAsset.objects.exists()
    with pytest.raises(assets.MissingAsset):
        assets.data(sha256)
