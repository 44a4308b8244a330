#!/usr/bin/python3
"""A room links the libraries of the rooms that it may include, each of them by name, and no other.

Usage: links_test.py SOURCE

layers.txt says which room may include which; the CMakeLists.txt of a room says which libraries it links.
"""

import pathlib
import re
import sys

FOLDER = re.compile(r"^folder +(\S+) *:(.*)$", re.M)
MODULE = re.compile(r"^assay_module\((\w+)$(.*?)\)$", re.M | re.S)


def mistakes_in(root):
    rooms = {name: allowed.split() for name, allowed in FOLDER.findall((root / "tests/layers/layers.txt").read_text())}
    room_of_library = {pathlib.PurePosixPath(room).name: room for room in rooms}
    for room, allowed in rooms.items():
        name, text = MODULE.search((root / room / "CMakeLists.txt").read_text()).groups()
        if room_of_library.get(name) != room:
            yield f"{room}: its library is called {name}"
        linked = {room_of_library[library] for library in re.findall(r"\bassay::(\w+)", text)}
        for other in sorted(linked - set(allowed)):
            yield f"{room} links the library of {other}, of which it may include nothing"
        for other in sorted(set(allowed) - linked):
            yield f"{room} may include {other}, and does not link its library"


def main():
    mistakes = list(mistakes_in(pathlib.Path(sys.argv[1])))
    print("\n".join(mistakes), end="\n" if mistakes else "")
    sys.exit(1 if mistakes else 0)


if __name__ == "__main__":
    main()
