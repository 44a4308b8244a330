#!/usr/bin/python3
"""No visitor decides for alternatives that it does not know.

A visitor with an overload for some alternatives and a template for every other one goes on compiling when a variant gets
a new alternative, and does nothing for it. Such a template names the alternatives that it treats alike
(`template <OneOf<ToNull, Drained> Silent>`, core/one_of.hpp).

Usage: visitors_test.py SOURCE
"""

import pathlib
import re
import sys

VISITOR = re.compile(r"^(?:struct|class) (\w+)[^;{]*\{$(.*?)^\};$", re.MULTILINE | re.DOTALL)
CATCH_ALL = re.compile(r"template <(?:class|typename) (\w+)>\s*\S[^;{]*operator\(\)\((?:const )?\1\b")


def catch_alls(text):
    """The names of visitors that have an overload beside a template for all types."""
    for visitor in VISITOR.finditer(text):
        if visitor.group(2).count("operator()(") > 1 and CATCH_ALL.search(visitor.group(2)):
            yield visitor.group(1)


PLANTED = """
struct Planted {
  bool operator()(const First& first) const { return true; }
  template <class Other>
  bool operator()(const Other&) const {
    return false;
  }
};
"""


def main():
    if list(catch_alls(PLANTED)) != ["Planted"]:
        sys.exit("a planted visitor is not found")
    found = False
    for top in ("core", "stats", "experiments"):
        for path in sorted((pathlib.Path(sys.argv[1]) / top).rglob("*.[ch]pp")):
            for name in catch_alls(path.read_text()):
                found = True
                print(f"{path}: {name} has an overload for every alternative that it does not name")
    sys.exit(1 if found else 0)


if __name__ == "__main__":
    main()
