#!/usr/bin/python3
"""examples/ci-gate: the steps of its workflows and action are run as a runner of GitHub runs them; its story is told."""

import hashlib
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
name = "cpu"
role = "primary"
margin = "3%"
[protocol]
max_blocks = 120
"""


def loaded(name):
    with open(os.path.join(EXAMPLE, name), encoding="utf-8") as file:
        return yaml.safe_load(file)


def steps_of(document):
    if "runs" in document:
        return document["runs"]["steps"]
    (job,) = document["jobs"].values()
    return job["steps"]


def filled(text, values):
    return re.sub(r"\$\{\{ *([\w.]+) *\}\}", lambda match: values[match.group(1)], text)


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
        return self.run_script(step, values, folder, {})

    def run_script(self, step, values, folder, environment):
        self.assertNotIn("${{", step["run"], "an expression in a script can be code of a stranger")
        own = {key: filled(text, values) for key, text in step.get("env", {}).items()}
        shell = ["bash", "--noprofile", "--norc", "-eo", "pipefail"] if step.get("shell") == "bash" else ["sh", "-e"]
        return subprocess.run([*shell, "-c", step["run"]], cwd=folder, env={**self.environment, **environment, **own},
                              text=True, stdout=subprocess.PIPE, stderr=subprocess.PIPE, check=False)

    def repository_with_a_gate(self):
        repository = Repository(self.path("app"))
        repository.write("bench/work.toml", EXPERIMENT)
        repository.write("Makefile", MAKEFILE.replace("bench", "worker"))  # the folder has that name
        for name, place in (("gate.toml", ".assay/gate.toml"), ("gate.yml", ".github/workflows/gate.yml"),
                            ("assay-gate/action.yml", ".github/actions/assay-gate/action.yml")):
            with open(os.path.join(EXAMPLE, name), encoding="utf-8") as file:
                repository.write(place, file.read())
        return repository


class Action(CiGateTest):
    def test_judges_a_pull_request_and_keeps_the_summary(self):
        repository = self.repository_with_a_gate()
        base = repository.commit("base")
        repository.set_work(60)
        change = repository.commit("slow")
        ended = self.run_step("assay-gate/action.yml", "Judge the change",
                              {"inputs.base": base, "inputs.change": change, "inputs.environment": "",
                               "inputs.folder": "gate", "inputs.repository": "."}, repository.folder)
        self.assertEqual(ended.returncode, WORSE, ended.stderr)
        self.assertIn("::error file=bench/work.toml,title=assay gate%3A regressed::", ended.stdout)
        with open(repository.path("gate/summary.md"), encoding="utf-8") as file:
            self.assertIn("**regressed**", file.read())
        with open(repository.path("gate/exit-code"), encoding="utf-8") as file:
            self.assertEqual(file.read(), "2\n")


class Job(CiGateTest):
    """The whole job of gate.yml, in a workspace of its own. Foreign actions have stand-ins here."""

    def setUp(self):
        super().setUp()
        self.workspace = self.path("workspace")
        os.mkdir(self.workspace)
        self.repository = self.repository_with_a_gate()
        self.base = self.repository.commit("base")
        self.repository.git("config", "uploadpack.allowAnySHA1InWant", "true")
        apt = os.path.join(self.tools, "apt-get")
        with open(apt, "w", encoding="utf-8") as file:
            file.write(f'#!/bin/sh\necho "$*" >> {self.path("installed")}\n')
        os.chmod(apt, 0o755)
        self.write("assay_1_amd64.deb", "a package\n")
        self.package = f"file://{self.path('assay_1_amd64.deb')} {hashlib.sha256(b'a package' + bytes([10])).hexdigest()}"

    def check_out(self, wanted, values):
        """actions/checkout: by default the newest commit of the change, without its history."""
        folder = os.path.join(self.workspace, wanted.get("path", "."))
        revision = filled(wanted.get("ref", "${{ github.event.pull_request.head.sha }}"), values)
        self.repository.git("init", "--quiet", folder)
        fetched = [revision, "refs/heads/*:refs/remotes/origin/*"]
        if wanted.get("fetch-depth") != 0:
            fetched = ["--depth", "1", revision]
        self.repository.git("-C", folder, "fetch", "--quiet", "file://" + self.repository.folder, *fetched)
        self.repository.git("-C", folder, "checkout", "--quiet", "--detach", revision)

    def run_action(self, step, values):
        with open(os.path.join(self.workspace, step["uses"], "action.yml"), encoding="utf-8") as file:
            action = yaml.safe_load(file)
        inputs = {f"inputs.{name}": str(one.get("default", "")) for name, one in action["inputs"].items()}
        inputs.update({f"inputs.{name}": filled(str(text), values) for name, text in step.get("with", {}).items()})
        for one in action["runs"]["steps"]:
            ended = self.run_script(one, inputs, self.workspace, {})
            if ended.returncode != 0:
                return ended
        return ended

    def run_job(self, package=None):
        """Returns the names of the steps, and how the last one of them that is no artifact's ended."""
        values = {"github.event.pull_request.base.sha": self.base,
                  "github.event.pull_request.head.sha": self.repository.git("rev-parse", "HEAD")}
        workflow = loaded("gate.yml")
        environment = dict(workflow["env"])
        self.assertEqual(environment, {"ASSAY_PACKAGE": ""})
        environment["ASSAY_PACKAGE"] = self.package if package is None else package
        for step in steps_of(workflow):
            if step.get("uses", "").startswith("actions/upload-artifact"):
                continue
            if step.get("uses", "").startswith("actions/checkout"):
                self.check_out(step["with"], values)
                continue
            ended = self.run_action(step, values) if "uses" in step else self.run_script(step, values, self.workspace,
                                                                                         environment)
            if ended.returncode != 0:
                break
        return step["name"], ended

    def test_judges_a_pull_request(self):
        self.repository.write("README", "words\n")
        self.repository.commit("words")
        name, ended = self.run_job()
        self.assertEqual((name, ended.returncode), ("Keep the summary for the comment", 0), ended.stdout + ended.stderr)
        self.assertIn("passed", self.read("workspace/gate/summary.md"))
        self.assertEqual(self.read("installed").splitlines()[-1], "install -q --yes --no-install-recommends ./assay.deb")

    def test_a_request_that_replaces_the_action_is_judged_by_the_one_of_the_base(self):
        self.repository.write(".github/actions/assay-gate/action.yml",
                              "inputs: {}\nruns:\n  using: composite\n  steps:\n    - {shell: bash, run: exit 0}\n")
        self.repository.set_work(60)
        self.repository.commit("slow, and an action that passes")
        name, ended = self.run_job()
        self.assertEqual((name, ended.returncode), ("Judge the change", WORSE), ended.stdout + ended.stderr)
        self.assertIn("**regressed**", self.read("workspace/gate/summary.md"))
        self.assertIn(".github/actions/assay-gate/action.yml", self.read("workspace/gate/summary.md"))

    def test_is_refused_until_the_package_is_named(self):
        self.repository.write("README", "words\n")
        self.repository.commit("words")
        address, sum_ = self.package.split()
        for package in ("", address, f"{address} {sum_[:40]}", f"{self.package} more"):
            name, ended = self.run_job(package)
            self.assertEqual((name, ended.returncode), ("Install assay", 1), ended.stdout)
            self.assertEqual(ended.stdout, f'::error::gate.yml: ASSAY_PACKAGE is "{package}": set it to the address of '
                                           "assay's package, a space, and its SHA-256\n")

    def test_another_package_than_the_named_one_is_not_installed(self):
        self.write("assay_1_amd64.deb", "another package\n")
        name, ended = self.run_job()
        self.assertEqual(name, "Install assay")
        self.assertNotEqual(ended.returncode, 0)
        self.assertNotIn("assay.deb", self.read("installed"))


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
        self.assertEqual(step["uses"], "./base/.github/actions/assay-gate")
        self.assertLessEqual(set(step["with"]), set(loaded("assay-gate/action.yml")["inputs"]))


class Story(CiGateTest):
    def test_is_told_as_it_is_written(self):
        ended = self.tell("", GITHUB_STEP_SUMMARY=self.path("summary"))  # assay is on PATH
        self.assertEqual(ended.returncode, 0, ended.stdout)
        self.assertFalse(os.path.exists(self.path("summary")), "the job that runs the story has a summary of its own")
        self.assertEqual(self.read("story/codes").split("\n")[:-1],
                         ["words 0", "slower 2", "slower-and-wider 2", "broken-and-unchecked 4", "slower-and-empty 2",
                          "words-behind-its-base 0"],
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
