"""Wagtail enqueues two tasks for each row that is saved: for a whole curriculum thousands, and most of them twice."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db.models import Model
from django.db.models.signals import post_save
from modelsearch import index
from modelsearch.backends import get_search_backends
from modelsearch.signal_handlers import post_save_signal_handler
from wagtail.models import ReferenceIndex
from wagtail.signal_handlers import disable_reference_index_auto_update


@contextmanager
def indexed_once() -> Iterator[None]:
    """What is saved within is indexed at the end, each thing once: for the search, and for what cites what."""
    saved: dict[tuple[type[Model], object], None] = {}

    def note(sender, instance, **kwargs):
        saved[sender, instance.pk] = None

    searched = [model for model in index.get_indexed_models() if getattr(model, "search_auto_update", True)]
    for model in searched:
        post_save.disconnect(post_save_signal_handler, sender=model)
    post_save.connect(note)
    try:
        with disable_reference_index_auto_update():
            yield
    finally:
        post_save.disconnect(note)
        for model in searched:
            post_save.connect(post_save_signal_handler, sender=model)
    _index(saved, set(searched))


def _index(saved: dict, searched: set[type[Model]]) -> None:
    for model in {model for model, _pk in saved}:
        keys = [pk for other, pk in saved if other is model]
        if ReferenceIndex.is_indexed(model):
            for thing in model._default_manager.filter(pk__in=keys):
                ReferenceIndex.create_or_update_for_object(thing)
        if model in searched:
            for backend in get_search_backends(with_auto_update=True):
                backend.add_bulk(model, model.get_indexed_objects().filter(pk__in=keys))
