#!/usr/bin/python3
"""The includes of the house, seen by folder: no circle, no folder that is too full, and a cli that stays small.

Usage: picture_test.py SOURCE            checks
       picture_test.py SOURCE --picture  prints the picture for Graphviz (dot -Tsvg)

A unit is a header, a body, or both under one name. A room, such as experiments/trial, is one folder with those within
it; its own units are what the folders within it share and what puts them together, so that between a folder and the one
around it includes go both ways. Everywhere else they go one way.
"""

import collections
import pathlib
import re
import sys

INCLUDE = re.compile(r'^\s*#\s*include\s+"([^"]+)"', re.M)
MOST_UNITS = 24  # about twenty
# cli is the commands, each a unit, with their table and help: what several commands share belongs to another room.
MOST_UNITS_OF_CLI = 35


def sources(root):
    for top in ("core", "stats", "experiments"):
        for path in sorted((root / top).rglob("*.[ch]pp")):
            yield path.relative_to(root)


def units_of(root):
    """Folder -> names of its units."""
    units = collections.defaultdict(set)
    for path in sources(root):
        if path.name != "main.cpp":  # the start of a program is no unit
            units[str(path.parent)].add(path.stem)
    return units


def room_of(folder):
    """"experiments/trial" of "experiments/trial/checks", "core/host" of "core/host/files", "stats" of "stats/steady"."""
    parts = folder.split("/")
    if parts[0] == "experiments" or parts[:2] == ["core", "host"]:
        return "/".join(parts[:2])
    return parts[0]


def includes_of(root):
    """Folder -> other folder -> one include that leads there."""
    edges = collections.defaultdict(dict)
    for path in sources(root):
        for name in INCLUDE.findall((root / path).read_text()):
            here, there = str(path.parent), str(pathlib.PurePosixPath(name).parent)
            if here != there:
                edges[here].setdefault(there, f"{path} includes {name}")
    return edges


def rooms_seen(edges):
    seen = collections.defaultdict(dict)
    for here, others in edges.items():
        for there, example in others.items():
            if room_of(here) != room_of(there):
                seen[room_of(here)].setdefault(room_of(there), example)
    return seen


def inner_folders_seen(edges):
    """The folders within one room, without the room's own units."""
    seen = collections.defaultdict(dict)
    for here, others in edges.items():
        for there, example in others.items():
            if room_of(here) == room_of(there) and here != room_of(here) and there != room_of(there):
                seen[here][there] = example
    return seen


def circle_in(edges):
    """The includes of one circle, or nothing."""
    done = set()

    def walk(folder, way):
        if folder in way:
            return way[way.index(folder):] + [folder]
        if folder in done:
            return None
        for there in edges.get(folder, {}):
            found = walk(there, way + [folder])
            if found:
                return found
        done.add(folder)
        return None

    for folder in list(edges):
        found = walk(folder, [])
        if found:
            return [edges[here][there] for here, there in zip(found, found[1:])]
    return []


def mistakes_in_cli(units):
    """What the room cli holds, by folder, against its limit."""
    names = [name for folder, inside in units.items() if room_of(folder) == "experiments/cli" for name in inside]
    if len(names) > MOST_UNITS_OF_CLI:
        yield (f"experiments/cli holds {len(names)} units; at most {MOST_UNITS_OF_CLI} are allowed: what commands share "
               "belongs to experiments/screen, and a rule, figure or file format to the room that it is about")


def mistakes_in(root):
    edges = includes_of(root)
    for what, seen in (("rooms", rooms_seen(edges)), ("folders within a room", inner_folders_seen(edges))):
        circle = circle_in(seen)
        if circle:
            yield f"a circle of {what}:\n    " + "\n    ".join(circle)
    units = units_of(root)
    for folder, names in sorted(units.items()):
        if len(names) > MOST_UNITS:
            yield f"{folder} holds {len(names)} units side by side; at most {MOST_UNITS} are allowed"
    yield from mistakes_in_cli(units)


def print_picture(root):
    print("digraph includes {")
    for here, others in sorted(rooms_seen(includes_of(root)).items()):
        for there in sorted(others):
            print(f'  "{here}" -> "{there}";')
    print("}")


def main():
    root = pathlib.Path(sys.argv[1])
    if sys.argv[2:] == ["--picture"]:
        print_picture(root)
        return
    mistakes = list(mistakes_in(root))
    for mistake in mistakes:
        print(mistake)
    sys.exit(1 if mistakes else 0)


if __name__ == "__main__":
    main()
