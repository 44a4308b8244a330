#!/usr/bin/python3
"""What holds for the program whatever the command: help, version, mistakes, exit codes, and where text goes.

ASSAY_PROGRAM names the program.
"""

import os
import pty
import subprocess
import sys
import tempfile
import unittest

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "support"))
from help_text import listed_commands  # noqa: E402

PROGRAM = os.path.abspath(os.environ["ASSAY_PROGRAM"])


def assay(*words, **settings):
    folder = settings.pop("folder", tempfile.gettempdir())
    return subprocess.run([PROGRAM, *words], cwd=folder, stdin=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True,
                          **{"stdout": subprocess.PIPE, **settings})


def on_a_terminal(*words, **environment):
    """What the program writes to a terminal of its own, and its exit code."""
    try:
        child, terminal = pty.fork()
    except OSError as error:
        raise unittest.SkipTest(f"this place has no terminals: {error}") from error
    if child == 0:
        os.execve(PROGRAM, ["assay", *words], {**os.environ, "TERM": "xterm", "PAGER": "cat", **environment})
    text = b""
    try:
        while piece := os.read(terminal, 4096):
            text += piece
    except OSError:  # Linux ends a terminal's input so
        pass
    os.close(terminal)
    return text.decode(), os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])


class Frame(unittest.TestCase):
    def assert_mistake(self, done, code=1):
        self.assertEqual(done.returncode, code)
        self.assertRegex(done.stderr, r"\Aassay: [^\n]+\n\Z")

    def test_help_goes_to_standard_output_and_is_as_asked(self):
        for words in (["--help"], ["-h"], ["help"], ["show", "--help"], ["help", "log"]):
            done = assay(*words)
            self.assertEqual((done.returncode, done.stderr), (0, ""), words)
            self.assertTrue(done.stdout.startswith("usage: assay "), words)

    def test_help_of_a_command_is_the_same_both_ways(self):
        self.assertEqual(assay("help", "show").stdout, assay("show", "--help").stdout)

    def test_help_lists_nothing_wider_than_a_terminal(self):
        for command in [""] + listed_commands(assay("--help").stdout):
            for line in assay("help", *command.split()).stdout.splitlines():
                self.assertLessEqual(len(line), 80, line)

    def test_help_lists_the_commands_in_five_groups(self):
        groups = {}
        for line in assay("--help").stdout.split("Exit codes:")[0].splitlines():
            if line.endswith(":"):
                names = groups[line] = []
            elif groups and line.startswith("  "):
                names.append(line.split()[0])
            elif not line:
                names = []
        self.assertEqual(groups, {
            "Try a change:": ["compare", "init", "check", "plan", "run", "close"],
            "Measure:": ["doctor", "aa", "baseline", "gate", "analyse", "simulate", "span"],
            "Claim, and challenge claims:": ["claim", "challenge"],
            "Decide:": ["decide", "relax", "reopen", "tried"],
            "Look at the evidence:": ["status", "log", "show", "verify", "sign", "render", "import"]})

    def test_version_names_the_program_and_what_it_is_built_with(self):
        done = assay("--version")
        self.assertEqual(done.returncode, 0)
        self.assertRegex(done.stdout, r"\Aassay \d+\.\d+\.\d+\nbuilt with .*Boost \d.*\n\Z")

    def test_no_command_is_a_mistake(self):
        self.assert_mistake(assay())

    def test_an_unknown_command_is_answered_with_the_nearest(self):
        done = assay("shwo")
        self.assert_mistake(done)
        self.assertIn('did you mean "show"?', done.stderr)

    def test_an_unknown_option_is_answered_with_the_nearest(self):
        done = assay("log", "--jsno")
        self.assert_mistake(done)
        self.assertIn('did you mean "--json"?', done.stderr)

    def test_control_characters_in_a_mistake_do_not_reach_the_terminal(self):
        done = assay("\x1b[2J")
        self.assert_mistake(done)
        self.assertNotIn("\x1b", done.stderr)

    def test_a_full_disk_under_the_result_is_an_error(self):
        with open("/dev/full", "w") as full:
            self.assert_mistake(assay("--help", stdout=full))

    def test_a_closed_standard_output_is_an_error(self):
        done = subprocess.run(["sh", "-c", '"$0" --help >&-', PROGRAM], stderr=subprocess.PIPE, text=True)
        self.assert_mistake(done)

    def test_a_closed_standard_error_takes_no_mistake_but_changes_no_code(self):
        self.assertEqual(subprocess.run(["sh", "-c", '"$0" nonsense 2>&-', PROGRAM]).returncode, 1)

    def test_outside_a_lab_the_log_says_how_to_make_one(self):
        with tempfile.TemporaryDirectory() as folder:
            done = assay("log", folder=folder)
            self.assert_mistake(done)
            self.assertIn("assay init", done.stderr)

    def test_a_new_lab_has_an_empty_log(self):
        with tempfile.TemporaryDirectory() as folder:
            self.assertEqual(assay("init", folder=folder).returncode, 0)
            done = assay("log", folder=folder)
            self.assertEqual((done.returncode, done.stdout), (0, ""))
            self.assertEqual(done.stderr, "assay: no records yet: assay run FILE makes the first\n")
            done = assay("show", "1", folder=folder)
            self.assert_mistake(done)


