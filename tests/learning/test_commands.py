from io import StringIO

from django.core.management import call_command

from lms.learning.models import Enrolment
from lms.learning.services import complete_unit, enrol


def test_rebuild_progress_mends_the_counts(learner, curriculum):
    enrolment = enrol(learner, curriculum.programme)
    complete_unit(learner, curriculum.lessons[0])
    Enrolment.objects.update(done_count=0, required_count=0)
    out = StringIO()
    call_command("rebuild_progress", stdout=out)
    enrolment.refresh_from_db()
    assert (enrolment.done_count, enrolment.required_count) == (1, 4)
    assert out.getvalue() == "1 enrolments had been wrong and are mended.\n"
