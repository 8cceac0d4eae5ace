"""Back-up and restore, on a cluster of the test's own: a database with people, events and uploads."""

import json
import shutil
import tarfile
import tempfile
from pathlib import Path

import psycopg
import pytest
from django.utils import timezone

from buurtdraad import testing
from buurtdraad.running import migrating
from buurtdraad.running.backup import BackupRefused, archive, restoring
from buurtdraad.running.backup.restoring import restore
from buurtdraad.running.backup.taking import back_up
from buurtdraad.running.cluster import APP, FORGETFUL, OWNER, Cluster

EVENTS = """
from django.utils import timezone
from buurtdraad.accounts.actions import system_person
from buurtdraad.audit.actions import record, seal
by = system_person("test").uuid
for i in range(20):
    record("thing.done", room="accounts", thing=f"thing:{i}", by=by, at=timezone.now(), payload={"nummer": i, "é": "ü"})
seal(at=timezone.now())
"""


@pytest.fixture(scope="module")
def server():
    """A cluster with one database that has tables, a person and sealed events, to copy for each test."""
    place = Path(tempfile.mkdtemp(prefix="bd-backup-", dir="/tmp"))
    testing.begin_with_tables(place)
    cluster = Cluster(place, options=FORGETFUL)
    cluster.start()
    environment = {"DATABASE_URL": cluster.url(OWNER), "DJANGO_SETTINGS_MODULE": "buurtdraad.settings", "SECRET_KEY": "x" * 50}
    migrating.migrate(environment)
    filled = migrating.django("shell", environment, "-c", EVENTS)
    assert filled.returncode == 0, filled.stderr
    yield cluster
    cluster.stop()
    shutil.rmtree(place)


class City:
    """One database and its uploads."""

    def __init__(self, server, folder, name="city"):
        self.server, self.name, self.folder = server, name, folder
        self.url = server.url(OWNER, name)
        self.uploads = folder / "uploads"
        self.uploads.mkdir(parents=True)

    def keep(self, name, content):
        path = self.uploads / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)

    def ask(self, question):
        with psycopg.connect(self.url) as connection:
            return connection.execute(question).fetchall()

    def do(self, *statements):
        with psycopg.connect(self.url, autocommit=True) as connection:
            for statement in statements:
                connection.execute(statement)

    def back_up(self, name="kept.tar"):
        back_up(self.folder / name, url=self.url, uploads=self.uploads, at=timezone.now())
        return self.folder / name

    def restore(self, source, *, replace=False):
        return restore(source, url=self.url, uploads=self.uploads, replace=replace, say=lambda line: None)

    def state(self):
        with psycopg.connect(self.url, options="-c timezone=UTC") as connection:
            files = {str(path.relative_to(self.uploads)): path.read_bytes() for path in self.uploads.rglob("*") if path.is_file()}
            return restoring.postgres.contents(connection), files


@pytest.fixture
def databases(server):
    """Makes databases; those of the test are gone after it."""
    admin = psycopg.connect(server.url(OWNER, "postgres"), autocommit=True)
    with admin:
        yield lambda name, template="buurtdraad": admin.execute(f"CREATE DATABASE {name} TEMPLATE {template}")
        rows = admin.execute(
            "SELECT datname FROM pg_database WHERE datname NOT IN ('postgres', 'buurtdraad') AND NOT datistemplate"
        ).fetchall()
        for (name,) in rows:
            admin.execute(f"DROP DATABASE {name} WITH (FORCE)")


@pytest.fixture
def city(server, databases, tmp_path):
    databases("city")
    made = City(server, tmp_path / "city")
    made.keep("ab/abcd/320.webp", b"picture")
    made.keep("cd/cdef/document.pdf", b"%PDF" * 10_000)
    return made


@pytest.fixture
def empty(server, databases, tmp_path):
    databases("fresh", "template0")
    return City(server, tmp_path / "fresh", "fresh")


def test_what_comes_back_is_what_was_there(city, empty):
    found = empty.restore(city.back_up())
    assert empty.state() == city.state()
    assert (found.files, found.tables["audit_event"], found.to_do) == (2, 20, [])
    assert empty.ask("SELECT count(*) FROM accounts_person") == [(1,)]


def test_the_role_of_the_web_can_work_in_what_came_back_and_still_not_alter_events(city, empty, server):
    empty.restore(city.back_up())
    with psycopg.connect(server.url(APP, "fresh")) as connection:
        connection.execute("UPDATE accounts_person SET name = 'Kees'")
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            connection.execute("DELETE FROM audit_event")


