"""The data folder of one city on this machine: its secret key, its uploads, and (unless it has a server) its database."""

import contextlib
import os
import secrets
import tempfile
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from buurtdraad.running.cluster import ROOT_STORE, Cluster, ClusterBroken, private_file

PACKAGE = Path(__file__).resolve().parent.parent
# A file in the data folder for as long as the supervisor stops: `/readyz` then says so.
STOPPING = "stopping"


@dataclass(frozen=True)
class Home:
    """One data folder (absolute, without links, made and writable)."""

    folder: Path

    @property
    def uploads(self) -> Path:
        return self.folder / "uploads"

    def secret_key(self) -> str:
        """The key that signs sessions and links, made at the first use and kept for ever."""
        return self._kept("secret-key")

    def demo(self) -> str:
        """Whether this folder is a demo ("1" or "0"): as `serve` was last told, and a demo until it was told otherwise."""
        kept = self.folder / "demo"
        if told := os.environ.get("DEMO", "").strip():
            return told
        return kept.read_text() if kept.exists() else "1"

    def keep_demo(self, told: str) -> None:
        (self.folder / "demo").write_text(told)

    def mark(self) -> str:
        """What the processes of this folder's supervisor carry in their environment, so that no other is taken for one."""
        return self._kept("mark")

    def cluster(self) -> Cluster:
        """The embedded database of this folder. As root it lives below `/var/lib/buurtdraad`, where PostgreSQL's own
        account can come without the parents of this folder being opened; a link leads there."""
        place = self.folder / "database"
        if os.geteuid() == 0 and not place.exists() and not self.folder.is_relative_to(ROOT_STORE):
            store = Path(tempfile.mkdtemp(prefix=f"{self.folder.name}-", dir=ROOT_STORE))
            store.chmod(0o711)
            place.unlink(missing_ok=True)  # a link to a folder that is gone
            place.symlink_to(store)
        return Cluster(place.resolve())

    def _kept(self, name: str) -> str:
        """A random text that is made once; two processes at once agree on it."""
        file = self.folder / name
        if not file.exists():
            fresh = self.folder / f".{name}.{os.getpid()}"
            private_file(fresh, secrets.token_urlsafe(48))
            with contextlib.suppress(FileExistsError):
                os.link(fresh, file)
            fresh.unlink()
        return file.read_text()


def find_home() -> Home:
    """The folder that BUURTDRAAD_HOME names, else a fixed one for this checkout and account, made where it is not there.

    Raises `ClusterBroken` when it cannot be made or is somebody else's.
    """
    named = os.environ.get("BUURTDRAAD_HOME", "").strip()
    folder = Path(os.path.abspath(Path(named).expanduser())) if named else default_folder()
    try:
        if os.geteuid() == 0:
            ROOT_STORE.mkdir(parents=True, exist_ok=True, mode=0o755)
        folder.mkdir(parents=True, exist_ok=True)
        folder = folder.resolve()
        folder.chmod(0o711 if os.geteuid() == 0 else 0o700)
        home = Home(folder)
        home.uploads.mkdir(exist_ok=True, mode=0o700)
        home.secret_key()
    except OSError as problem:
        raise ClusterBroken(f"The data folder {folder} cannot be used ({problem.strerror}): set BUURTDRAAD_HOME to another.") from None
    return home


def default_folder() -> Path:
    """As root below `/var/lib/buurtdraad`, else `.data` in the checkout, else the account's own place for data."""
    checkout = PACKAGE.parent.parent
    name = f"{checkout.name}-{sha256(str(checkout).encode()).hexdigest()[:8]}"
    if os.geteuid() == 0:
        return ROOT_STORE / name
    local = checkout / ".data"
    if (checkout / "run").exists() and os.access(local if local.exists() else checkout, os.W_OK):
        return local
    return Path(os.environ.get("XDG_DATA_HOME") or Path.home() / ".local/share") / "buurtdraad" / name
