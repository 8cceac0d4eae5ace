"""The embedded PostgreSQL, when things went wrong before."""

import os
import subprocess

import psycopg
import pytest

from buurtdraad.lib.tests.waiting import until
from buurtdraad.running.cluster import APP, OWNER, Cluster, ClusterBroken, last_line


def count(cluster):
    with psycopg.connect(cluster.url(OWNER)) as connection:
        return connection.execute("SELECT count(*) FROM kept").fetchone()[0]


@pytest.fixture
def filled(spare_cluster):
    spare_cluster.start()
    with psycopg.connect(spare_cluster.url(OWNER)) as connection:
        connection.execute("CREATE TABLE kept AS SELECT 1 AS one")
    return spare_cluster


def test_a_second_start_joins_the_server_that_runs(filled):
    other = Cluster(filled.folder)
    other.start()
    assert other.process is None
    assert count(other) == 1


def test_who_joined_can_stop_it_and_the_starter_sees_that(filled):
    Cluster(filled.folder).stop()
    assert filled.postmaster() is None
    filled.start()
    assert count(filled) == 1


def test_a_number_that_another_program_has_now_stops_no_start(filled):
    filled.process.kill()
    filled.process.wait()
    socket = (filled.folder / "socket").read_text()
    number = filled.data / "postmaster.pid"
    lines = number.read_text().splitlines()
    number.write_text("\n".join([str(os.getppid()), *lines[1:]]) + "\n")
    assert filled.postmaster() is None
    filled.start()
    assert count(filled) == 1
    assert (filled.folder / "socket").read_text() == socket, "addresses stay"


def test_a_socket_folder_that_somebody_cleared_away_is_made_anew(filled):
    filled.stop()
    (filled.folder / "socket").write_text("/tmp/bd-cleared-away")
    filled.start()
    assert count(filled) == 1


def test_a_making_that_was_cut_short_is_done_again(spare_cluster):
    spare_cluster._make()
    spare_cluster.data.rename(spare_cluster.folder / "pgdata.new")
    spare_cluster.start()
    assert spare_cluster.postmaster()


def test_files_of_another_version_give_the_cause(filled):
    filled.stop()
    (filled.data / "PG_VERSION").write_text("17\n")
    with pytest.raises(ClusterBroken, match="incompatible with server"):
        filled.start()


def test_passwords_are_private_and_the_server_listens_on_no_network_address(filled):
    for role in (OWNER, APP):
        assert (filled.folder / f"password-{role}").stat().st_mode & 0o077 == 0
    with psycopg.connect(filled.url(OWNER)) as connection:
        assert connection.execute("SHOW listen_addresses").fetchone() == ("",)
    with pytest.raises(psycopg.OperationalError, match="password"):
        psycopg.connect(filled.url(OWNER).replace(filled.password(OWNER), "wrong"))


def test_the_server_is_no_child_that_ctrl_c_reaches(filled):
    assert os.getpgid(filled.process.pid) != os.getpgid(0)


def test_another_program_on_the_same_number_is_never_stopped(filled):
    filled.stop()
    stranger = subprocess.Popen(["sleep", "60"])
    (filled.data / "postmaster.pid").write_text(f"{stranger.pid}\n")
    Cluster(filled.folder).stop()
    assert stranger.poll() is None
    stranger.kill()
    stranger.wait()
    (filled.data / "postmaster.pid").unlink()


@pytest.mark.parametrize(
    ("log", "line"),
    [("", "no message"), ("LOG: a\n", "LOG: a"), ("x FATAL:  lock file\ny HINT: is it\nz LOG:  shut down\n", "x FATAL:  lock file")],
)
def test_of_a_log_the_line_that_tells_most_is_shown(log, line):
    assert last_line(log) == line


@pytest.mark.slow
def test_a_full_kill_under_load_loses_nothing_that_was_committed(filled):
    cluster = Cluster(filled.folder)  # without the test's speed-ups
    filled.stop()
    cluster.start()
    confirmed = 0
    with psycopg.connect(cluster.url(OWNER), autocommit=True) as connection:
        for number in range(200):
            connection.execute("INSERT INTO kept VALUES (%s)", [number])
            confirmed += 1
        cluster.process.kill()
    cluster.process.wait()
    until(lambda: cluster.postmaster() is None)
    cluster.start()
    assert count(cluster) == 1 + confirmed
    cluster.stop()