def test_counting_goes_on_where_it_was(city, empty):
    empty.restore(city.back_up())
    ((next_id,),) = empty.ask("SELECT nextval('audit_event_id_seq')")
    assert next_id == 21


def test_a_back_up_is_private_whole_and_never_written_over(city):
    made = city.back_up()
    assert made.stat().st_mode & 0o777 == 0o600
    with pytest.raises(BackupRefused, match="never overwritten"):
        city.back_up()
    assert sorted(path.name for path in city.folder.iterdir()) == ["kept.tar", "uploads"]


def test_a_back_up_that_fails_leaves_no_file(city):
    city.do("DROP TABLE django_migrations")
    with pytest.raises(BackupRefused, match="no tables"):
        city.back_up()
    assert [path.name for path in city.folder.iterdir()] == ["uploads"]


def test_a_file_that_is_still_being_written_is_left_out(city):
    city.keep("ab/.abcd/320.webp", b"half")
    with tarfile.open(city.back_up()) as tar:
        assert not [name for name in tar.getnames() if "/." in name]


def test_a_database_with_data_is_not_replaced_unless_it_is_said(city):
    made = city.back_up()
    city.do("UPDATE accounts_person SET name = 'later'")
    city.keep("ef/efgh/320.webp", b"later")
    before = city.state()
    with pytest.raises(BackupRefused, match="--replace"):
        city.restore(made)
    assert city.state() == before
    city.restore(made, replace=True)
    assert city.state() != before
    assert len(city.state()[1]) == 2


def test_uploads_alone_are_reason_enough_not_to_replace(city, empty):
    empty.keep("a/b", b"somebody's")
    with pytest.raises(BackupRefused, match="uploads"):
        empty.restore(city.back_up())


def test_restoring_twice_gives_the_same_and_leaves_nothing_behind(city, empty, server):
    made = city.back_up()
    before = names_in(empty)
    empty.restore(made)
    first = empty.state()
    empty.restore(made, replace=True)
    assert empty.state() == first
    assert [path.name for path in empty.folder.iterdir()] == ["uploads"]
    assert names_in(empty) == before >= {"buurtdraad", "city", "fresh"}


def names_in(place):
    return {name for (name,) in place.ask("SELECT datname FROM pg_database")}


def damage(path, at):
    content = bytearray(path.read_bytes())
    content[at] ^= 0xFF
    path.write_bytes(bytes(content))


