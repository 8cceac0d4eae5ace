"""The console script: which command gets which database, and what comes back."""

import re
import shutil
import signal
import subprocess

import pytest

from buurtdraad.lib.tests.waiting import PATIENCE, until
from buurtdraad.running.tests.serving import BUURTDRAAD, environment


@pytest.mark.parametrize(
    ("words", "code"),
    [(["version"], 0), (["help"], 0), (["dbshell", "--help"], 0), (["loadplaces"], 1)],
)
def test_a_command_that_needs_no_database_starts_none(empty_folder, words, code):
    ended = empty_folder.command(*words)
    assert ended.returncode == code, ended.stderr
    assert list(empty_folder.path.iterdir()) == []


def test_a_command_runs_as_the_role_without_rights_on_tables_and_its_exit_code_comes_through(folder):
    ended = folder.command(
        "shell", "-v0", "-c", "from django.db import connection as c; print(c.cursor().execute('SELECT current_user').fetchone())"
    )
    assert "buurtdraad_app" in ended.stdout
    assert "Bringing" not in ended.stderr
    assert folder.command("shell", "-c", "import sys; sys.exit(7)").returncode == 7
    altered = folder.command("dbshell", "--", "-c", "DELETE FROM audit_event")
    assert "permission denied" in altered.stderr
    assert folder.command("migrate", "--check").returncode == 0
    assert folder.processes() == []


def test_a_file_named_on_the_command_line_is_looked_up_from_where_the_person_stands(folder, tmp_path):
    (tmp_path / "deed.sql").write_text("SELECT 40 + 2 AS answer")
    (tmp_path / "json.py").write_text("raise SystemExit('a file of the person was taken for a package')")
    ended = subprocess.run(
        [*BUURTDRAAD, "dbshell", "--", "-f", "deed.sql"], cwd=tmp_path, env=environment(folder.path), capture_output=True, text=True
    )
    assert "42" in ended.stdout, ended.stderr


@pytest.mark.slow
def test_a_command_joins_the_database_of_the_server_that_runs(folder):
    run = folder.serve().ready()
    before = folder.processes("postgres -D")
    examined = folder.command("doctor")
    assert examined.returncode == 0, examined.stdout
    assert folder.processes("postgres -D") == before
    assert len(before) == 1
    assert run.answers()


@pytest.mark.slow
def test_of_two_commands_the_last_to_leave_stops_the_database(folder):
    deed = "import time; from buurtdraad.accounts.models import Person; time.sleep({}); print('counted', Person.objects.count())"
    # On a busy machine the first may need a while to begin.
    first, second = [folder.begin("shell", "-v0", "-c", deed.format(seconds)) for seconds in (0.5, 20)]
    assert "counted 0" in first.communicate(timeout=PATIENCE)[0]
    assert any("pgdata" in " ".join(process.cmdline()) for process in folder.processes())
    assert "counted 0" in second.communicate(timeout=PATIENCE)[0]
    assert folder.processes() == []


@pytest.mark.slow
@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_a_command_that_is_stopped_stops_the_database_that_it_started(folder, number):
    process = folder.begin("shell", "-v0", "-c", "import time; print('begun', flush=True); time.sleep(60)")
    until(lambda: "begun" in process.stdout.readline())
    process.send_signal(number)
    process.communicate(timeout=PATIENCE)
    assert process.returncode in {128 + number, -number}
    assert folder.processes() == []


@pytest.mark.slow
def test_a_database_that_a_killed_command_left_is_joined_and_stopped(folder):
    process = folder.begin("shell", "-v0", "-c", "import time; print('begun', flush=True); time.sleep(60)")
    until(lambda: "begun" in process.stdout.readline())
    process.kill()
    process.communicate()
    assert folder.processes() != []
    assert folder.command("doctor").returncode == 0
    assert folder.processes() == []


@pytest.mark.slow
def test_a_data_folder_that_was_removed_begins_empty_again(folder):
    deed = "from buurtdraad.accounts.models import Person; Person.objects.create(name='x'); print('persons', Person.objects.count())"
    assert "persons 1" in folder.command("shell", "-v0", "-c", deed).stdout
    before = folder.database
    shutil.rmtree(folder.path)
    again = folder.command("shell", "-v0", "-c", deed)
    assert "Bringing the database up to date" in again.stderr
    assert "persons 1" in again.stdout
    shutil.rmtree(before, ignore_errors=True)


@pytest.mark.slow
def test_jobs_are_deferred_and_done_by_the_role_of_the_worker(folder):
    deed = """
from django.utils import timezone
from buurtdraad.audit.actions import record
from buurtdraad.audit.tasks import seal_events
record("area.loaded", room="places", thing="area:1", by=None, at=timezone.now())
print("job", seal_events.defer(timestamp=0))
"""
    assert "job " in folder.command("shell", "-v0", "-c", deed).stdout
    worked = folder.command("procrastinate", "worker", "--one-shot", "--delete-jobs=successful")
    assert worked.returncode == 0, worked.stderr
    # What the worker does each minute by itself may have left an event of its own.
    checked = folder.command("verify_audit")
    assert re.match(r"[1-9]\d* sealed events under [1-9]\d* seals\n", checked.stdout)
    assert "0 events not sealed yet" in checked.stdout
    left = folder.command(
        "shell", "-v0", "-c", "from procrastinate.contrib.django.models import ProcrastinateJob as J; print('left', J.objects.count())"
    )
    assert "left 0" in left.stdout
