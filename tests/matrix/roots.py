"""Roots: whole Debians and Ubuntus in a folder (debootstrap): another release's QGIS and GDAL run beside the
machine's own.

Making and entering one needs root's rights (sudo is used where it is there). A root is kept and used again;
delete its folder to have it made anew. What is mounted into a root lies in a mount namespace that ends with
the command: nothing stays mounted, not even after a kill.
"""

from __future__ import annotations

import hashlib
import io
import os
import shutil
import subprocess
import tarfile
import urllib.request
from dataclasses import dataclass
from pathlib import Path

CHECKOUT = Path(__file__).parents[2]
ROOTS = Path(os.environ.get("MATRIX_ROOTS", CHECKOUT / ".matrix"))
MIRROR = os.environ.get("MATRIX_MIRROR", "http://deb.debian.org/debian")
UBUNTU_MIRROR = os.environ.get("MATRIX_UBUNTU_MIRROR", "http://archive.ubuntu.com/ubuntu")
_UBUNTU = ("jammy", "noble", "resolute")
"""Releases of Ubuntu, by debootstrap's names for them."""
_KEYRING = "pool/main/u/ubuntu-keyring/ubuntu-keyring_2021.03.26_all.deb"
_KEYRING_SHA256 = "0d0e7ed6b112f5d03eabf3c7eb01ebdacf9c57714b279e90495cfc58c8c4520f"
"""Ubuntu's keys, by which debootstrap checks what it downloads. Debian has no package with them."""
_CERTIFICATES = "/etc/ssl/certs/ca-certificates.crt"
_PASSED_ON = ("http_proxy", "https_proxy", "no_proxy", "PIP_INDEX_URL")
_BASE = "ca-certificates,git,make,passwd,python3-venv"
_MOUNT = """
root=$1; shift
mount --rbind /dev "$root/dev"
mount --rbind /sys "$root/sys"
mount --rbind /proc "$root/proc"
[ ! -e "$0" ] || mount --bind "$0" "$root$0"
cp -L /etc/resolv.conf /etc/hosts "$root/etc/"
exec chroot "$root" "$@"
"""
"""The machine's certificates are the root's: a proxy that this machine trusts is trusted there."""


@dataclass(frozen=True)
class Root:
    """Debian's or Ubuntu's ``suite`` in a folder of its own, with a copy of the checkout in
    ``/root/raster_segmenter``.
    """

    suite: str

    @property
    def folder(self) -> Path:
        return ROOTS / self.suite

    @property
    def checkout(self) -> Path:
        """The copy of the checkout, as a path of this machine."""
        return self.folder / "root" / "raster_segmenter"

    def prepare(self, packages: tuple[str, ...]) -> None:
        """Make the root unless it is there, bring its packages up to date, and copy the checkout's files into
        it.
        """
        if not (self.folder / "complete").exists():
            self._make()
        # A mirror that lags behind, or was frozen, is good enough for tests.
        self._run("apt-get update -q -o Acquire::Check-Valid-Until=false && apt-get upgrade -q -y")
        self._run("apt-get install -q -y --no-install-recommends", *packages)
        _privileged("bash", "-c", _COPY, str(CHECKOUT), str(self.checkout))

    def run(self, command: str, **environment: str) -> int:
        """Run a line of shell in the copy of the checkout; returns its exit status."""
        return self._enter(f"cd /root/raster_segmenter && {command}", **environment)

    def _make(self) -> None:
        if not shutil.which("debootstrap"):
            _privileged("apt-get", "install", "-q", "-y", "debootstrap")
        shutil.rmtree(self.folder, ignore_errors=True)
        self.folder.mkdir(parents=True)
        source = self._of_ubuntu() if self.suite in _UBUNTU else (self.suite, str(self.folder), MIRROR)
        _privileged("debootstrap", "--variant=minbase", f"--include={_BASE}", *source)
        _privileged("touch", str(self.folder / "complete"))

    def _of_ubuntu(self) -> tuple[str, ...]:
        """What debootstrap is told for Ubuntu; all of its releases are made by the script called gutsy."""
        keyring = ROOTS / "ubuntu-keyring.gpg"
        with urllib.request.urlopen(f"{UBUNTU_MIRROR}/{_KEYRING}") as answer:
            package = answer.read()
        if hashlib.sha256(package).hexdigest() != _KEYRING_SHA256:
            raise SystemExit(f"{UBUNTU_MIRROR}/{_KEYRING} is not the package that it should be, by its hash.")
        command = ["dpkg-deb", "--fsys-tarfile", "/dev/stdin"]
        files = subprocess.run(command, input=package, stdout=subprocess.PIPE, check=True).stdout
        with tarfile.open(fileobj=io.BytesIO(files)) as archive:
            keys = archive.extractfile("./usr/share/keyrings/ubuntu-archive-keyring.gpg")
            keyring.write_bytes(keys.read() if keys else b"")
        options = (f"--keyring={keyring}", "--components=main,universe")
        return (*options, self.suite, str(self.folder), UBUNTU_MIRROR, "/usr/share/debootstrap/scripts/gutsy")

    def _run(self, *words: str) -> None:
        if status := self._enter(" ".join(words)):
            raise SystemExit(f"{self.suite}: exit status {status} of: {' '.join(words)}")

    def _enter(self, command: str, **environment: str) -> int:
        home = {
            "HOME": "/root",
            "LANG": "C.UTF-8",
            "DEBIAN_FRONTEND": "noninteractive",
            "SSL_CERT_FILE": _CERTIFICATES,
            "PIP_CERT": _CERTIFICATES,
        }
        path = {"PATH": "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin"}
        passed = {name: os.environ[name] for name in _PASSED_ON if name in os.environ}
        variables = [f"{name}={value}" for name, value in {**home, **path, **passed, **environment}.items()]
        inside = ["/usr/bin/env", "-i", *variables, "/bin/bash", "-c", command]
        return _privileged(
            "unshare", "--mount", "bash", "-ec", _MOUNT, _CERTIFICATES, str(self.folder), *inside, check=False
        )


_COPY = """
set -e
mkdir -p "$1"
cd "$1"
find . -mindepth 1 -maxdepth 1 ! -name .venv -exec rm -rf {} +
git -C "$0" -c safe.directory="*" ls-files -z | tar -C "$0" --null -T - -c | tar -x
git init -q . && git add -A
"""
"""Only what git knows, without history: tests ask git for the list of files. The environment of an earlier
run stays.
"""


def _privileged(*command: str, check: bool = True) -> int:
    """Run ``command`` as root; returns its exit status, or ends the program with the reason where it fails
    and ``check``.
    """
    if os.geteuid():
        if not shutil.which("sudo"):
            raise SystemExit("The roots of the matrix need root's rights: run this as root, or install sudo.")
        command = ("sudo", *command)
    status = subprocess.run(command, check=False).returncode
    if check and status:
        raise SystemExit(f"Exit status {status} of: {' '.join(command[:4])} …")
    return status
