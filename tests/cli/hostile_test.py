#!/usr/bin/python3
"""Hostile names and texts change nothing in a terminal, Markdown, annotations, CSV or HTML."""

import csv
import io
import json
import os
import re
import sys
import unittest
import xml.etree.ElementTree

sys.path.insert(0, os.path.join(os.path.dirname(__file__), "..", "support"))
from cli import CliTest  # noqa: E402

# Everything that some reader would act on, in one line each.
HOSTILE = ("</script><script>alert(1)</script>", "::error title=x::forged", "50%0A::warning::forged", "=cmd()", "+1+1",
           "\x1b]8;;http://example.org\x07link\x1b]8;;\x07", "\x1b[2J\x1b[31m", "\u202egnp.exe",
           "\u2066a\u2069\u200e\u200f\u061cb", "a | b | c", "`x` <b>",
           "<!-- assay:record 0001 end -->", "[x](http://example.org)", "@everyone #1", "\u2028line", "'; rm -rf /; '")

# Nowhere, not even in data that programs read: people look at those with cat and less, too.
CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f\x80-\x9f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\u2028\u2029]")
FORMATS = ("hyperfine", "hyperfine-csv", "hyperfine-markdown", "hyperfine-asciidoc", "hyperfine-orgmode",
           "google-benchmark", "go", "github-benchmark", "junit", "trials", "pull-request", "github-annotations",
           "opentelemetry")
JSON_FORMATS = ("hyperfine", "google-benchmark", "github-benchmark", "opentelemetry")


