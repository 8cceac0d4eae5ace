"""The supervisor, started and stopped as a person does it."""

import re
import signal
import socket
import subprocess

import psutil
import pytest

from buurtdraad.lib.tests.waiting import PATIENCE, until
from buurtdraad.running.tests.serving import environment, free_port


def tell(folder):
    """Leave a trace in the database."""
    deed = "from buurtdraad.accounts.actions import system_person; system_person('trace')"
    assert folder.command("shell", "-c", deed).returncode == 0


def traces(folder):
    seen = folder.command("shell", "-v0", "-c", "from buurtdraad.accounts.models import Person; print(Person.objects.count())")
    return int(seen.stdout.split()[-1])


def test_one_command_serves_and_a_term_signal_leaves_nothing(empty_folder):
    run = empty_folder.serve().ready()
    assert run.get() == 200
    assert f"http://127.0.0.1:{run.port}/" in run.output
    assert "The city is empty" in run.output
    run.process.send_signal(signal.SIGTERM)
    assert run.process.wait(timeout=PATIENCE) == 0
    assert empty_folder.processes() == []
    assert not (empty_folder.database / "socket").exists()


@pytest.mark.slow
def test_ctrl_c_twice_leaves_nothing_either(folder):
    run = folder.serve().ready()
    run.process.send_signal(signal.SIGINT)
    run.process.send_signal(signal.SIGINT)
    assert run.process.wait(timeout=PATIENCE) == 0
    assert folder.processes() == []


@pytest.mark.slow
@pytest.mark.parametrize("moment", ["Making the database", "Bringing the database"])
def test_ctrl_c_during_the_start_leaves_nothing(empty_folder, moment):
    run = empty_folder.serve()
    until(lambda: moment in run.output)
    run.process.send_signal(signal.SIGINT)
    assert run.process.wait(timeout=PATIENCE) == 0
    assert empty_folder.processes() == []


@pytest.mark.slow
def test_an_empty_city_gets_the_example_once(folder):
    run = folder.serve(DEMO=1).ready()
    assert f"open http://127.0.0.1:{run.port}/demo/" in run.output
    run.process.send_signal(signal.SIGINT)
    assert run.process.wait(timeout=PATIENCE) == 0
    again = folder.serve(DEMO="").ready()
    assert "/demo/" in again.output, "with the embedded database the example is on unless it is put off"
    assert "Loading the example" not in again.output


@pytest.mark.slow
def test_after_a_kill_the_next_run_has_the_same_data_and_no_orphans(folder):
    run = folder.serve().ready()
    tell(folder)
    run.process.kill()
    run.process.wait()
    left = {process.pid for process in folder.processes()}
    assert left, "a kill leaves what the supervisor had started"
    again = folder.serve(PORT=run.port).ready()
    assert again.answers()
    assert "an earlier run had left behind" in again.output
    assert len(folder.processes("postgres -D")) == 1
    assert len(folder.processes("procrastinate worker")) == 1
    assert traces(folder) == 1
    again.process.send_signal(signal.SIGINT)
    assert again.process.wait(timeout=PATIENCE) == 0
    assert folder.processes() == []


@pytest.mark.slow
def test_after_everything_is_killed_at_once_the_data_are_there(folder):
    run = folder.serve().ready()
    tell(folder)
    for process in folder.processes():
        process.kill()
    run.process.wait()
    again = folder.serve().ready()
    assert again.answers()
    assert traces(folder) == 1


@pytest.mark.slow
def test_of_two_runs_at_once_on_one_folder_one_serves_and_the_other_tells_where(folder):
    runs = [folder.serve(), folder.serve()]
    ended = until(lambda: [run for run in runs if run.process.poll() is not None])
    other = next(run for run in runs if run not in ended)
    assert [run.process.returncode for run in ended] == [0]
    assert f"served already: http://127.0.0.1:{other.port}/" in ended[0].output
    assert other.ready().answers()


@pytest.mark.slow
def test_a_dead_web_server_and_a_dead_worker_are_started_again(folder):
    run = folder.serve().ready()
    before = {process.pid for process in [*folder.processes("web_server"), *folder.processes("procrastinate")]}
    for process in [*folder.processes("web_server"), *folder.processes("procrastinate")]:
        process.kill()
    until(lambda: {process.pid for process in folder.processes("procrastinate")} - before and run.answers())
    assert "The web server stopped" in run.output
    assert not [process for process in folder.processes() if process.pid in before]


