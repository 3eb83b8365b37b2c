from datetime import timedelta

import pytest
import time_machine
from django.core.checks.registry import registry
from django.utils import timezone

from certificates import keys
from certificates.keys import authority, changes, checking, folder, roots, system_check
from certificates.models import IssuerKey


@pytest.fixture
def row(kenya, place):
    """A key that people rely on; its root's private key is kept elsewhere."""
    row = changes.create(kenya, roots.make())
    (place / "root.key").unlink()
    return row


def in_days(days: int):
    return time_machine.travel(timezone.now() + timedelta(days=days))


def test_nothing_is_wrong_with_a_good_key(row):
    assert checking.faults() == [] == checking.warnings()


def test_nothing_is_wrong_before_the_first_key(db, place):
    assert checking.faults() == [] == checking.warnings()


def test_folder_that_others_may_read_is_told(row, place):
    place.chmod(0o755)
    assert [f"chmod 700 {place}" in sentence for sentence in checking.faults()] == [True]


def test_missing_file_is_told(row, place):
    folder.file_of("KE", row.kid, False).unlink()
    (sentence,) = checking.faults()
    assert f"{row.kid}.key is missing" in sentence


def test_file_of_another_key_is_told_even_where_the_right_one_was_loaded(row, place):
    keys.signing_key("KE")
    folder.file_of("KE", row.kid, False).write_bytes(folder.private_pem(authority.new_key()))
    (sentence,) = checking.faults()
    assert "holds another key" in sentence


def test_file_that_no_key_needs_is_told(row, place):
    folder.keep(place / "KE-0000000000000000.key", b"")
    (sentence,) = checking.faults()
    assert "belongs to no key in use" in sentence


def test_key_used_for_more_than_two_years_is_told(row):
    with in_days(731):
        (sentence,) = checking.faults()
    assert "certificate_keys rotate KE" in sentence


def test_key_is_announced_sixty_days_before(row):
    with in_days(600):
        assert checking.warnings() == []
    with in_days(690):
        (sentence,) = checking.warnings()
        assert checking.faults() == []
    assert "certificate_keys rotate KE" in sentence


def test_certificate_that_ended_is_told(row):
    with in_days(3660):
        (sentence,) = checking.faults()
    assert "has ended" in sentence


def test_clock_that_went_back_is_told(row):
    with in_days(-1):
        (sentence,) = checking.faults()
    assert "clock" in sentence


def test_keys_among_the_code_or_among_what_is_served_are_told(row, place, settings):
    settings.ROOT = settings.MEDIA_ROOT = str(place.parent)
    served, among_code = checking.faults()
    assert "MEDIA_ROOT" in served and "among the code" in among_code


def test_keys_that_a_backup_of_the_data_takes_along_are_noted(row, place, settings):
    settings.DATA_DIR = place.parent
    (sentence,) = checking.warnings()
    assert "lies in DATA_DIR" in sentence and "set CERTIFICATE_KEYS" in sentence
    assert ids_of_system_check() == ["certificates.W002"]
    settings.CERTIFICATE_KEYS = str(place.parent.parent / "elsewhere")
    assert checking.warnings() == []


def test_backup_is_told_before_the_first_key_unless_they_are_for_trying_out(kenya, place, settings):
    settings.DATA_DIR = place.parent
    assert ids_of_system_check() == []
    keys.signing_key("KE")
    assert ids_of_system_check() == ["certificates.W001"]
    settings.MAKE_CERTIFICATE_KEYS = False
    assert ids_of_system_check() == ["certificates.W001", "certificates.W002"]


def test_root_key_that_lies_here_is_noted(row, place):
    folder.keep(place / "root.key", b"")
    (sentence,) = checking.warnings()
    assert "--root-key" in sentence


def test_keys_made_by_themselves_are_noted_until_replaced(kenya, place):
    keys.signing_key("KE")
    (sentence,) = checking.warnings()
    assert "KE" in sentence
    assert ids_of_system_check() == ["certificates.W001"]
    changes.rotate(kenya, roots.make())
    assert checking.made_by_themselves() == []
    assert not IssuerKey.objects.filter(is_development=True, retired_at=None).exists()


def test_system_check_names_exposed_files(row, place):
    folder.file_of("KE", row.kid, False).chmod(0o640)
    assert ids_of_system_check() == ["certificates.E001"]


def ids_of_system_check() -> list[str]:
    assert system_check.keys_are_kept in registry.deployment_checks
    return [message.id for message in system_check.keys_are_kept(None)]
