"""What a check says: of which card and field, whether it keeps the page back, in one sentence."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Remark:
    """`field` is the name of the card's field, empty for the whole card; `card` the id of the card's block, empty for
    the whole page. A remark that `blocks` keeps the page from review and from learners; any other only speaks."""

    sentence: str
    field: str = ""
    blocks: bool = False
    card: str = ""
    number: int = 0
    name: str = ""
