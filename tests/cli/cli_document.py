#!/usr/bin/python3
"""Compares docs/cli.md with what the program's --help prints.

usage: cli_document.py PROGRAM DOCUMENT [--update]

The document holds, for each command, a line <!-- help: COMMAND --> and right after it a block fenced by ```, whose
text is that of `assay COMMAND --help`; for the program as a whole the line is <!-- help: -->. Ends with 1 where a
block differs, is missing, or belongs to no command. With --update the blocks are written anew instead, and what is
missing is added at the end.
"""

import difflib
import os
import re
import subprocess
import sys

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "support"))
from help_text import listed_commands  # noqa: E402

BLOCK = re.compile(r"<!-- help:(?P<command>[^\n]*?)-->\n```\n(?P<text>.*?)```\n", re.DOTALL)


def help_of(program, command):
    words = [program] + ([command] if command else []) + ["--help"]
    return subprocess.run(words, check=True, stdout=subprocess.PIPE, text=True).stdout


# The everyday help leaves out what only engines call.
CALLED_BY_ENGINES = ["worker"]


def commands_of(program):
    return listed_commands(help_of(program, "")) + CALLED_BY_ENGINES


def updated(program, document):
    def block(match):
        command = match["command"].strip()
        return f"<!-- help:{match['command']}-->\n```\n{help_of(program, command)}```\n"

    described = {match["command"].strip() for match in BLOCK.finditer(document)}
    for command in commands_of(program):
        if command not in described:
            document += f"\n### assay {command}\n\n<!-- help: {command} -->\n```\n```\n"
    return BLOCK.sub(block, document)


def differences(program, document):
    shown = {match["command"].strip(): match["text"] for match in BLOCK.finditer(document)}
    expected = [""] + commands_of(program)
    for command in expected:
        if command not in shown:
            yield f"assay {command} --help is not in the document\n"
            continue
        yield from difflib.unified_diff(
            shown[command].splitlines(True), help_of(program, command).splitlines(True),
            "document", f"assay {command} --help")
    for command in shown.keys() - expected:
        yield f"the document describes assay {command}, which is not a command\n"


def main():
    program, path = sys.argv[1:3]
    with open(path, encoding="utf-8") as file:
        document = file.read()
    if "--update" in sys.argv[3:]:
        with open(path, "w", encoding="utf-8") as file:
            file.write(updated(program, document))
        return 0
    found = list(differences(program, document))
    sys.stdout.writelines(found)
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
