import logging
from datetime import timedelta

import pytest
import time_machine
from django.core.management import call_command
from django.utils import timezone

from certificates import keys
from certificates.keys import active, changes, folder, loading, roots
from certificates.models import IssuerKey
from tests.factories.certificates import issued
from tests.factories.keys import make_key, published


def mode(path) -> int:
    return path.stat().st_mode & 0o777


def test_first_key_is_made_on_first_need_with_a_warning(kenya, place, caplog):
    key = keys.signing_key("KE")
    row = IssuerKey.objects.get()
    assert (row.kid, row.country, row.is_development) == (key.kid, kenya, True)
    assert key.certificate.public_key() == key.private_key.public_key()
    key.certificate.verify_directly_issued_by(key.chain[-1])
    assert [record.levelno for record in caplog.records if "made by itself" in record.message] == [logging.WARNING]


def test_private_files_are_for_the_owner_alone(kenya, place):
    keys.signing_key("KE")
    assert mode(place) == 0o700
    assert {mode(path) for path in place.iterdir()} == {0o600}


def test_private_half_is_in_no_table_and_no_log(kenya, place, capsys, caplog):
    private = folder.private_pem(keys.signing_key("KE").private_key).decode()
    call_command("dumpdata", "certificates", "wagtailcore.modellogentry")
    kept = (capsys.readouterr().out + caplog.text).replace("\\n", "")
    assert "BEGIN CERTIFICATE" in kept
    assert "PRIVATE" not in kept and "".join(private.splitlines()[1:-1])[50:100] not in kept


def test_later_calls_ask_for_the_row_and_the_newest_drawing(kenya, place, django_assert_num_queries):
    keys.signing_key("KE")
    with django_assert_num_queries(2):
        keys.signing_key("KE")


def test_countries_sign_with_their_own_keys_below_one_root(kenya, lesotho, place):
    kenyan, other = keys.signing_key("KE"), keys.signing_key("LS")
    assert kenyan.kid != other.kid
    assert kenyan.chain == other.chain


def test_nothing_is_made_where_settings_forbid_it(kenya, place, settings):
    settings.MAKE_CERTIFICATE_KEYS = False
    with pytest.raises(keys.NoKey, match="Kenya has no key.*certificate_keys create KE"):
        keys.signing_key("KE")
    assert not place.exists()


def test_existing_key_is_looked_up_and_never_made(kenya, place):
    with pytest.raises(keys.NoKey, match="Kenya has no key"):
        keys.existing_key("KE")
    assert not place.exists() and not IssuerKey.objects.exists()
    assert keys.signing_key("KE") is keys.existing_key("KE")


def test_unknown_country_has_no_key(db, place):
    with pytest.raises(keys.NoKey):
        keys.signing_key("XX")


def test_rotation_by_another_process_counts_at_once(kenya, place):
    old = keys.signing_key("KE")
    changes.rotate(kenya, roots.by_itself())
    assert keys.signing_key("KE").kid != old.kid


def test_rotation_while_the_old_key_is_being_loaded_gives_the_next(kenya, place, monkeypatch):
    changes.create_by_itself(kenya)

    def rotated_first(row):
        monkeypatch.undo()
        changes.rotate(kenya, roots.by_itself())
        return load(row)

    load = active.load
    monkeypatch.setattr(active, "load", rotated_first)
    key = keys.signing_key("KE")
    assert key.kid == IssuerKey.objects.get(retired_at=None).kid
    assert IssuerKey.objects.count() == 2


def test_ended_key_signs_no_more(kenya, place, settings):
    changes.retire(keys.signing_key("KE").kid)
    settings.MAKE_CERTIFICATE_KEYS = False
    with pytest.raises(keys.NoKey):
        keys.signing_key("KE")


@pytest.mark.parametrize("content", [None, b"", b"no key", folder.private_pem(make_key().private_key)])
def test_missing_broken_or_foreign_file_is_told_to_hr_and_logged(kenya, place, content, caplog):
    row = published(make_key(), kenya)
    if content is not None:
        place.mkdir()
        folder.file_of("KE", row.kid, False).write_bytes(content)
    with pytest.raises(keys.NoKey, match="key of Kenya.*certificate_keys check"):
        keys.signing_key("KE")
    assert str(place) in caplog.text


def test_folder_that_cannot_be_written_is_told(kenya, settings, tmp_path):
    (tmp_path / "file").write_text("")
    settings.CERTIFICATE_KEYS = str(tmp_path / "file" / "keys")
    with pytest.raises(keys.NoKey):
        keys.signing_key("KE")


def test_slower_of_two_processes_takes_the_key_of_the_quicker(kenya, place, monkeypatch):
    root = roots.by_itself()

    def rival_first():
        changes.create(kenya, root)
        return root

    monkeypatch.setattr(roots, "by_itself", rival_first)
    key = keys.signing_key("KE")
    assert IssuerKey.objects.get().kid == key.kid
    assert len(list(place.glob("KE-*.key"))) == 1


def test_root_of_the_quicker_process_stays(place):
    assert roots.by_itself().certificate == roots.by_itself().certificate
    assert folder.keep(place / "root.development.key", b"another") != b"another"


def test_clock_that_went_back_signs_nothing(kenya, place):
    keys.signing_key("KE")
    with time_machine.travel(timezone.now() - timedelta(minutes=6)), pytest.raises(keys.ClockWentBack):
        keys.signing_key("KE")


def test_clocks_of_two_servers_may_differ_a_little(kenya, place):
    keys.signing_key("KE")
    with time_machine.travel(timezone.now() - timedelta(minutes=4)):
        assert keys.signing_key("KE")


def test_clock_is_compared_with_the_newest_drawing(learner, curriculum, place):
    certificate = issued(learner, curriculum)
    key = keys.signing_key("KE")
    IssuerKey.objects.filter(kid=key.kid).update(created_at=timezone.now() - timedelta(days=30))
    with time_machine.travel(certificate.drawn_at - timedelta(minutes=6)), pytest.raises(keys.ClockWentBack):
        keys.signing_key("KE")


def test_key_is_loaded_once_a_process(kenya, place):
    key = keys.signing_key("KE")
    assert keys.signing_key("KE") is key
    assert loading.read(IssuerKey.objects.get()) is not key
