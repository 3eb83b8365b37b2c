import pytest
from django.db import IntegrityError, transaction
from wagtail.models import PageLogEntry

from curriculum.models import Withdrawal
from curriculum.services import AlreadyWithdrawn, lift, withdraw


def test_withdraw_holds_for_every_language_and_stands_in_the_history(trainer, curriculum):
    withdrawal = withdraw(curriculum.module, by=trainer, reason="A figure is wrong")
    assert withdrawal.page_key == curriculum.module.translation_key
    assert (withdrawal.title, withdrawal.withdrawn_by) == ("Tuberculosis", trainer)
    assert PageLogEntry.objects.filter(page=curriculum.module.pk, action="curriculum.withdraw", user=trainer).exists()


def test_withdraw_twice_is_refused(trainer, curriculum):
    withdraw(curriculum.module, by=trainer, reason="A figure is wrong")
    with pytest.raises(AlreadyWithdrawn):
        withdraw(curriculum.module, by=trainer, reason="Another reason")
    with pytest.raises(IntegrityError), transaction.atomic():
        Withdrawal.objects.create(page_key=curriculum.module.translation_key, title="x", reason="y")


def test_lift_gives_it_back_and_a_second_call_changes_nothing(trainer, administrator, curriculum):
    withdrawal = withdraw(curriculum.module, by=trainer, reason="A figure is wrong")
    first = lift(withdrawal, by=trainer)
    second = lift(withdrawal, by=administrator)
    assert (second.lifted_by, second.lifted_at) == (trainer, first.lifted_at)
    assert not Withdrawal.objects.open().exists()
    assert PageLogEntry.objects.filter(action="curriculum.lift").count() == 1


def test_withdraw_again_after_it_was_lifted(trainer, curriculum):
    lift(withdraw(curriculum.module, by=trainer, reason="One"), by=trainer)
    withdraw(curriculum.module, by=trainer, reason="Two")
    assert Withdrawal.objects.count() == 2
