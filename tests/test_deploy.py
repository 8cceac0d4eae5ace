"""The examples in `deploy/` are right as far as this machine can tell, and name what is there."""

import re
import shutil
import subprocess
import tomllib

import pytest

from buurtdraad.lib.unlogged import UNCOUNTED
from tests.reading import ROOT

DEPLOY = ROOT / "deploy"
UNITS = sorted(DEPLOY.glob("*.service")) + sorted(DEPLOY.glob("*.timer"))


def settings_known():
    groups = tomllib.loads((ROOT / "tools/settings_words.toml").read_text())
    return {name for group in groups.values() for name in group}


def test_every_example_stands_in_the_list_and_in_running():
    listed = (DEPLOY / "README.md").read_text()
    running = (ROOT / "docs/running.md").read_text()
    names = [path.name for path in DEPLOY.iterdir() if path.name != "README.md"]
    assert not [name for name in names if f"`{name}`" not in listed]
    assert not [name for name in names if name not in running]


def test_the_examples_set_only_what_there_is():
    texts = "\n".join(path.read_text() for path in [DEPLOY / "settings", *UNITS])
    texts = re.sub(r"^#.*", "", texts, flags=re.MULTILINE)
    named = set(re.findall(r"(?:^|Environment=| )([A-Z][A-Z0-9_]+)=", texts, re.MULTILINE))
    assert {"ALLOWED_HOSTS", "SECRET_KEY_FILE"} <= named
    assert not {name.removesuffix("_FILE") for name in named} - settings_known()


@pytest.mark.skipif(not shutil.which("systemd-analyze"), reason="there is no systemd-analyze here")
def test_systemd_takes_the_units(tmp_path):
    for path in UNITS:
        # The checkout of the example is not on this machine.
        text = re.sub(r"/srv/buurtdraad/run", "/bin/true", path.read_text()).replace("postgresql.service", "")
        (tmp_path / path.name).write_text(text)
    ended = subprocess.run(
        ["systemd-analyze", "verify", "--man=no", "--recursive-errors=no", *(tmp_path / path.name for path in UNITS)],
        capture_output=True,
        text=True,
    )
    said = [line for line in ended.stderr.splitlines() if "buurtdraad" in line]
    assert (ended.returncode, said) == (0, []), ended.stderr


def test_the_unit_waits_longer_than_the_product_takes_to_stop():
    from buurtdraad.running.supervisor import PATIENCE

    text = (DEPLOY / "buurtdraad.service").read_text()
    assert int(re.search(r"TimeoutStopSec=(\d+)", text)[1]) > PATIENCE
    assert "ExecReload=/srv/buurtdraad/run reload" in text


def test_the_proxy_of_nginx_closes_what_it_opens_and_logs_no_vote():
    text = re.sub(r"#.*", "", (DEPLOY / "nginx.conf").read_text())
    assert text.count("{") == text.count("}")
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    assert not [line for line in lines if not line.endswith((";", "{", "}"))]
    logged = re.search(r"~/\((.+)\)/ 0;", text)[1].split("|")
    assert {f"/{word}/" for word in logged} == set(UNCOUNTED)


@pytest.mark.skipif(not shutil.which("nginx"), reason="there is no nginx here")
def test_nginx_takes_the_proxy(tmp_path):
    key, certificate = tmp_path / "key.pem", tmp_path / "fullchain.pem"
    made = ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-subj", "/CN=x", "-days", "1", "-keyout", key, "-out", certificate]
    subprocess.run(made, check=True, capture_output=True)
    text = (DEPLOY / "nginx.conf").read_text().replace("/etc/ssl/buurt.example.nl", str(tmp_path)).replace("/var/log/nginx", str(tmp_path))
    whole = tmp_path / "nginx.conf"
    whole.write_text(f"pid {tmp_path}/pid;\nerror_log stderr;\nevents {{}}\nhttp {{\n{text}\n}}\n")
    ended = subprocess.run(["nginx", "-t", "-c", whole], capture_output=True, text=True)
    assert ended.returncode == 0, ended.stderr


@pytest.mark.skipif(not shutil.which("caddy"), reason="there is no caddy here")
def test_caddy_takes_the_proxy():
    ended = subprocess.run(
        ["caddy", "validate", "--config", DEPLOY / "Caddyfile", "--adapter", "caddyfile"], capture_output=True, text=True
    )
    assert ended.returncode == 0, ended.stderr


def test_the_image_runs_as_nobody_in_particular_and_tells_its_health():
    text = (DEPLOY / "Containerfile").read_text()
    last = text.rpartition("FROM ")[2]
    assert re.search(r"^USER (?!root)\w+", last, re.MULTILINE)
    assert last.index("USER ") < last.index("CMD ")
    assert "HEALTHCHECK" in last
    for source in re.findall(r"^COPY (?!--from)(\S+)", text, re.MULTILINE):
        assert (ROOT / source).exists(), source
    check = re.search(r'"-c", "(.+)"\]', last)[1]
    compile(check, "healthcheck", "exec")
