from django_tasks import task

from .. import selections
from ..models import Selection


@task()
def carry_out_selection(selection_id: str) -> None:
    """Enqueued in the transaction that confirms. Running it twice does nobody twice."""
    selections.carry_out(Selection.objects.select_related("by").get(pk=selection_id))


def resume_selections() -> None:
    for key in selections.left_behind():
        carry_out_selection.enqueue(str(key))
