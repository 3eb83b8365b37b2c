"""Who wants no messages: by address, kept as a keyed hash."""

from collections.abc import Iterable

from django.utils.crypto import salted_hmac

from .models import Channel, OptOut


def opt_out(channel: Channel | str, address: str) -> None:
    """From now on this address gets only what it asked for itself. Idempotent."""
    OptOut.objects.get_or_create(channel=channel, address_hash=hash_of(address))


def opt_in(channel: Channel | str, address: str) -> None:
    """This address gets everything again. Idempotent."""
    OptOut.objects.filter(channel=channel, address_hash=hash_of(address)).delete()


def is_opted_out(channel: Channel | str, address: str) -> bool:
    return OptOut.objects.filter(channel=channel, address_hash=hash_of(address)).exists()


def opted_out_of(addresses: Iterable[tuple[str, str]]) -> set[tuple[str, str]]:
    """Of these (channel, address) pairs, those that want nothing. One query."""
    hashed = {hash_of(address): (str(channel), address) for channel, address in addresses}
    rows = OptOut.objects.filter(address_hash__in=hashed).values_list("channel", "address_hash")
    return {hashed[found] for channel, found in rows if hashed[found][0] == channel}


def hash_of(address: str) -> str:
    """Keyed, so that nobody can try out numbers against the table."""
    return salted_hmac("messaging.opt-out", address.strip().lower(), algorithm="sha256").hexdigest()
