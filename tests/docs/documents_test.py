#!/usr/bin/python3
"""Runs the shell blocks of README.md and docs/, in order, in an empty folder for each document.

A block that is fenced by ```sh is run by `sh -eu`; so is a comment <!-- run: ... -->, which readers do not see. These
lines may stand before a block:

    <!-- exits 0 or 3 -->         the codes with which the block may end, if it is not 0 alone
    <!-- not run: REASON -->      the block needs what a test has not: it is counted

A block that is fenced by ```output shows what the block before it printed: each of its lines must be there, in that
order, whatever its numbers and gaps; "..." stands for any words. A fence without a name may hold no command of assay,
and neither may a block that is indented. `exits` and `not run` hold for the next block, which has to be one of ```sh.

Usage: documents_test.py [DOCUMENT...]
"""

import os
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile

PROJECT = pathlib.Path(__file__).resolve().parents[2]
PROGRAM = os.path.abspath(os.environ["ASSAY_PROGRAM"])
PIECE = re.compile(
    r"^<!-- run: (?P<hidden>.*?) ?-->$"
    r"|^<!-- exits (?P<exits>\d+(?: or \d+)*) -->$"
    r"|^<!-- not run: (?P<reason>[^\n]+?) -->$"
    r"|^```(?P<language>[a-z]*)\n(?P<text>.*?)^```$", re.DOTALL | re.MULTILINE)
WORDS_OF_COMMANDS = r"(\$ )?(assay|\./\S+|build/\S+|cmake|git|apt-get|make|ctest|cpack) "
# A block that is indented begins below an empty line; a fence that is, no pattern above sees.
INDENTED = re.compile(rf"(?<=\n\n) {{4,}}{WORDS_OF_COMMANDS}|^ +```", re.MULTILINE)
COMMAND = re.compile(rf"^{WORDS_OF_COMMANDS}", re.MULTILINE)


def pattern_of(line):
    """The line, whatever its numbers and however wide its gaps."""
    words = [".*" if word == "..." else re.sub(r"(\\?[-+])?\d+(\\?[.:]\d+)*", "NUMBER", re.escape(word))
             for word in line.split()]
    return re.compile(r"\s+".join(words).replace(r"\s+.*\s+", r"\s.*").replace("NUMBER", r"[-+]?[\d.:]+"))


def missing_line(shown, printed):
    """The first line that is not printed after those before it."""
    printed = printed.splitlines()
    for line in shown.splitlines():
        if line.strip() in ("", "..."):
            continue
        pattern = pattern_of(line)
        while printed and not pattern.search(printed[0]):
            printed.pop(0)
        if not printed:
            return line
        printed.pop(0)
    return None


class Document:
    def __init__(self, name):
        self.name = name
        self.text = (PROJECT / name).read_text(encoding="utf-8")
        self.run_blocks, self.not_run, self.faults = 0, [], []
        self.folder = tempfile.mkdtemp(prefix="assay-docs-")
        programs = os.path.join(self.folder, ".bin")
        os.makedirs(programs)
        os.symlink(PROGRAM, os.path.join(programs, "assay"))
        self.environment = {
            "PATH": f"{programs}:{os.environ['PATH']}", "HOME": self.folder, "LANG": "C.UTF-8", "TERM": "dumb",
            "ASSAY_LOCK_DIR": programs, "ASSAY_ACTOR": "reader", "XDG_STATE_HOME": programs,
            "GIT_AUTHOR_NAME": "reader", "GIT_AUTHOR_EMAIL": "reader@example.org",
            "GIT_COMMITTER_NAME": "reader", "GIT_COMMITTER_EMAIL": "reader@example.org", "EXAMPLES": str(PROJECT / "examples"),
        }

    def fault(self, place, text):
        line = self.text.count("\n", 0, place) + 1
        self.faults.append(f"{self.name}:{line}: {text}")

    def execute(self, script):
        return subprocess.run(("sh", "-eu", "-c", script), cwd=os.path.join(self.folder, "work"), env=self.environment,
                              stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True,
                              timeout=300)

    def check(self):
        os.makedirs(os.path.join(self.folder, "work"))
        exits, reason, printed = {0}, None, None
        for indented in INDENTED.finditer(PIECE.sub(self.blanks, self.text)):
            self.fault(indented.start(), "commands that are indented: fence them by ```sh, so that they are run")
        for piece in PIECE.finditer(self.text):
            place = piece.start()
            if piece["language"] not in (None, "sh") and (reason or exits != {0}):
                self.fault(place, "what stands before this block is about a block of ```sh")
                exits, reason = {0}, None
            if piece["exits"]:
                exits = {int(code) for code in piece["exits"].split(" or ")}
            elif piece["reason"]:
                reason = piece["reason"]
            elif piece["hidden"]:
                ended = self.execute(piece["hidden"])
                if ended.returncode != 0:
                    self.fault(place, f"the hidden block ended with {ended.returncode}:\n{ended.stdout}")
            elif piece["language"] == "sh" and reason:
                self.not_run.append(reason)
                exits, reason, printed = {0}, None, None
            elif piece["language"] == "sh":
                ended = self.execute(piece["text"])
                self.run_blocks += 1
                printed = ended.stdout
                if ended.returncode not in exits:
                    self.fault(place, f"ended with {ended.returncode}, not {' or '.join(map(str, sorted(exits)))}:\n{printed}")
                exits = {0}
            elif piece["language"] == "output":
                if printed is None:
                    self.fault(place, "no block before this output is run")
                elif missing := missing_line(piece["text"], printed):
                    self.fault(place, f"not printed: {missing}\nprinted was:\n{printed}")
            elif piece["language"] == "" and COMMAND.search(piece["text"]) and not self.is_generated(piece):
                self.fault(place, "a block with commands is fenced by ```sh, so that it is run")
        if reason or exits != {0}:
            self.fault(len(self.text), "no block follows what was said before it")
        shutil.rmtree(self.folder, ignore_errors=True)
        return self

    @staticmethod
    def blanks(piece):
        """As many lines as the piece has: the places of what follows stay."""
        return "\n" * piece.group().count("\n")

    def is_generated(self, piece):
        """What --help prints is compared with it by another test; it begins with its usage."""
        return piece["text"].startswith("usage: ")


def main():
    names = sys.argv[1:] or ["README.md"] + sorted(
        str(path.relative_to(PROJECT)) for path in (PROJECT / "docs").rglob("*.md"))
    documents = [Document(name).check() for name in names]
    for document in documents:
        if document.run_blocks or document.not_run:
            print(f"{document.name}: {document.run_blocks} blocks run, {len(document.not_run)} not "
                  f"({'; '.join(document.not_run) or 'none'})")
    faults = [fault for document in documents for fault in document.faults]
    print(*faults, sep="\n")
    print(f"{sum(document.run_blocks for document in documents)} blocks run, "
          f"{sum(len(document.not_run) for document in documents)} cannot be")
    sys.exit(1 if faults else 0)


if __name__ == "__main__":
    main()
