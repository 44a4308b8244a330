#!/usr/bin/python3
"""Breaks one rule of the engine at a time and demands that a test turns red.

Each mutant of mutants.json replaces exact pieces of text in source files. Only the units that hold them are compiled
again, as the build compiles them, and linked before the libraries of the named test program, so that nothing else is
built; then the test program runs with its filter. A mutant whose text is no longer found, that does not compile, or that
no test notices is an error of this suite.

Usage: run_mutants.py SOURCE BUILD SCRATCH [NAME ...]
BUILD is a finished build of SOURCE by Ninja, with tests.
"""

import json
import pathlib
import re
import shlex
import shutil
import subprocess
import sys


class Build:
    """What a finished build tells about itself: how each source is compiled, how each program is linked."""

    def __init__(self, folder):
        self.folder = folder
        self.units = {}  # source -> its compile command
        for unit in json.loads((folder / "compile_commands.json").read_text()):
            file = pathlib.Path(unit["directory"], unit["file"])
            sources = [str(file)]
            if "/Unity/unity_" in str(file) and file.exists():
                sources += re.findall(r'^#include "(.+)"$', file.read_text(), re.M)
            for source in sources:
                self.units.setdefault(source, unit)

    def link_command(self, program):
        """The words that link a program; what runs after it, such as listing its tests, is left out."""
        lines = subprocess.run(["ninja", "-C", self.folder, "-t", "commands", "-s", f"bin/{program}"],
                               check=True, capture_output=True, text=True).stdout.splitlines()
        [link] = [part for part in lines[-1].split(" && ") if f"-o bin/{program} " in part + " "]
        return shlex.split(link)


def compile_words(unit, source, output):
    """The unit's own command for another source and output, less optimised, without warnings and dependency files."""
    words = shlex.split(unit["command"])
    kept = []
    skip = 0
    for index, word in enumerate(words):
        if skip:
            skip -= 1
        elif word in ("-MF", "-MT", "-MQ", "-o", "-c"):
            skip = 1
        elif word != "-MD":
            kept.append(word)
    return [*kept, "-O1", "-w", "-o", str(output), "-c", str(source)]


def broken_texts(source, mutant):
    """Path -> text of every file that the mutant changes."""
    texts = {}
    for edit in mutant["edits"]:
        path = source / edit["file"]
        text = texts.get(path) or path.read_text()
        if text.count(edit["old"]) != 1:
            raise LookupError(f"{edit['file']} holds the text to break {text.count(edit['old'])} times, not once")
        texts[path] = text.replace(edit["old"], edit["new"])
    return texts


def compile_mutant(build, scratch, texts):
    """The object files of the units that hold a changed file."""
    changed = {}  # unit's file -> its sources that are broken
    for number, (path, text) in enumerate(texts.items()):
        if str(path) not in build.units:
            raise LookupError(f"{path} is no source of the build")
        copy = scratch / f"{number}_{path.name}"
        copy.write_text(text)
        unit = build.units[str(path)]
        changed.setdefault(unit["file"], (unit, {}))[1][str(path)] = copy
    objects = []
    for number, (unit, copies) in enumerate(changed.values()):
        file = pathlib.Path(unit["directory"], unit["file"])
        if str(file) in copies:
            broken = copies[str(file)]
        else:
            broken = scratch / f"unit_{number}.cxx"
            text = file.read_text()
            for path, copy in copies.items():
                text = text.replace(f'#include "{path}"', f'#include "{copy}"')
            broken.write_text(text)
        output = scratch / f"unit_{number}.o"
        subprocess.run(compile_words(unit, broken, output), cwd=unit["directory"], check=True, capture_output=True, text=True)
        objects.append(output)
    return objects


def link_mutant(build, scratch, objects, program):
    """The objects come first, so that the linker takes theirs and leaves the same units of the libraries alone."""
    words = build.link_command(program)
    output = words.index("-o")
    words[output + 1] = str(scratch / program)
    words[output:output] = [str(path) for path in objects]
    subprocess.run(words, cwd=build.folder, check=True, capture_output=True, text=True)
    return scratch / program


def is_green(program, tests, folder):
    command = [program, "--gtest_brief=1", "--gtest_filter=" + tests]
    return subprocess.run(command, cwd=folder, capture_output=True, text=True, timeout=600).returncode == 0


def judge(source, build, scratch, mutant):
    """Returns what is wrong with the suite for this mutant, or nothing when a test turned red."""
    shutil.rmtree(scratch, ignore_errors=True)
    scratch.mkdir(parents=True)
    try:
        objects = compile_mutant(build, scratch, broken_texts(source, mutant))
        program = link_mutant(build, scratch, objects, mutant["program"])
    except LookupError as absent:
        return str(absent)
    except subprocess.CalledProcessError as failed:
        return "does not build:\n" + failed.stderr[-2000:]
    if is_green(program, mutant["tests"], build.folder / "bin"):
        return "no test of " + mutant["tests"] + " noticed"
    return None


def main():
    source, folder, scratch = (pathlib.Path(word).resolve() for word in sys.argv[1:4])
    mutants = json.loads((pathlib.Path(__file__).parent / "mutants.json").read_text())
    if sys.argv[4:]:
        mutants = [mutant for mutant in mutants if mutant["name"] in sys.argv[4:]]
    build = Build(folder)
    sound = {}
    failures = 0
    for mutant in mutants:
        key = (mutant["program"], mutant["tests"])
        if key not in sound:
            sound[key] = is_green(folder / "bin" / mutant["program"], mutant["tests"], folder / "bin")
        problem = judge(source, build, scratch, mutant) if sound[key] else "its tests fail without it"
        failures += problem is not None
        print(f"{'FAILED ' if problem else 'killed '} {mutant['name']}{': ' + problem if problem else ''}", flush=True)
    print(f"{len(mutants) - failures} of {len(mutants)} mutants turned a test red")
    sys.exit(1 if failures or not mutants else 0)


if __name__ == "__main__":
    main()