@pytest.mark.slow
def test_a_killed_database_is_started_again(folder):
    run = folder.serve().ready()
    tell(folder)
    (server,) = folder.processes("postgres -D")
    server.kill()
    until(lambda: "The database stopped" in run.output and run.answers())
    assert traces(folder) == 1


@pytest.mark.slow
def test_no_process_of_ours_is_left_dead_and_unburied(folder):
    run = folder.serve().ready()
    for process in folder.processes("procrastinate"):
        process.kill()
    until(lambda: "The jobs worker stopped" in run.output)
    children = psutil.Process(run.process.pid).children(recursive=True)
    assert psutil.STATUS_ZOMBIE not in [child.status() for child in children]


@pytest.mark.slow
def test_what_an_orphan_is_hangs_on_a_mark_and_not_on_a_number(folder):
    """A program of somebody else with the same words on its command line, and one that serves another folder, live on."""
    stranger = subprocess.Popen(["sleep", "60"], env=environment(folder.path, BUURTDRAAD_SUPERVISED="of another folder"))
    try:
        folder.serve().ready()
        assert stranger.poll() is None
    finally:
        stranger.kill()
        stranger.wait()


def test_a_busy_port_is_said_before_anything_is_started(empty_folder):
    with socket.socket() as busy:
        busy.bind(("127.0.0.1", 0))
        busy.listen()
        port = busy.getsockname()[1]
        ended = empty_folder.command("serve", PORT=port)
    assert ended.returncode == 1
    assert ended.stderr.startswith(f"Port {port} of 127.0.0.1 cannot be used")
    assert len(ended.stderr.splitlines()) == 1
    assert not (empty_folder.path / "database").exists()


@pytest.mark.parametrize(
    ("environ", "said"),
    [
        ({"DATABASE_URL": "mysql://x"}, "must start with postgresql://"),
        ({"DATABASE_URL": "postgresql://nobody:secretword@127.0.0.1:1/none", "SECRET_KEY": "k" * 50}, "DATABASE_URL cannot be used"),
        ({"DATABASE_URL": "postgresql://nobody@127.0.0.1:nonsense/none", "SECRET_KEY": "k" * 50}, "not right|cannot be used"),
        ({"DATABASE_URL": "postgresql://nobody@127.0.0.1:1/none"}, "SECRET_KEY is not set"),
        ({"DATABASE_URL_FILE": "/nowhere/at/all"}, "DATABASE_URL_FILE must be a readable file"),
        ({"PORT": "eighty", "WEB_WORKERS": "0"}, "PORT.*WEB_WORKERS"),
        ({"HOST": "no.such.host.invalid"}, "cannot be used"),
        ({"BUURTDRAAD_HOME": "/dev/null/home"}, "data folder /dev/null/home cannot be used"),
    ],
)
def test_nonsense_in_the_environment_gives_one_sentence(empty_folder, environ, said):
    ended = empty_folder.command("serve", **({"PORT": free_port()} | environ))
    assert ended.returncode == 1
    assert len(ended.stderr.splitlines()) == 1
    assert ended.stdout == ""
    assert re.search(said, ended.stderr)
    assert "secretword" not in ended.stderr
    assert empty_folder.processes() == []


@pytest.mark.slow
def test_the_server_of_a_city_is_used_and_left_running(empty_folder, cluster_of_a_city):
    settings = {"DATABASE_URL": cluster_of_a_city["app"], "DATABASE_OWNER_URL": cluster_of_a_city["owner"], "SECRET_KEY": "k" * 50}
    early = empty_folder.command("serve", **settings, PORT=free_port())
    assert (early.returncode, early.stderr) == (1, "The database lacks migrations: run the command 'migrate' first.\n")
    assert empty_folder.command("migrate", **settings).returncode == 0
    run = empty_folder.serve(**settings).ready()
    assert run.answers()
    assert "/demo/" not in run.output
    assert empty_folder.command("doctor", **settings).returncode == 0
    run.process.send_signal(signal.SIGINT)
    assert run.process.wait(timeout=PATIENCE) == 0
    assert empty_folder.command("showmigrations", **settings).returncode == 0
    assert not (empty_folder.path / "database").exists()
