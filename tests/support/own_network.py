#!/usr/bin/python3
"""Runs a command where no other test opens or sees a port:   own_network.py [--here | --if-permitted] COMMAND...

It gets a network namespace of its own. Where that is not permitted, or with --here, it takes turns with all others
that do so; with --if-permitted it is then run as it is. Ends as the command does; 128 and the number of the signal if
one ended it.
"""

import ctypes
import fcntl
import os
import socket
import struct
import subprocess
import sys
import tempfile

CLONE_NEWNET = 0x40000000  # <sched.h>
SIOCGIFFLAGS, SIOCSIFFLAGS, IFF_UP = 0x8913, 0x8914, 1  # <linux/sockios.h>, <linux/if.h>


def leave_the_network():
    """Enters a network with nothing but a loopback device. Returns whether that was permitted."""
    if ctypes.CDLL(None, use_errno=True).unshare(CLONE_NEWNET) != 0:
        return False
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as control:
        name, flags = struct.unpack("16sh", fcntl.ioctl(control, SIOCGIFFLAGS, struct.pack("16sh", b"lo", 0)))
        fcntl.ioctl(control, SIOCSIFFLAGS, struct.pack("16sh", name, flags | IFF_UP))
    return True


def main(words):
    option = words[0] if words[0].startswith("--") else ""
    command = words[1:] if option else words
    if option != "--here" and (leave_the_network() or option == "--if-permitted"):
        return subprocess.call(command)
    path = os.path.join(tempfile.gettempdir(), f"assay-tests-ports-{os.getuid()}.lock")
    with open(path, "w", encoding="utf-8") as lock:  # is not inherited: what a test leaves running holds nobody up
        fcntl.flock(lock, fcntl.LOCK_EX)
        return subprocess.call(command)


if __name__ == "__main__":
    code = main(sys.argv[1:])
    sys.exit(code if code >= 0 else 128 - code)
