"""Roots: whole Debians in a folder (debootstrap), so that another release's QGIS and GDAL run beside the machine's own.

Making and entering one needs root's rights (sudo is used where it is there). A root is kept and used again; delete its folder to
have it made anew. What is mounted into a root lies in a mount namespace that ends with the command: nothing stays mounted, not
even after a kill.
"""

from __future__ import annotations

import os
import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path

CHECKOUT = Path(__file__).parents[2]
ROOTS = Path(os.environ.get("MATRIX_ROOTS", CHECKOUT / ".matrix"))
MIRROR = os.environ.get("MATRIX_MIRROR", "http://deb.debian.org/debian")
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
    """Debian's release ``suite`` in a folder of its own, with a copy of the checkout in ``/root/raster_segmenter``."""

    suite: str

    @property
    def folder(self) -> Path:
        return ROOTS / self.suite

    @property
    def checkout(self) -> Path:
        """The copy of the checkout, as a path of this machine."""
        return self.folder / "root" / "raster_segmenter"

    def prepare(self, packages: tuple[str, ...]) -> None:
        """Make the root unless it is there, bring its packages up to date, and copy the checkout's files into it."""
        if not (self.folder / "complete").exists():
            self._make()
        self._run("apt-get update -q && apt-get upgrade -q -y && apt-get install -q -y --no-install-recommends", *packages)
        _privileged("bash", "-c", _COPY, str(CHECKOUT), str(self.checkout))

    def run(self, command: str, **environment: str) -> int:
        """Run a line of shell in the copy of the checkout; returns its exit status."""
        return self._enter(f"cd /root/raster_segmenter && {command}", **environment)

    def _make(self) -> None:
        if not shutil.which("debootstrap"):
            _privileged("apt-get", "install", "-q", "-y", "debootstrap")
        shutil.rmtree(self.folder, ignore_errors=True)
        self.folder.mkdir(parents=True)
        _privileged("debootstrap", "--variant=minbase", f"--include={_BASE}", self.suite, str(self.folder), MIRROR)
        _privileged("touch", str(self.folder / "complete"))

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
        return _privileged("unshare", "--mount", "bash", "-ec", _MOUNT, _CERTIFICATES, str(self.folder), *inside, check=False)


_COPY = """
set -e
mkdir -p "$1"
cd "$1"
find . -mindepth 1 -maxdepth 1 ! -name .venv -exec rm -rf {} +
git -C "$0" -c safe.directory="*" ls-files -z | tar -C "$0" --null -T - -c | tar -x
git init -q . && git add -A
"""
"""Only what git knows, without history: tests ask git for the list of files. The environment of an earlier run stays."""


def _privileged(*command: str, check: bool = True) -> int:
    """Run ``command`` as root; returns its exit status, or ends the program with the reason where it fails and ``check``."""
    if os.geteuid():
        if not shutil.which("sudo"):
            raise SystemExit("The roots of the matrix need root's rights: run this as root, or install sudo.")
        command = ("sudo", *command)
    status = subprocess.run(command, check=False).returncode
    if check and status:
        raise SystemExit(f"Exit status {status} of: {' '.join(command[:4])} …")
    return status