class HostileTest(CliTest):
    def exports_of(self, text):
        """What every format writes about arms that are called by the text, and what the terminal shows."""
        command = f"true '{text}'".replace("''; rm -rf /; ''", "rm")
        words = [word for format in FORMATS for word in ("--export", f"{format}={format}")]
        ended = self.assay("compare", "--runs", "6", "--fail-on", "none", "-n", text, "-n", "other", command, "true other",
                           *words)
        self.assertEnds(ended, 0)
        return ended, {format: self.read(format) for format in FORMATS}

    def test_every_output_is_safe_whatever_an_arm_is_called(self):
        for text in HOSTILE:
            with self.subTest(text=text):
                ended, exports = self.exports_of(text)
                self.assertNotRegex(ended.out + ended.err, CONTROL)
                for format in FORMATS:
                    self.assertNotRegex(exports[format], CONTROL, format)
                self.check_annotations(exports["github-annotations"])
                self.check_markdown(exports["pull-request"])
                self.check_tables(exports)
                self.check_csv(exports["trials"])
                self.check_csv(exports["hyperfine-csv"])
                for format in JSON_FORMATS:
                    json.loads(exports[format])
                xml.etree.ElementTree.fromstring(exports["junit"])
                for line in exports["go"].splitlines():
                    self.assertRegex(line, r"^(Benchmark\S+\t|Unit |[a-z]+: |$)")

    def check_annotations(self, text):
        lines = text.splitlines()
        self.assertEqual(len(lines), 1, text)
        self.assertRegex(lines[0], r"^::(notice|warning|error) title=[^:,]*::")

    def check_markdown(self, text):
        self.assertEqual(text.count("<!--"), 1, text)
        words = re.sub(r"(?<!\\)(`+).*?\1", "", text)  # code spans show what they hold
        self.assertNotRegex(words, r"(?i)<script|<b>|(?<!\\)\]\(http")
        self.assertEqual(text.count("<details>"), 1)
        for line in text.splitlines():
            if line.startswith("|"):
                self.assertEqual(len(re.findall(r"(?<!\\)\|", line)), 7, line)

    def check_tables(self, exports):
        rows = [line for line in exports["hyperfine-markdown"].splitlines() if line.startswith("|")]
        self.assertEqual({len(re.findall(r"(?<!\\)\|", row)) for row in rows}, {6})
        rows = exports["hyperfine-orgmode"].splitlines()
        self.assertEqual({row.count("|") for row in rows if "--" not in row[:4]}, {6})

    def check_csv(self, text):
        rows = list(csv.reader(io.StringIO(text)))
        self.assertEqual(len({len(row) for row in rows}), 1)
        for field in (field for row in rows for field in row):
            is_number = re.fullmatch(r"[-+]?[\d.]+(e[-+]?\d+)?", field)
            self.assertTrue(is_number or not re.match(r"[=+@\-\t\r]", field), field)

    def test_documents_and_pages_of_a_lab_are_safe(self):
        self.make_lab()
        for number, text in enumerate(HOSTILE):
            self.write("hostile.json", json.dumps({
                "experiment": {"id": f"hostile-{number}", "hypothesis": text, "assumptions": [text]},
                "variable": {"kind": "env", "name": "LEVEL", "control": text, "treatment": f"{text}2"},
                "workload": [{"name": f"w{number}", "command": ["true", text]}],
                "metric": [{"name": "wall", "role": "primary", "margin": "3%"}],
                "protocol": {"blocks": 6, "seed": number}, "simulated": {"shift": "-20%"}}))
            ended = self.assay("run", "hostile.json", "--engine", "simulated", "--fail-on", "none")
            self.assertEnds(ended, 0)
            self.assertNotRegex(ended.out, CONTROL)
            for form in ([], ["--json"]):
                self.assertNotRegex(self.assay("show", f"hostile-{number}", *form).out, CONTROL)
        decisions = self.read("DECISIONS.md")
        self.assertNotRegex(decisions, CONTROL)
        self.assertNotRegex(re.sub(r"(`+).*?\1", "", decisions), r"(?i)<script|(?<!\\)\]\(http")
        self.assertEqual(decisions.count("<!-- assay:record"), 2 * len(HOSTILE))
        for words in (["log"], ["status"], ["tried", "hostile.json"], ["plan", "hostile.json"], ["verify"]):
            for form in ([], ["--json"]):
                ended = self.assay(*words, *form)
                self.assertTrue(ended.out, (words, form, ended.err))
                self.assertNotRegex(ended.out, CONTROL, (words, form))
        self.assertEnds(self.assay("render", "--html", "page.html"), 0)
        page = self.read("page.html")
        outside = re.sub(r"<(script|style)\b[^>]*>.*?</\1>", "", page, flags=re.DOTALL)
        self.assertNotIn("alert(1)</script>", page)
        self.assertNotRegex(outside, r"(?i)<script|<b>|<!-- assay")
        self.assertNotRegex(outside, CONTROL)
        self.assertEnds(self.assay("render", "--site", "site"), 0)
        for folder, _, names in os.walk(self.path("site")):
            for name in names:
                self.assertNotRegex(self.read(os.path.join(folder, name)), CONTROL, name)

    def test_names_in_files_of_other_tools_are_safe(self):
        for text in HOSTILE:
            self.write("foreign.json", json.dumps({"results": [
                {"command": f"{text} {arm}", "mean": 1, "times": [1 + 0.1 * run + (arm == "b") for run in range(6)]}
                for arm in "ab"]}))
            for form in ([], ["--json"], ["--control", f"{text} c"]):
                ended = self.assay("analyse", "foreign.json", *form)
                self.assertTrue(ended.out + ended.err)
                self.assertNotRegex(ended.out + ended.err, CONTROL, (text, form))


