#!/usr/bin/python3
"""How the stories of examples/ begin: the program that is used, and the packages that are missing."""

import glob
import os
import shutil
import subprocess
import sys
import unittest

sys.path.insert(0, os.path.join(os.path.dirname(__file__), "..", "support"))
from cli import ERROR, OK, PROGRAM, CliTest  # noqa: E402

EXAMPLES = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "..", "examples")
STORIES = ("ci-gate", "disagreeing-ci", "measured-pipeline", "parallel-tests", "worker-pool")
TOOLS = ("sh", "dirname", "realpath", "mktemp", "date", "nproc", "cp", "mkdir")


class Examples(CliTest):
    """A copy of examples/ with a PATH of its own, so that nothing of this machine is found."""

    def setUp(self):
        super().setUp()
        shutil.copytree(EXAMPLES, self.path("project/examples"))
        self.tools = self.path("tools")
        os.mkdir(self.tools)
        for tool in TOOLS:
            os.symlink(shutil.which(tool), os.path.join(self.tools, tool))
        self.environment["PATH"] = self.tools

    def tool(self, name, text):
        self.script(os.path.join(self.tools, name), text)

    def script(self, path, text):
        os.makedirs(os.path.dirname(path), exist_ok=True)
        with open(path, "w", encoding="utf-8") as file:
            file.write("#!/bin/sh\n" + text)
        os.chmod(path, 0o755)

    def sources(self):
        """Stands in for the sources: what is installed and built is noted, and the build makes a program."""
        self.write("project/CMakePresets.json", "{}")
        self.script(self.path("project/tests/support/install_packages.sh"),
                    f'echo "install $@" >>{self.path("done")}\n')
        self.tool("cmake", f'echo "cmake $@" >>{self.path("done")}\n[ "$1" = --build ] || exit 0\n'
                           f"mkdir -p build/release/bin\ncp {PROGRAM} build/release/bin/assay\n")

    def call(self, script, *arguments, **environment):
        return subprocess.run([self.path(f"project/examples/{script}"), *arguments], cwd=self.folder,
                              env={**self.environment, **environment}, stdin=subprocess.DEVNULL,
                              stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, check=False)

    def assertFinds(self, ended, path):
        self.assertEqual((ended.returncode, ended.stdout), (OK, path + "\n"), ended.stderr)

    def assertFails(self, ended, line):
        self.assertEqual((ended.returncode, ended.stdout), (ERROR, ""), ended.stderr)
        self.assertIn(line, ended.stderr)


class Program(Examples):
    def test_is_the_one_that_is_named_also_by_a_relative_path(self):
        self.sources()
        self.tool("assay", "exit 1\n")
        shutil.copy(PROGRAM, self.path("mine"))
        self.assertFinds(self.call("assay.sh", "./mine"), self.path("mine"))
        self.assertFinds(self.call("assay.sh", "./mine", ASSAY="/nowhere"), self.path("mine"))
        self.assertFinds(self.call("assay.sh", ASSAY="./mine"), self.path("mine"))

    def test_is_the_one_on_the_path_before_anything_is_built(self):
        self.sources()
        os.symlink(PROGRAM, os.path.join(self.tools, "assay"))
        self.assertFinds(self.call("assay.sh"), os.path.join(self.tools, "assay"))
        self.assertFinds(self.call("assay.sh", ""), os.path.join(self.tools, "assay"))
        self.assertFalse(os.path.exists(self.path("done")))

    def test_is_built_each_time_so_that_it_is_never_older_than_the_sources(self):
        self.sources()
        self.tool("assay", "echo another program of that name\n")
        built = self.path("project/build/release/bin/assay")
        for _ in range(2):
            self.assertFinds(self.call("assay.sh"), built)
        self.assertFinds(self.call("assay.sh", "--build", ASSAY=PROGRAM), built)
        once = ["install build", "cmake --preset release", "cmake --build --preset release -j"]
        done = [line.rstrip(" 0123456789") for line in self.read("done").splitlines()]
        self.assertEqual(done, once * 3)

    def test_that_cannot_be_had_is_an_error_that_says_why(self):
        self.assertFails(self.call("assay.sh"), "there is no assay on PATH, and no sources to build it from")
        self.assertFails(self.call("assay.sh", "/nowhere/assay"), '"/nowhere/assay" is no assay that runs')
        self.assertFails(self.call("assay.sh", self.folder), "is no assay that runs")
        self.assertFails(self.call("assay.sh", "", ASSAY="nothing"), '$ASSAY is "nothing"')
        self.sources()
        self.tool("cmake", "exit 1\n")
        self.assertFails(self.call("assay.sh"), "assay cannot be built")


