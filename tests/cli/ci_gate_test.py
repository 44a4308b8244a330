#!/usr/bin/python3
"""examples/ci-gate: the steps of its workflows and action are run as a runner of GitHub runs them; its story is told."""

import os
import re
import subprocess
import sys
import unittest

import yaml

sys.path.insert(0, os.path.join(os.path.dirname(__file__), "..", "support"))
from cli import PROGRAM, WORSE, CliTest  # noqa: E402
from git_repository import MAKEFILE, Repository  # noqa: E402

EXAMPLE = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "..", "examples", "ci-gate")
EXPERIMENT = """
[experiment]
id = "work"
hypothesis = "The work does not get slower"
[variable]
kind = "revision"
control = "main"
treatment = "HEAD"
build = ["make"]
[[workload]]
name = "work"
command = ["../worker"]
[[metric]]
name = "wall"
role = "primary"
margin = "3%"
"""


def loaded(name):
    with open(os.path.join(EXAMPLE, name), encoding="utf-8") as file:
        return yaml.safe_load(file)


def steps_of(document):
    if "runs" in document:
        return document["runs"]["steps"]
    (job,) = document["jobs"].values()
    return job["steps"]


class CiGateTest(CliTest):
    def setUp(self):
        super().setUp()
        self.tools = self.path("tools")
        os.mkdir(self.tools)
        os.symlink(PROGRAM, os.path.join(self.tools, "assay"))
        self.environment["PATH"] = self.tools + ":" + self.environment["PATH"]

    def run_step(self, document, name, values, folder):
        """Runs one step; `values` stand for the expressions, which may only be in `env`."""
        (step,) = [one for one in steps_of(loaded(document)) if one["name"] == name]
        self.assertNotIn("${{", step["run"], "an expression in a script can be code of a stranger")
        environment = {}
        for key, text in step.get("env", {}).items():
            environment[key] = re.sub(r"\$\{\{ *([\w.]+) *\}\}", lambda match: values[match.group(1)], text)
        return subprocess.run(["bash", "--noprofile", "--norc", "-eo", "pipefail", "-c", step["run"]], cwd=folder,
                              env={**self.environment, **environment}, text=True, stdout=subprocess.PIPE,
                              stderr=subprocess.PIPE, check=False)


class Action(CiGateTest):
    def test_judges_a_pull_request_and_keeps_the_summary(self):
        repository = Repository(self.path("app"))
        os.makedirs(repository.path("bench"))
        os.makedirs(repository.path(".assay"))
        repository.write("bench/work.toml", EXPERIMENT)
        repository.write("Makefile", MAKEFILE.replace("bench", "worker"))  # the folder has that name
        with open(os.path.join(EXAMPLE, "gate.toml"), encoding="utf-8") as file:
            repository.write(".assay/gate.toml", file.read())
        base = repository.commit("base")
        repository.set_work(60)
        change = repository.commit("slow")
        ended = self.run_step("assay-gate/action.yml", "Judge the change",
                              {"inputs.base": base, "inputs.change": change, "inputs.environment": "",
                               "inputs.folder": "gate"}, repository.folder)
        self.assertEqual(ended.returncode, WORSE, ended.stderr)
        self.assertIn("::error file=bench/work.toml,title=assay gate%3A regressed::", ended.stdout)
        with open(repository.path("gate/summary.md"), encoding="utf-8") as file:
            self.assertIn("**regressed**", file.read())
        with open(repository.path("gate/exit-code"), encoding="utf-8") as file:
            self.assertEqual(file.read(), "2\n")


class Comment(CiGateTest):
    VALUES = {"github.token": "t", "github.repository": "someone/app", "github.event.workflow_run.head_sha": "abc",
              "github.event.workflow_run.conclusion": "failure"}

    def post(self, number):
        """A stand-in for gh notes what it is asked."""
        gh = os.path.join(self.tools, "gh")
        with open(gh, "w", encoding="utf-8") as file:
            file.write(f'#!/bin/sh\necho "$@" >> {self.path("asked")}\n[ "$1" = api ] && echo "{number}"\nexit 0\n')
        os.chmod(gh, 0o755)
        return self.run_step("gate-comment.yml", "Post it", self.VALUES, self.folder)

    def test_posts_the_summary_to_the_request_that_github_names(self):
        os.mkdir(self.path("gate"))
        self.write("gate/summary.md", "## assay gate failed\n")
        self.assertEqual(self.post("12").returncode, 0)
        self.assertEqual(self.read("asked").splitlines(),
                         ["api repos/someone/app/commits/abc/pulls --jq .[0].number",
                          "pr comment 12 --repo someone/app --body-file body.md"])
        self.assertEqual(self.read("body.md"), "## assay gate failed\n\n\nThe job ended with: failure\n")

    def test_posts_nothing_without_a_summary(self):
        ended = self.post("12")
        self.assertEqual((ended.returncode, ended.stdout), (0, "nothing to post\n"))


class Workflows(unittest.TestCase):
    def test_the_one_that_runs_foreign_code_may_only_read(self):
        workflow = loaded("gate.yml")
        self.assertEqual(workflow["permissions"], {"contents": "read"})
        self.assertEqual(workflow[True], "pull_request")  # YAML 1.1 reads the key `on` as true
        with open(os.path.join(EXAMPLE, "gate.yml"), encoding="utf-8") as file:
            self.assertNotIn("secrets.", file.read())

    def test_the_one_that_may_write_runs_no_foreign_code(self):
        workflow = loaded("gate-comment.yml")
        self.assertEqual(workflow["permissions"], {"actions": "read", "pull-requests": "write"})
        self.assertFalse(any("checkout" in step.get("uses", "") for step in steps_of(workflow)))

    def test_the_workflow_uses_the_action_as_it_is(self):
        (step,) = [one for one in steps_of(loaded("gate.yml")) if one.get("uses", "").startswith("./")]
        self.assertLessEqual(set(step["with"]), set(loaded("assay-gate/action.yml")["inputs"]))


class Story(CiGateTest):
    def test_is_told_as_it_is_written(self):
        ended = self.tell("", GITHUB_STEP_SUMMARY=self.path("summary"))  # assay is on PATH
        self.assertEqual(ended.returncode, 0, ended.stdout)
        self.assertFalse(os.path.exists(self.path("summary")), "the job that runs the story has a summary of its own")
        self.assertEqual(self.read("story/codes").split("\n")[:-1],
                         ["words 0", "slower 2", "slower-and-wider 2", "broken-and-unchecked 4", "slower-and-empty 2"],
                         ended.stdout)

    def test_fails_if_a_request_is_judged_otherwise(self):
        with open(self.path("blind"), "w", encoding="utf-8") as file:
            file.write('#!/bin/sh\n[ "$1" = gate ] || echo assay 0.1.0\n')
        os.chmod(self.path("blind"), 0o755)
        ended = self.tell("./blind")
        self.assertEqual(ended.returncode, 1, ended.stdout)
        self.assertIn("story.sh: slower ended with 0, and 2 was expected; slower-and-wider ended with 0, and 2 was "
                      "expected; broken-and-unchecked ended with 0, and 4 was expected; slower-and-empty ended with 0",
                      ended.stdout)

    def tell(self, program, **environment):
        return subprocess.run([os.path.join(EXAMPLE, "story.sh"), program, "story"], cwd=self.folder,
                              env={**self.environment, **environment}, text=True, stdin=subprocess.DEVNULL,
                              stdout=subprocess.PIPE, stderr=subprocess.STDOUT, check=False)


if __name__ == "__main__":
    unittest.main()