class Terminal(unittest.TestCase):
    """Text of a simulated experiment, so that nothing is measured."""

    @classmethod
    def setUpClass(cls):
        cls.folder = tempfile.TemporaryDirectory()
        os.chdir(cls.folder.name)
        assay("init", folder=cls.folder.name)
        with open("experiment.toml", encoding="utf-8") as file:
            text = file.read()
        with open("experiment.toml", "w", encoding="utf-8") as file:
            file.write(text + '\n[simulated]\nbaseline = "100 ms"\nshift = "-20%"\nnoise = "2%"\n')
        done = assay("run", "--engine", "simulated", "--seed", "1", "experiment.toml", folder=cls.folder.name)
        assert done.returncode == 0, done.stderr

    @classmethod
    def tearDownClass(cls):
        os.chdir("/")
        cls.folder.cleanup()

    def test_a_terminal_gets_colour_and_unicode(self):
        text, code = on_a_terminal("show", "1", LC_ALL="C.UTF-8", NO_COLOR="")
        self.assertEqual(code, 0)
        self.assertIn("\x1b[32mimproved\x1b[0m → \x1b[32mkeep", text)
        self.assertIn("±", text)

    def test_no_color_is_honoured(self):
        text, _ = on_a_terminal("show", "1", LC_ALL="C.UTF-8", NO_COLOR="1")
        self.assertNotIn("\x1b", text)

    def test_a_dumb_terminal_or_another_locale_gets_ascii(self):
        for environment in ({"TERM": "dumb", "LC_ALL": "C.UTF-8"}, {"LC_ALL": "C"}):
            text, _ = on_a_terminal("show", "1", NO_COLOR="1", **environment)
            self.assertTrue(text.isascii(), environment)

    def test_a_pipe_gets_plain_text_and_the_sentence_on_one_line(self):
        text = assay("show", "1", folder=self.folder.name).stdout
        self.assertTrue(text.isascii())
        self.assertNotIn("\x1b", text)
        self.assertRegex(text, r"(?m)^`sleep 0\.04` is 1\.\d+x faster than `sleep 0\.05` \(.*\), \d+ blocks: improved -> keep$")

    def test_quiet_prints_the_sentence_alone(self):
        self.assertRegex(assay("show", "1", "-q", folder=self.folder.name).stdout, r"\A`sleep 0\.04` is [^\n]*\n\Z")

    def test_the_log_has_a_line_for_the_record(self):
        self.assertRegex(assay("log", folder=self.folder.name).stdout,
                         r"\A0001  \d{4}-\d\d-\d\d \d\d:\d\d UTC  improved +keep +simulated +first-experiment \(simulated\)\n\Z")
        self.assertEqual(assay("log", "--decision", "discard", folder=self.folder.name).stdout, "")


if __name__ == "__main__":
    unittest.main()
