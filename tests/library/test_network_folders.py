"""A folder on a file server is recognised, so that nobody waits for events that never come."""

from pathlib import Path
from typing import NamedTuple

import psutil
import pytest

from engine.library.network import is_on_network


class Mount(NamedTuple):
    device: str
    mountpoint: str
    fstype: str
    opts: str


@pytest.fixture
def mounts(monkeypatch: pytest.MonkeyPatch) -> None:
    """No test can mount a file server; these are lines as Linux, macOS and Windows report them."""
    lines = [
        Mount("/dev/sda1", "/", "ext4", "rw"),
        Mount("/dev/sdb1", "/media/usb", "fuseblk", "rw"),
        Mount("/dev/sdb2", "/media/exfat", "fuse.exfat", "rw"),
        Mount("/etc/auto.nas", "/mnt/nas", "autofs", "rw"),
        Mount("nas:/photos", "/mnt/nas", "nfs4", "rw"),
        Mount("//nas/photos", "/mnt/smb", "cifs", "rw"),
        Mount("me@server:", "/home/me/server", "fuse.sshfs", "rw"),
        Mount("gvfsd-fuse", "/run/user/1000/gvfs", "fuse.gvfsd-fuse", "rw"),
        Mount("//nas/photos", "/Volumes/photos", "smbfs", "rw"),
        Mount("/dev/sdc1", "/mnt/nas/local", "btrfs", "rw"),
        Mount("Z:\\", "/z", "NTFS", "rw,remote"),
    ]
    monkeypatch.setattr(psutil, "disk_partitions", lambda **_options: lines)


@pytest.mark.parametrize(
    "path", ["/mnt/nas/2019", "/mnt/smb", "/home/me/server/a", "/run/user/1000/gvfs/x", "/Volumes/photos", "/z/photos"]
)
def test_folders_on_file_servers_are_on_the_network(mounts: None, path: str) -> None:
    assert is_on_network(Path(path))


@pytest.mark.parametrize("path", ["/home/me/photos", "/media/usb", "/media/exfat/a", "/mnt/nas/local/a", "/mnt/nas2"])
def test_folders_on_disks_of_this_machine_are_not(mounts: None, path: str) -> None:
    assert not is_on_network(Path(path))


def test_this_machine_can_be_asked(tmp_path: Path) -> None:
    assert is_on_network(tmp_path) in (True, False)
