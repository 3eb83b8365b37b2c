"""A worker that is killed while it issues. The bench `crash` does the same with 200."""

import shutil

from tests import template_database
from tests.bench import crash


def test_killed_worker_loses_and_doubles_nothing(tmp_path, db):
    """`db`: the migrated template is there."""
    made = next(template_database.FOLDER.glob("*.sqlite3"), None)
    if made:
        shutil.copy(made, tmp_path / "db.sqlite3")
    else:
        crash.migrate(tmp_path)
    assert crash.issue(tmp_path, many=4, kills=1) == crash.once(4)