def test_a_damaged_file_names_what_is_damaged_and_changes_nothing(city, empty):
    made = city.back_up()
    whole, before = made.read_bytes(), empty.state()
    with tarfile.open(made) as tar:
        places = {member.name: member.offset_data for member in tar.getmembers()}
    for name, place in places.items():
        made.write_bytes(whole)
        damage(made, place + 3)
        with pytest.raises(BackupRefused, match="manifest" if "manifest" in name else name):
            empty.restore(made)
    for length in (0, 100, 512, len(whole) // 2, len(whole) - 12_000):
        made.write_bytes(whole[:length])
        with pytest.raises(BackupRefused, match=r"no back-up|damaged"):
            empty.restore(made)
    assert empty.state() == before


def test_no_file_and_another_file_are_told_apart(empty, tmp_path):
    with pytest.raises(BackupRefused, match="no file"):
        empty.restore(tmp_path / "nothing.tar")
    (tmp_path / "letter.txt").write_text("Beste gemeente")
    with pytest.raises(BackupRefused, match="no back-up"):
        empty.restore(tmp_path / "letter.txt")


def rewritten(source, target, *, manifest=None, rename=None):
    """The same back-up with other facts, and a list that fits: what an attacker could make."""
    with tarfile.open(source) as tar, archive.written(target) as writing:
        facts = json.loads(tar.extractfile("manifest.json").read()) | (manifest or {})
        for name in facts.pop("files"):
            path = target.with_suffix(".part")
            path.write_bytes(tar.extractfile(name).read())
            writing.add((rename or {}).get(name, name), path)
            path.unlink()
        facts.pop("format", None) if "format" not in (manifest or {}) else None
        writing.finish(facts)
    return target


@pytest.mark.parametrize(
    ("facts", "cause"),
    [
        ({"migrations": ["accounts.0099_of_next_year"]}, "newer version"),
        ({"format": 2}, "format 2"),
        ({"server": 990001}, "PostgreSQL 99"),
        ({"tables": {"accounts_person": [7, "1"]}}, "not as it was"),
    ],
)
def test_a_back_up_of_another_version_or_with_other_rows_is_refused(city, empty, facts, cause):
    made = rewritten(city.back_up(), city.folder / "other.tar", manifest=facts)
    before = empty.state()
    with pytest.raises(BackupRefused, match=cause):
        empty.restore(made)
    assert empty.state() == before


@pytest.mark.parametrize("name", ["uploads/../../evil", "/etc/evil", "uploads/.ssh/evil", "uploads/a\nb"])
def test_a_name_that_leads_elsewhere_is_refused(city, empty, name):
    made = rewritten(city.back_up(), city.folder / "other.tar", rename={"uploads/ab/abcd/320.webp": name})
    with pytest.raises(BackupRefused, match="no back-up of ours"):
        empty.restore(made)


def test_forged_events_do_not_come_back(city, empty):
    city.do(
        "ALTER TABLE audit_event DISABLE TRIGGER USER",
        "UPDATE audit_event SET verb = 'forged' WHERE id = 3",
        "ALTER TABLE audit_event ENABLE TRIGGER USER",
    )
    with pytest.raises(BackupRefused, match="audit"):
        empty.restore(city.back_up())


def test_a_database_in_use_is_not_replaced(city, empty):
    made = city.back_up()
    with psycopg.connect(empty.url), pytest.raises(BackupRefused, match="in use"):
        empty.restore(made)


def test_the_role_of_the_web_can_neither_back_up_nor_restore(city, empty, server):
    made = city.back_up()
    for url, deed in ((server.url(APP, "city"), lambda: city.back_up("b.tar")), (server.url(APP, "fresh"), lambda: empty.restore(made))):
        city.url = empty.url = url
        with pytest.raises(BackupRefused, match="DATABASE_OWNER_URL"):
            deed()


@pytest.mark.parametrize("moment", ["fill", "compare", "take"])
def test_an_interrupted_restore_leaves_the_old_in_use_and_the_next_one_works(city, moment, monkeypatch):
    made = city.back_up()
    city.do("UPDATE accounts_person SET name = 'later'")
    before = city.state()
    with monkeypatch.context() as patched:
        whole = getattr(restoring.Place, moment)

        def cut_short(self, *args, **kwargs):
            if moment != "take":
                whole(self, *args, **kwargs)
            raise KeyboardInterrupt

        patched.setattr(restoring.Place, moment, cut_short)
        with pytest.raises(KeyboardInterrupt):
            city.restore(made, replace=True)
    assert city.state() == before
    city.restore(made, replace=True)
    assert city.state() != before


def test_when_the_uploads_cannot_change_places_the_database_does_not_either(city, monkeypatch):
    made = city.back_up()
    before = city.state()
    rename = Path.rename

    def stubborn(self, target):
        if self.name == "uploads.restored":
            raise OSError(16, "Device or resource busy")
        return rename(self, target)

    monkeypatch.setattr(Path, "rename", stubborn)
    with pytest.raises(OSError, match="busy"):
        city.restore(made, replace=True)
    monkeypatch.undo()
    assert city.state() == before


def test_a_city_that_closes_its_database_to_others_keeps_it_closed(city, empty):
    empty.do("REVOKE ALL ON DATABASE fresh FROM PUBLIC")
    empty.restore(city.back_up())
    assert empty.ask(
        "SELECT has_database_privilege('public', 'fresh', 'CONNECT'), has_database_privilege('buurtdraad_app', 'fresh', 'CONNECT')"
    ) == [(False, True)]


@pytest.mark.slow
def test_by_command_with_the_embedded_database(folder, tmp_path):
    uploads = folder.path / "uploads" / "ab" / "abcd"
    uploads.mkdir(parents=True)
    (uploads / "320.webp").write_bytes(b"picture")
    made = folder.command("backup", str(tmp_path / "a.tar"))
    assert made.returncode == 0, made.stderr
    assert "1 uploads" in made.stdout
    refused = folder.command("restore", str(tmp_path / "a.tar"))
    assert refused.returncode == 1
    assert "--replace" in refused.stderr
    done = folder.command("restore", str(tmp_path / "a.tar"), "--replace")
    assert done.returncode == 0, done.stderr
    assert "All as it was" in done.stdout
    assert (uploads / "320.webp").read_bytes() == b"picture"
    run = folder.serve().ready()
    refused = folder.command("restore", str(tmp_path / "a.tar"), "--replace")
    assert "stop the product" in refused.stderr
    assert folder.command("backup", str(tmp_path / "b.tar")).returncode == 0
    assert run.answers()
