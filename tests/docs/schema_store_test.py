#!/usr/bin/python3
"""docs/formats/schema-store-entry.json is an entry of a catalogue of JSON Schemas that fits the schema it names.

Usage: schema_store_test.py PROJECT
"""

import fnmatch
import json
import os
import sys

# What the catalogue's own schema asks of an entry; "versions" is for schemas of which several are kept.
NEEDED, ALLOWED = {"name", "description", "url"}, {"name", "description", "url", "fileMatch", "versions"}


def main():
    project = sys.argv[1]
    with open(os.path.join(project, "docs/formats/schema-store-entry.json"), encoding="utf-8") as file:
        entry = json.load(file)
    with open(os.path.join(project, "docs/formats/experiment.schema.json"), encoding="utf-8") as file:
        schema = json.load(file)
    mistakes = []
    if not NEEDED <= set(entry) <= ALLOWED:
        mistakes.append(f"its keys are {sorted(entry)}: expected {sorted(NEEDED)} and of {sorted(ALLOWED)}")
    if entry.get("url") != schema["$id"]:
        mistakes.append(f"its url is {entry.get('url')}, and the schema's $id is {schema['$id']}")
    patterns = entry.get("fileMatch", [])
    examples = [name for _, _, names in os.walk(os.path.join(project, "examples")) for name in names]
    if "experiment.toml" not in examples or not any(fnmatch.fnmatch("experiment.toml", one) for one in patterns):
        mistakes.append("fileMatch does not have experiment.toml, as the examples and assay init name their file")
    # A catalogue is for everybody: a pattern may not claim the files of other programs.
    for other in ("pyproject.toml", "Cargo.toml", "package.json", "compose.json", "gate.toml", "milestones.toml"):
        mistakes += [f"fileMatch {one} has {other} too" for one in patterns if fnmatch.fnmatch(other, one)]
    if mistakes:
        sys.exit("docs/formats/schema-store-entry.json: " + "\n".join(mistakes))


if __name__ == "__main__":
    main()
