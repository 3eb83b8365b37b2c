"""Whether what was built from files is what an editor would be allowed to save."""


def check_streams(thing) -> None:
    for field_ in thing._meta.get_fields():
        if hasattr(field_, "stream_block"):
            field_.stream_block.clean(getattr(thing, field_.name))


def words_of(error) -> list[str]:
    """The sentences of a validation error, however deep Wagtail nested it."""
    found = []
    for name, inner in getattr(error, "block_errors", {}).items():
        found += [f"{name}: {words}" for words in words_of(inner)]
    for inner in getattr(error, "non_block_errors", None) or []:
        found += [str(inner)]
    if not found:
        found = error.messages if hasattr(error, "messages") else [str(error)]
    return found
