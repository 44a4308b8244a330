#!/usr/bin/python3
"""Breaks one rule of the engine at a time and demands that a test turns red.

Each mutant of mutants.json replaces exact pieces of text in source files. The tree is copied, the mutant applied, the
named test program built and its filter run. A mutant whose text is no longer found, that does not compile, or that no test
notices is an error of this suite.

Usage: run_mutants.py SOURCE SCRATCH [NAME ...]
"""

import json
import pathlib
import shutil
import subprocess
import sys


def copy_tree(source, scratch):
    """Copies what git tracks or would track; a file whose text is the same keeps its time, so that little is rebuilt."""
    names = subprocess.run(
        ["git", "-C", source, "ls-files", "-co", "--exclude-standard"], check=True, capture_output=True, text=True
    ).stdout.split("\n")
    for name in filter(None, names):
        origin, copy = source / name, scratch / name
        if not origin.is_file():
            continue
        copy.parent.mkdir(parents=True, exist_ok=True)
        if not copy.exists() or copy.read_bytes() != origin.read_bytes():
            shutil.copy(origin, copy)


def build(scratch, target):
    return subprocess.run(
        ["cmake", "--build", scratch / "build", "--target", target, "-j2"], capture_output=True, text=True
    )


def run_tests(scratch, mutant):
    program = scratch / "build" / "bin" / mutant["program"]
    command = [program, "--gtest_brief=1", "--gtest_filter=" + mutant["tests"]]
    return subprocess.run(command, capture_output=True, text=True, timeout=600)


def apply(scratch, edits):
    """Breaks the tree; returns the files' sound texts, to be put back."""
    sound = {}
    for edit in edits:
        path = scratch / edit["file"]
        text = path.read_text()
        sound.setdefault(path, text)
        if text.count(edit["old"]) != 1:
            restore(sound)
            raise LookupError(f"{edit['file']} holds the text to break {text.count(edit['old'])} times, not once")
        path.write_text(text.replace(edit["old"], edit["new"]))
    return sound


def restore(sound):
    for path, text in sound.items():
        path.write_text(text)


def judge(scratch, mutant):
    """Returns what is wrong with the suite for this mutant, or nothing when a test turned red."""
    try:
        sound = apply(scratch, mutant["edits"])
    except LookupError as absent:
        return str(absent)
    try:
        built = build(scratch, mutant["program"])
        if built.returncode != 0:
            return "does not compile:\n" + built.stdout[-2000:]
        if run_tests(scratch, mutant).returncode == 0:
            return "no test of " + mutant["tests"] + " noticed"
        return None
    finally:
        restore(sound)


def main():
    source, scratch = pathlib.Path(sys.argv[1]), pathlib.Path(sys.argv[2])
    mutants = json.loads((pathlib.Path(__file__).parent / "mutants.json").read_text())
    if sys.argv[3:]:
        mutants = [mutant for mutant in mutants if mutant["name"] in sys.argv[3:]]
    scratch.mkdir(parents=True, exist_ok=True)
    copy_tree(source, scratch)
    subprocess.run(
        ["cmake", "-S", scratch, "-B", scratch / "build", "-G", "Ninja", "-DASSAY_TESTS=ON", "-DCMAKE_BUILD_TYPE=Release"],
        check=True,
        stdout=subprocess.DEVNULL,
    )
    sound = {}
    failures = 0
    for mutant in mutants:
        key = (mutant["program"], mutant["tests"])
        if key not in sound:
            built = build(scratch, mutant["program"])
            sound[key] = built.returncode == 0 and run_tests(scratch, mutant).returncode == 0
        problem = judge(scratch, mutant) if sound[key] else "its tests fail without it"
        failures += problem is not None
        print(f"{'FAILED ' if problem else 'killed '} {mutant['name']}{': ' + problem if problem else ''}", flush=True)
    print(f"{len(mutants) - failures} of {len(mutants)} mutants turned a test red")
    sys.exit(1 if failures else 0)


if __name__ == "__main__":
    main()
