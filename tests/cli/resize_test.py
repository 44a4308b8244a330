#!/usr/bin/python3
"""A terminal that changes its size while the progress line is shown: nothing of an old line stays, no trial suffers."""

import fcntl
import os
import pty
import re
import struct
import sys
import termios
import unittest

sys.path.insert(0, os.path.join(os.path.dirname(__file__), "..", "support"))
from cli import PROGRAM, CliTest  # noqa: E402

WIDE, NARROW = 130, 30
UP = "\x1b[A"
PROGRESS = r"\d+ of at m"


class Screen:
    """The rows of a terminal that wraps, as far as the progress line uses them."""

    def __init__(self, columns):
        self.columns = columns
        self.rows = [""]
        self.row = self.column = 0

    def take(self, text):
        for part in re.findall(r"\x1b\[[0-9;]*[A-Za-z]|.", text, re.DOTALL):
            if part == "\r":
                self.column = 0
            elif part == "\n":
                self.down()
            elif part == "\x1b[K":
                self.rows[self.row] = self.rows[self.row][:self.column]
            elif part == UP:
                self.row = max(0, self.row - 1)
            elif not part.startswith("\x1b"):
                if self.column == self.columns:
                    self.down()
                    self.column = 0
                self.rows[self.row] = self.rows[self.row][:self.column].ljust(self.column) + part
                self.column += 1

    def down(self):
        self.row += 1
        if self.row == len(self.rows):
            self.rows.append("")

    def resize(self, columns):
        """Wraps every row anew, as terminals do."""
        rows, row = [], 0
        for number, text in enumerate(self.rows):
            parts = [text[at:at + columns] for at in range(0, len(text), columns)] or [""]
            rows += parts
            if number == self.row:
                row = len(rows) - 1
                self.column = len(parts[-1])
        self.rows, self.row, self.columns = rows, row, columns


class AResize(CliTest):
    def setUp(self):
        super().setUp()
        self.environment |= {"TERM": "xterm", "LANG": "C.UTF-8"}

    def run_resized(self, before, after):
        """The rows of the screen at the end, and the pieces that were written after the change."""
        pid, terminal = pty.fork()
        if pid == 0:
            fcntl.ioctl(0, termios.TIOCSWINSZ, struct.pack("HHHH", 24, before, 0, 0))
            os.chdir(self.folder)
            os.execve(PROGRAM, [PROGRAM, "compare", "sleep 0.05", "sleep 0.051", "-r", "20", "-w", "0", "--fail-on",
                                "none"], self.environment)
        screen, whole, changed_at = Screen(before), "", None
        try:
            while part := os.read(terminal, 4096).decode(errors="replace"):
                whole += part
                screen.take(part)
                if changed_at is None and re.match(PROGRESS, screen.rows[screen.row]):
                    fcntl.ioctl(terminal, termios.TIOCSWINSZ, struct.pack("HHHH", 24, after, 0, 0))  # sends SIGWINCH
                    screen.resize(after)
                    changed_at = len(whole)
        except OSError:
            pass  # the terminal was closed
        os.close(terminal)
        self.assertEqual(os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]), 0, whole)
        self.assertIsNotNone(changed_at, whole)
        return screen.rows, re.split(r"[\r\n]|\x1b\[[0-9;]*[A-Za-z]", whole[changed_at:])

    def test_leaves_nothing_of_the_progress_line_and_ends_no_trial(self):
        for before, after in ((WIDE, NARROW), (NARROW, WIDE), (WIDE, 20)):
            with self.subTest(f"{before} to {after} columns"):
                rows, pieces = self.run_resized(before, after)
                result = next(number for number, row in enumerate(rows) if row.startswith("assay: runs"))
                self.assertEqual([row for row in rows[:result] if row and not row.startswith("assay: ")], [])
                drawn = [piece for piece in pieces if re.match(PROGRESS, piece) and "stopped" not in piece]
                self.assertGreater(len(drawn), 2)
                self.assertLess(max(map(len, drawn)), after)


if __name__ == "__main__":
    unittest.main()
