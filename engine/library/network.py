"""Which folders lie on another machine: nothing tells this one when they change."""

from pathlib import Path

import psutil

_NETWORK = frozenset(
    (
        "9p", "afpfs", "afs", "ceph", "cifs", "davfs", "drvfs", "gfs2", "glusterfs", "lustre", "ncpfs", "nfs", "nfs4",
        "prl_fs", "smb", "smb2", "smb3", "smbfs", "vboxsf", "virtiofs", "vmhgfs", "webdav",
    )
)  # fmt: skip
_LOCAL_FUSE = frozenset(
    (
        "bindfs", "cryfs", "encfs", "exfat", "ext2", "gocryptfs", "lowntfs-3g", "mergerfs", "ntfs", "ntfs-3g",
        "securefs", "unionfs", "veracrypt",
    )
)  # fmt: skip


def is_on_network(path: Path) -> bool:
    """Tell whether a folder lies on a file server, a host's shared folder or any other place without change events.

    Unknown FUSE file systems count as such (sshfs, rclone, GVfs and most others are): a needless schedule costs
    little, a watch that never hears anything costs new photos.
    """
    if path.drive.startswith("\\\\"):
        return True
    mounts = [mount for mount in psutil.disk_partitions(all=True) if path.is_relative_to(mount.mountpoint)]
    # An automounted share is mounted over its own trigger, at the same place: the last one is what is seen.
    nearest = max(reversed(mounts), key=lambda mount: len(mount.mountpoint), default=None)
    return nearest is not None and (_is_network_type(nearest.fstype) or "remote" in nearest.opts.split(","))


def _is_network_type(fstype: str) -> bool:
    family, _, name = fstype.lower().partition(".")
    return family in _NETWORK or (family in ("fuse", "macfuse", "osxfuse") and name not in _LOCAL_FUSE)
