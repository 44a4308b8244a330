#!/usr/bin/python3
"""Completions: what bash, zsh and fish offer where a user presses Tab, asked of the shells themselves."""

import os
import pty
import re
import select
import subprocess
import sys
import time
import unittest

sys.path.insert(0, os.path.join(os.path.dirname(__file__), "..", "support"))
from help_text import listed_commands  # noqa: E402
from cli import PROGRAM, CliTest

SHELLS = ("bash", "zsh", "fish")

# Calls the function that bash was told of, with the words of a line as bash splits them.
BASH = r"""
source assay.bash
complete -p assay | grep -q -- '-F _assay' || exit 9
compopt() { :; }
COMP_LINE=$1 COMP_POINT=${#1}
shift
COMP_WORDS=("$@") COMP_CWORD=$(($# - 1))
_assay
printf '%s\n' "${COMPREPLY[@]}"
"""


def bash_words(line):
    """bash breaks words at blanks and takes each = for a word."""
    words = re.findall(r"=|[^\s=]+", line)
    return words + [""] if line.endswith(" ") else words


class CompletionTest(CliTest):
    def setUp(self):
        super().setUp()
        # The shells call assay by its name, as users do.
        programs = self.path("bin")
        os.makedirs(programs)
        os.symlink(PROGRAM, os.path.join(programs, "assay"))
        self.environment["PATH"] = f"{programs}:{os.environ['PATH']}"
        self.environment["TERM"] = "dumb"
        for shell in SHELLS:
            self.write({"bash": "assay.bash", "zsh": "_assay", "fish": "assay.fish"}[shell],
                       self.assay("completion", shell).out)

    def shell(self, *words):
        ended = subprocess.run(words, cwd=self.folder, env=self.environment, stdin=subprocess.DEVNULL,
                               stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, timeout=60)
        self.assertEqual(ended.stderr, "")
        return ended.stdout.splitlines()

    def bash(self, line):
        return self.shell("bash", "--norc", "-c", BASH, "bash", line, *bash_words(line))

    def fish(self, line):
        return [offered.split("\t")[0] for offered in self.shell("fish", "--no-config", "-c",
                f"source assay.fish; complete -C '{line}'")]

    def record_something(self):
        self.make_lab()
        self.assay("run", self.simulated())

    def test_every_command_is_offered(self):
        commands = listed_commands(self.assay("--help").out)
        for offered in (self.bash("assay "), self.fish("assay ")):
            self.assertLessEqual(set(commands), set(offered))

    def test_options_of_a_command_are_offered_and_no_others(self):
        for offered in (self.bash("assay compare --ma"), self.fish("assay compare --ma")):
            self.assertEqual(sorted(offered), ["--margin", "--max-blocks", "--max-time"])
        for offered in (self.bash("assay log --ma"), self.fish("assay log --ma")):
            self.assertEqual([word for word in offered if word], [])

    def test_the_words_that_an_option_takes_are_offered(self):
        self.assertEqual(self.bash("assay run --color "), ["auto", "always", "never"])
        self.assertEqual(self.bash("assay run --color=al"), ["always"])
        self.assertEqual(sorted(self.fish("assay run --color ")), ["always", "auto", "never"])
        self.assertEqual(self.bash("assay log --decision d"), ["discard"])

    def test_a_format_comes_before_a_file(self):
        self.write("trials.json", "")
        self.assertEqual(self.bash("assay run --export google"), ["google-benchmark="])
        self.assertEqual(self.bash("assay run --export hyperfine=tri"), ["trials.json"])

    def test_files_folders_and_records_are_offered_where_they_belong(self):
        self.record_something()
        self.assertIn("example.toml", self.bash("assay run exam"))
        self.assertEqual(self.bash("assay import b"), ["bin"])
        self.assertEqual(self.bash("assay show 0"), ["0001"])
        self.assertEqual(self.fish("assay show 0"), ["0001"])

    def test_revisions_of_the_repository_are_offered(self):
        for words in (("init", "-q", "-b", "main"), ("-c", "user.name=a", "-c", "user.email=a@b.c", "commit", "-q",
                                                     "--allow-empty", "-m", "first"), ("branch", "faster")):
            subprocess.run(("git", *words), cwd=self.folder, env=self.environment, check=True)
        self.assertEqual(self.bash("assay compare --rev fa"), ["faster"])
        self.assertEqual(self.fish("assay compare --rev fa"), ["faster"])

    def test_hostile_names_of_branches_stay_text(self):
        for words in (("init", "-q", "-b", "main"), ("-c", "user.name=a", "-c", "user.email=a@b.c", "commit", "-q",
                                                     "--allow-empty", "-m", "first"),
                      ("branch", "fast$(touch${IFS}PWNED)"), ("branch", "fast`touch${IFS}PWNED`;touch${IFS}PWNED")):
            subprocess.run(("git", *words), cwd=self.folder, env=self.environment, check=True)
        offered = self.bash("assay compare --rev fa")
        self.assertEqual(sorted(offered), ["fast\\$\\(touch\\$\\{IFS\\}PWNED\\)",
                                           "fast\\`touch\\$\\{IFS\\}PWNED\\`\\;touch\\$\\{IFS\\}PWNED"])
        self.fish("assay compare --rev fa")
        self.zsh("assay compare --rev fa")
        self.assertNotIn("PWNED", os.listdir(self.folder))

    def test_after_two_dashes_stand_words_of_a_command(self):
        self.write("bench.sh", "")
        self.assertEqual(self.bash("assay compare --rev main -- ./bench"), ["./bench.sh"])

    def zsh(self, line):
        """What zsh makes of the line when Tab is pressed, as its screen shows it."""
        pid, terminal = pty.fork()
        if pid == 0:
            os.chdir(self.folder)
            os.execvpe("zsh", ["zsh", "-f", "-i"], {**self.environment, "PS1": "> ", "COLUMNS": "200"})
        seen = b""

        def read_until(text, seconds=20):
            nonlocal seen
            end = time.monotonic() + seconds
            while time.monotonic() < end and text not in seen:
                if select.select([terminal], [], [], 0.1)[0]:
                    try:
                        seen += os.read(terminal, 4096)
                    except OSError:
                        return
        try:
            os.write(terminal, b"fpath=($PWD $fpath); autoload -Uz compinit; compinit -u -D; "
                               b"zstyle ':completion:*' format ''; echo rea''dy\n")
            read_until(b"ready\r\n")
            seen = b""
            os.write(terminal, line.encode() + b"\t")
            read_until(b"never-seen", 3)
            return seen.decode(errors="replace")
        finally:
            os.close(terminal)
            os.waitpid(pid, 0)

    def test_zsh_completes_commands_and_options_and_values(self):
        self.assertIn("simulate", self.zsh("assay simul"))
        self.assertIn("--max-blocks", self.zsh("assay run --max-b"))
        self.assertIn("always", self.zsh("assay run --color alw"))

    def test_a_shell_that_is_not_known_is_refused_with_those_that_are(self):
        self.assertFails(self.assay("completion", "tcsh"), 1, '"tcsh" is not one of bash, zsh, fish')


if __name__ == "__main__":
    unittest.main()