class Story(Examples):
    NEEDS = {"ci-gate": "git", "disagreeing-ci": "git make g++ util-linux",
             "measured-pipeline": "git curl gzip busybox g++ make ccache", "parallel-tests": "git make gcc cmake",
             "worker-pool": "git make g++"}

    def test_installs_what_it_needs_before_it_begins(self):
        installer = self.path("project/tests/support/install_packages.sh")
        self.script(installer, f'echo "$@" >{self.path("done")}\nexit 7\n')
        for story in STORIES:
            ended = self.call(f"{story}/story.sh")
            self.assertEqual((ended.returncode, ended.stdout), (7, ""), ended.stderr)
            wanted = self.read("done").split()  # paths of this machine decide about two of them
            self.assertEqual([one for one in wanted if one not in ("python3", "postgresql")],
                             ["--", *self.NEEDS[story].split()])

    def test_names_the_packages_where_it_cannot_install_them(self):
        for story in STORIES:
            ended = self.call(f"{story}/story.sh", PROGRAM)
            self.assertFails(ended, "these packages are missing; install them first: git")

    def test_ends_if_there_is_no_program(self):
        for tool in ("git", "curl", "gzip", "busybox", "make", "g++", "cc", "ccache", "taskset", "ctest"):
            self.tool(tool, "exit 0\n")
        for story in STORIES:
            self.assertFails(self.call(f"{story}/story.sh", SHORT="1"), "there is no assay on PATH")
            self.assertFails(self.call(f"{story}/story.sh", "/nowhere/assay", SHORT="1"), "is no assay that runs")


class InCi(CliTest):
    """examples/disagreeing-ci/in-ci.sh."""

    def test_has_a_part_of_one_cpu_where_a_control_group_can_be_written(self):
        command = [os.path.join(EXAMPLES, "disagreeing-ci", "in-ci.sh"), "sh", "-c",
                   "echo $CI $(nice) $(nproc); cat /proc/self/cgroup; "
                   "cat /sys/fs/cgroup/assay-example-*/cpu.max /sys/fs/cgroup/cpu*/assay-example-*/cpu.cfs_quota_us "
                   "2>/dev/null; exit 3"]
        ended = subprocess.run(command, env=self.environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
                               text=True, check=False, timeout=60)
        if not any(os.access(parent, os.W_OK) and os.path.exists(os.path.join(parent, control))
                   for parent, control in (("/sys/fs/cgroup", "cgroup.controllers"),
                                           ("/sys/fs/cgroup/cpu", "cpu.cfs_quota_us"))):
            self.skipTest("this user may write no control group")
        self.assertEqual(ended.returncode, 3, ended.stdout)
        self.assertEqual(ended.stdout.splitlines()[0], f"true {os.nice(0)} 1")
        self.assertRegex(ended.stdout, r"(?m)^\d+:[^:]*:/assay-example-\d+$")
        self.assertIn(ended.stdout.splitlines()[-1], ("60000 100000", "60000"))
        self.assertEqual(glob.glob("/sys/fs/cgroup/assay-example-*") + glob.glob("/sys/fs/cgroup/cpu*/assay-example-*"),
                         [], "left behind")

    def test_is_nicer_than_a_neighbour_on_one_cpu(self):
        command = [os.path.join(EXAMPLES, "disagreeing-ci", "in-ci.sh"), "sh", "-c", "echo $CI $(nice) $(nproc); exit 3"]
        ended = subprocess.run(command, env={**self.environment, "GROUPS_AT": self.folder}, stdout=subprocess.PIPE,
                               stderr=subprocess.STDOUT, text=True, check=False, timeout=60)
        own = os.nice(0)
        self.assertEqual((ended.returncode, ended.stdout), (3, f"true {min(own + 3, 19)} 1\n"))


class Packages(CliTest):
    """tests/support/install_packages.sh, as a user who may not install anything."""

    def test_that_an_ordinary_user_misses_are_named(self):
        os.mkdir(self.path("tools"))
        for name, text in (("dpkg-query", '[ "$4" != there ] || echo installed\n'), ("id", "echo 1000\n")):
            with open(self.path(f"tools/{name}"), "w", encoding="utf-8") as file:
                file.write("#!/bin/sh\n" + text)
            os.chmod(self.path(f"tools/{name}"), 0o755)
        installer = os.path.join(EXAMPLES, "..", "tests", "support", "install_packages.sh")
        ended = subprocess.run(["/bin/sh", installer, "--", "there", "not-there", "nor-this"],
                               env={"PATH": self.path("tools")}, stderr=subprocess.PIPE, text=True, check=False)
        self.assertEqual(ended.returncode, ERROR)
        self.assertIn("neither root nor sudo is at hand to install them: not-there nor-this", ended.stderr)


if __name__ == "__main__":
    unittest.main()