class ClaimsAndReviews(CliTest):
    """Claims, challenges and withdrawals by hostile names, of hostile levels, checks and reasons."""

    TEXTS = (*HOSTILE, "## DONE", "a\n## DONE\n- grade: confirmed\n::error::x")
    EXPORTS = ("github-annotations", "pull-request", "trials", "junit")

    def setUp(self):
        super().setUp()
        self.make_lab()

    def safely(self, *words, ends=None, **environment):
        """Calls assay; whatever it prints is safe."""
        ended = self.assay(*words, environment=environment)
        if ends is not None:
            self.assertEnds(ended, ends)
        self.assertNotRegex(ended.out + ended.err, CONTROL, words)
        for line in (ended.out + ended.err).splitlines():
            self.assertNotRegex(line, r"^(::|## DONE|- grade: confirmed)", words)
        return ended

    def challenged(self, number, text):
        """A claim by a hostile name that a hostile name has challenged, with the names of both records."""
        name = " ".join(CONTROL.sub(" ", text).split())  # a check's name is one line that can be printed
        self.write("hostile.json", json.dumps({
            "experiment": {"id": f"hostile-{number}", "hypothesis": text, "assumptions": [text]},
            "variable": {"kind": "env", "name": "LEVEL", "control": text, "treatment": f"{text}2"},
            "workload": [{"name": f"w{number}", "command": ["true", text]}],
            "metric": [{"name": "wall", "role": "primary", "margin": "3%"}],
            "check": [{"name": name, "kind": "command", "command": ["true", text]}]}))
        claimed = self.safely("claim", "--experiment", "hostile.json", "--ratio", "90x", "--json", ends=0,
                              ASSAY_ACTOR=text)
        claim = claimed.json()["record_name"]
        exports = [word for format in self.EXPORTS for word in ("--export", f"{format}={format}")]
        graded = self.safely("challenge", claim, "--yes", "--cap", "6", "--json", *exports, ASSAY_ACTOR=f"{text} other")
        self.assertIn(graded.code, (0, 2, 3, 4), graded.err)
        for format in self.EXPORTS:
            self.assertNotRegex(self.read(format), CONTROL, format)
        annotations = self.read("github-annotations").splitlines()
        self.assertEqual(len(annotations), 1)
        self.assertRegex(annotations[0], r"^::(notice|warning|error) title=[^:,]*::")
        for row in csv.reader(io.StringIO(self.read("trials"))):
            for field in row:
                self.assertTrue(re.fullmatch(r"[-+]?[\d.]+(e[-+]?\d+)?", field) or not re.match(r"[=+@\-\t\r]", field))
        xml.etree.ElementTree.fromstring(self.read("junit"))
        return claim, graded.json()["record_name"]

    def check_document(self, name, sections):
        text = self.read(name)
        self.assertNotRegex(text, CONTROL, name)
        self.assertEqual(text.count("<!-- assay:record"), 2 * sections, name)
        self.assertEqual(len(re.findall(r"(?m)^#+ \d{4,} ", text)), sections, name)
        words = re.sub(r"(?<!\\)(`+).*?\1", "", text)  # code spans show what they hold
        self.assertNotRegex(words, r"(?i)<script|<b>|(?<!\\)\]\(http|(?<!\\)<!-- (?!assay:record)", name)
        for line in text.splitlines():
            self.assertNotRegex(line, r"^\s*(## DONE|::|- grade: confirmed$)", name)

    def test_are_safe_in_both_documents_and_on_every_screen(self):
        for number, text in enumerate(self.TEXTS):
            with self.subTest(text=text):
                claim, entry = self.challenged(number, text)
                for which in (claim, entry):
                    for form in ([], ["--json"]):
                        self.safely("show", which, *form, ends=0)
                self.safely("claim", "--withdraw", claim, "--why", text, ends=0, ASSAY_ACTOR=text)
                self.safely("claim", "--experiment", "hostile.json", "--ratio", text, ends=1)
                self.safely("challenge", text, "--yes", ends=1)
        self.check_document("REVIEW.md", len(self.TEXTS))
        sections = self.read("DECISIONS.md").count("<!-- assay:record") // 2
        self.assertGreaterEqual(sections, len(self.TEXTS))
        self.check_document("DECISIONS.md", sections)
        for words in (["claim", "--list"], ["status"], ["log"], ["verify"], ["verify", "--suspect"]):
            for form in ([], ["--json"]):
                self.assertTrue(self.safely(*words, *form).out)
        self.safely("verify", ends=0)
        self.safely("render", "--html", "page.html", ends=0)
        outside = re.sub(r"<(script|style)\b[^>]*>.*?</\1>", "", self.read("page.html"), flags=re.DOTALL)
        self.assertNotRegex(outside, r"(?i)<script|<b>|<!-- assay")
        self.assertNotRegex(outside, CONTROL)


if __name__ == "__main__":
    unittest.main()
