#!/usr/bin/python3 -IS
"""A trial that looks for anything that could tell it which arm it is, and adds what it saw to the file in WITNESS.

Usage: look_around.py [ROOT]   ROOT is where it starts to look, by default the working directory

If LEAK is "control" or "treatment", it first plants three leaks: the order of two files' times, the path of its working
directory, and the number of a descriptor.
"""

import json
import os
import socket
import sys
import tempfile
import time

MOST_FILES = 60
TELLING = ("WITNESS", "LEAK")


def plant_leaks(arm):
    order = (1, 2) if arm == "control" else (2, 1)
    for name, moment in zip("mn", order):
        with open(name, "a", encoding="utf-8"):
            pass
        os.utime(name, (moment, moment))
    place = "here" if arm == "control" else "over"
    os.makedirs(place, exist_ok=True)
    os.chdir(place)
    first = os.open("/dev/null", os.O_RDONLY)
    os.set_inheritable(first, True)
    if arm != "control":
        os.open("/dev/null", os.O_RDONLY)
        os.close(first)


def text_of(path):
    try:
        with open(path, encoding="utf-8", errors="replace") as file:
            return file.read()
    except OSError as error:
        return type(error).__name__


def add_files(seen, root):
    """Names and everything that stat tells, and which of two neighbours is the newer one."""
    paths = []
    for folder, folders, files in os.walk(root):
        folders.sort()
        paths += [os.path.join(folder, name) for name in sorted(files) + folders]
        if len(paths) > MOST_FILES:
            break
    before = None
    for place, path in enumerate(paths[:MOST_FILES]):
        try:
            found = os.lstat(path)
        except OSError:
            continue
        for field in ("st_mode", "st_ino", "st_dev", "st_nlink", "st_uid", "st_size", "st_mtime_ns", "st_ctime_ns"):
            seen[f"file {place} {field}"] = getattr(found, field)
        if before is not None:
            for field in ("st_mtime_ns", "st_ctime_ns", "st_ino"):
                is_later = getattr(found, field) > getattr(before, field)
                seen[f"file {place} after the one before: {field}"] = int(is_later)
        before = found
    seen["files"] = " ".join(os.path.relpath(path, root) for path in paths)


def add_process(seen):
    for name, value in os.environ.items():
        if name not in TELLING:
            seen[f"env {name}"] = value
            seen[f"length of env {name}"] = len(value)
    seen["env names"] = " ".join(sorted(os.environ))
    seen["argv"] = " ".join(sys.argv)
    seen["cwd"] = os.getcwd()
    for name in ("getpid", "getppid", "getpgrp", "getsid", "getuid", "getgid", "getpriority"):
        call = getattr(os, name)
        seen[name] = call(0) if name == "getsid" else call(os.PRIO_PROCESS, 0) if name == "getpriority" else call()
        seen[f"{name} is odd"] = seen[name] % 2
    for line in text_of("/proc/self/status").splitlines():
        key, _, value = line.partition(":")
        seen[f"status {key}"] = value.strip()
    for name in ("limits", "cgroup", "oom_score_adj", "mountinfo", "cmdline", "sched", "wchan"):
        seen[f"proc {name}"] = text_of(f"/proc/self/{name}")
    for place, value in enumerate(text_of("/proc/self/stat").rpartition(")")[2].split()):
        seen[f"stat {place}"] = int(value) if value.lstrip("-").isdigit() else value
    descriptors = sorted(int(name) for name in os.listdir("/proc/self/fd"))
    seen["descriptors"] = " ".join(map(str, descriptors))
    for descriptor in descriptors:
        try:
            seen[f"descriptor {descriptor}"] = os.readlink(f"/proc/self/fd/{descriptor}")
        except OSError:
            pass
    seen["affinity"] = str(sorted(os.sched_getaffinity(0)))


def add_surroundings(seen):
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        seen["port"] = free.getsockname()[1]
    folder = tempfile.mkdtemp()
    seen["temp name"] = folder
    os.rmdir(folder)
    now = time.time_ns()
    for unit in (10 ** 3, 10 ** 6, 10 ** 9):
        seen[f"clock in {unit}"] = now // unit % 1000
    seen["left in TMPDIR"] = " ".join(sorted(os.listdir(os.environ.get("TMPDIR", "/"))))
    for variable in ("HOME", "ASSAY_ARM_DIR"):
        folder = os.environ.get(variable, "")
        seen[f"left in {variable}"] = " ".join(sorted(os.listdir(folder))) if os.path.isdir(folder) else "none"


def leave_a_mark():
    """What an earlier trial left must not tell a later one of the same arm that it is one."""
    for folder in (os.environ.get("TMPDIR"), os.environ.get("ASSAY_ARM_DIR")):
        if folder and os.path.isdir(folder):
            with open(os.path.join(folder, "was-here"), "a", encoding="utf-8") as file:
                file.write(".")


def main():
    witness = os.environ["WITNESS"]
    root = sys.argv[1] if len(sys.argv) > 1 else "."
    if "LEAK" in os.environ:
        plant_leaks(os.environ["LEAK"])
        root = ".."
    seen = {}
    add_process(seen)
    add_files(seen, root)
    add_surroundings(seen)
    leave_a_mark()
    with open(witness, "a", encoding="utf-8") as file:
        file.write(json.dumps(seen) + "\n")


main()
