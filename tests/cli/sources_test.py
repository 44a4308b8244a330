#!/usr/bin/python3
"""Variables of the kinds revision and patch: real repositories, real builds, and what must not pass for the change."""

import hashlib
import json
import os
import shutil
import signal
import subprocess
import sys
import unittest

sys.path.insert(0, os.path.join(os.path.dirname(__file__), "..", "support"))
from cli import (ERROR, INTERRUPTED, INVALID, NOTHING_LEFT, OK, WORSE, CliTest, experiment_text,  # noqa: E402
                 read_until, wait_until)
from git_repository import Repository  # noqa: E402

PROTOCOL = '[protocol]\nseed = "1"\nmax_blocks = 30\n'
FAST_TO_SLOW = 'kind = "revision"\ncontrol = "fast"\ntreatment = "slow"\nbuild = ["make"]'
PATCH = 'kind = "patch"\nfile = "change.patch"\nrevision = "fast"\nbuild = ["make"]'


class SourceTest(CliTest):
    def setUp(self):
        super().setUp()
        self.repository = Repository(self.path("app"))
        self.repository.git("tag", "fast")
        self.repository.set_work(40)
        self.commits = {"fast": self.repository.git("rev-parse", "fast"), "slow": self.repository.commit("slow")}
        self.repository.git("tag", "slow")
        self.place = os.path.join(self.folder, "temporary")
        os.mkdir(self.place)
        self.environment["TMPDIR"] = self.place

    def make_lab(self):
        os.makedirs(self.repository.path(".assay/records"))
        self.repository.write(".git/info/exclude", ".assay\nexample.toml\n*.patch\nDECISIONS.md\n")

    def write_experiment(self, variable, workload='command = ["./bench"]', more=""):
        self.repository.write("example.toml", experiment_text(workload, PROTOCOL + more, variable, "10%"))

    def write_patch(self, name="change.patch"):
        """What differs from the commit, as a patch; the working tree goes back to it."""
        self.repository.write(name, self.repository.git("diff", "HEAD") + "\n")
        self.repository.git("checkout", "--quiet", "--", ".")

    def call(self, *words, **options):
        return self.assay(*words, cwd=self.repository.folder, **options)

    def run_file(self, *words, **options):
        return self.call("run", "example.toml", *words, **options)

    def compare(self, control, treatment, *words):
        return self.call("compare", "--json", "--rev", control, "--rev", treatment, "--build", "make", "-M", "30",
                         "--margin", "10%", *words)

    def assertConfounded(self, ended, *texts):
        self.assertEnds(ended, INVALID)
        result = ended.json()
        self.assertEqual((result["verdict"], result["verdict_reason"]), ("invalid", "confounded"), ended.out)
        for text in texts:
            self.assertIn(text, " | ".join(result["audit"]["intruders"]))

    def assertNothingLeft(self):
        self.assertEqual(os.listdir(self.place), [])


class Neighbours(SourceTest):
    def judge(self, control, treatment, shift):
        self.repository.write("example.toml", experiment_text(
            'command = ["./bench"]',
            f'[protocol]\nseed = "1"\nmax_blocks = 30\n[simulated]\nshift = "{shift}"\nnoise = "2%"\n',
            f'kind = "revision"\ncontrol = "{control}"\ntreatment = "{treatment}"\nbuild = ["make"]'))
        return self.run_file("--engine", "simulated", "--json").json()

    def test_none_of_twenty_commits_is_near_another(self):
        self.make_lab()
        commits = [self.commits["fast"]]
        for number in range(1, 21):
            self.repository.set_work(40 - number)
            commits.append(self.repository.commit(f"commit {number}"))
        for number in range(1, 21):
            helps = number % 4 == 0
            result = self.judge(commits[number - 1], commits[number], "-20%" if helps else "0%")
            self.assertNotIn("neighbours", result["audit"])
            self.assertEqual(result["decision"], "keep" if helps else "discard")

    def test_the_same_commits_in_other_words_are_near(self):
        self.make_lab()
        self.assertEqual(self.judge("fast", "slow", "0%")["decision"], "discard")
        self.repository.write("example.toml", self.repository_text().replace('["./bench"]', '["env", "./bench", "x"]')
                              .replace('"0%"', '"-20%"'))
        result = self.run_file("--engine", "simulated", "--json").json()
        self.assertEqual((result["verdict"], result["decision"], result["reason"]), ("improved", "undecided", "near"))
        self.assertEqual(result["audit"]["neighbours"][0]["record_name"], "0001-example")

    def repository_text(self):
        with open(self.repository.path("example.toml"), encoding="utf-8") as file:
            return file.read()


class Prove(SourceTest):
    CHECK = '[[check]]\nname = "there"\nkind = "command"\ncommand = ["test", "-x", "{}"]\n'

    def test_checks_are_proved_on_control_as_it_is_built(self):
        before = self.repository.snapshot()
        self.write_experiment(FAST_TO_SLOW, 'command = ["./bench"]\noutput = "out"',
                              '[[check]]\nname = "same"\nkind = "same-output"\nfile = "out"\n')
        ended = self.call("check", "--prove", "example.toml")
        self.assertNotIn("cannot start", ended.err)
        self.write_experiment(FAST_TO_SLOW, more=self.CHECK.format("bench"))
        ended = self.call("check", "--prove", "example.toml")
        self.assertIn("check there (work) passes on a broken arm (null command)", ended.err)
        self.write_experiment(FAST_TO_SLOW, more=self.CHECK.format("gone"))
        self.assertIn("fails on control as it is", self.call("check", "--prove", "example.toml").err)
        self.assertFalse(os.path.exists(self.repository.path("bench")))
        self.assertNothingLeft()


class Compare(SourceTest):
    def test_finds_the_slower_revision_without_a_file(self):
        before = self.repository.snapshot()
        ended = self.compare("fast", "slow", "--", "./bench")
        self.assertEnds(ended, WORSE)
        result = ended.json()
        self.assertEqual(result["verdict"], "regressed")
        self.assertEqual(result["audit"]["differs"], ["revision"])
        self.assertEqual(self.repository.snapshot(), before)
        self.assertNothingLeft()

    def test_takes_the_words_of_the_command_as_they_stand(self):
        ended = self.compare("fast", "slow", "--repository", ".", "--", "env", "A=x y", "./bench")
        self.assertEnds(ended, WORSE)

    def test_holds_a_revision_against_itself(self):
        ended = self.compare("slow", "slow", "--fail-on", "none", "--", "./bench")
        self.assertEnds(ended, OK)
        self.assertIn("both arms are the same: an A/A comparison", ended.json()["audit"]["notes"])

    def test_runs_in_the_folder_that_the_user_stands_in(self):
        self.repository.write("deep/run.sh", "#!/bin/sh\nexec ../bench\n", executable=True)
        self.repository.commit("script")
        self.repository.git("tag", "deep-slow")
        self.repository.set_work(20)
        self.repository.commit("fast again")
        ended = self.assay("compare", "--json", "--rev", "HEAD", "--rev", "deep-slow", "--build", "make", "-M", "30",
                           "--margin", "10%", "--", "./run.sh", cwd=self.repository.path("deep"))
        self.assertEnds(ended, WORSE)

    def test_says_what_is_missing(self):
        self.assertFails(self.call("compare", "--rev", "fast", "--", "./bench"), ERROR, "--rev", "once")
        self.assertFails(self.call("compare", "--rev", "fast", "--rev", "slow"), ERROR, "COMMAND")
        self.assertFails(self.call("compare", "--build", "make", "true", "true"), ERROR, "--rev")
        self.assertFails(self.compare("fast", "nothing", "--", "./bench"), ERROR, '"nothing" is no commit of')
        self.assertFails(self.assay("compare", "--rev", "a", "--rev", "b", "--", "./bench"), ERROR,
                         "lies in no git repository")

    def test_ignores_the_callers_git_variables_and_hooks(self):
        self.repository.write(".git/hooks/post-checkout", "#!/bin/sh\nexit 1\n", executable=True)
        self.environment["GIT_DIR"] = "/nowhere"
        self.environment["GIT_INDEX_FILE"] = "/nowhere/index"
        self.assertEnds(self.compare("fast", "slow", "--", "./bench"), WORSE)

    def test_says_which_revision_is_older_than_the_benchmark(self):
        self.repository.write("late/run.sh", "exit 0\n")
        self.repository.commit("benchmark")
        ended = self.assay("compare", "--json", "--rev", "slow", "--rev", "HEAD", "-r", "6", "--fail-on", "none", "--",
                           "sh", "late/run.sh", cwd=self.repository.folder)
        self.assertIn("late/run.sh is in treatment (HEAD,", ended.out + ended.err)
        self.assertIn("and not in control (slow,", ended.out + ended.err)

    def test_says_which_submodules_and_filtered_files_an_arm_lacks(self):
        self.repository.write(".gitattributes", "*.bin filter=lfs -text\n")
        self.repository.write("data.bin", "version https://git-lfs.github.com/spec/v1\n")
        self.repository.commit("data")
        notes = " ".join(self.compare("fast", "HEAD", "--fail-on", "none", "--", "./bench").json()["audit"]["notes"])
        self.assertIn('has files as the repository stores them, since no filter "lfs" was run (data.bin)', notes)
        self.assertIn("--checkout filters", notes)

    def test_fetches_what_a_partial_clone_lacks(self):
        self.repository.git("config", "uploadpack.allowFilter", "true")
        self.repository.git("config", "uploadpack.allowAnySHA1InWant", "true")
        partial = os.path.join(self.folder, "partial")
        self.repository.git("clone", "--quiet", "--filter=blob:none", f"file://{self.repository.folder}", partial)
        ended = self.assay("compare", "--rev", "fast", "--rev", "slow", "--build", "make", "-r", "6", "--fail-on", "none",
                           "--", "./bench", cwd=partial)
        self.assertEnds(ended, OK)

    def test_says_that_changes_without_a_commit_are_no_part_of_it(self):
        self.repository.set_work(50)
        notes = self.compare("fast", "HEAD", "--", "./bench").json()["audit"]["notes"]
        self.assertIn("no commit holds", " ".join(notes))


class Builds(SourceTest):
    def test_a_failed_build_is_invalid_and_names_arm_command_ending_and_log(self):
        self.repository.write("other.c", "int other(int code) { return undeclared; }\n")
        self.repository.commit("broken")
        ended = self.compare("fast", "HEAD", "--", "./bench")
        self.assertFails(ended, INVALID, "the build of treatment (HEAD", "make exited 2", "what it printed is in")
        self.assertIn("undeclared", ended.err)
        log = [line for line in ended.err.splitlines() if line.startswith("assay: ")][0].split()[-1]
        with open(log, encoding="utf-8") as file:
            self.assertIn("undeclared", file.read())

    def test_a_failed_build_of_an_experiment_is_logged_in_the_lab_and_spends_nothing(self):
        self.make_lab()
        self.write_experiment(FAST_TO_SLOW.replace('"make"', '"make", "nothing"'))
        self.assertFails(self.run_file(), INVALID, "the build of control (fast", "make nothing exited 2", ".assay/builds/")
        self.assertEqual(os.listdir(self.repository.path(".assay/records")), [])
        self.assertNothingLeft()

    def test_a_build_that_takes_too_long_is_ended(self):
        self.make_lab()
        self.write_experiment(FAST_TO_SLOW.replace('["make"]', '["sleep", "60"]\nbuild_timeout = "50 ms"'))
        self.assertFails(self.run_file(), INVALID, "sleep 60 timed out after 50.0 ms")

    def test_caches_are_each_builds_own(self):
        self.make_lab()
        self.repository.write("Makefile", "bench:\n\tprintf '#!/bin/sh\\nsleep 0.0%s\\n' $$(grep -c 40 work.h)5 > bench\n"
                              "\tchmod +x bench\n\tenv\n")
        self.repository.commit("shows its environment")
        self.repository.set_work(41)
        self.repository.commit("other")
        self.write_experiment('kind = "revision"\ncontrol = "HEAD~1"\ntreatment = "HEAD"\nbuild = ["make"]')
        self.run_file(environment={"CCACHE_DIR": "/shared", "CARGO_TARGET_DIR": "/shared", "MAKEFLAGS": "-k"})
        folder = self.repository.path(".assay/builds")
        folder = os.path.join(folder, os.listdir(folder)[0])
        logs = [open(os.path.join(folder, name), encoding="utf-8").read() for name in sorted(os.listdir(folder))
                if name.endswith(".log")]
        caches = [line for log in logs for line in log.splitlines() if line.startswith("CCACHE_DIR=")]
        self.assertEqual(len(set(caches)), 2)
        self.assertEqual(len(caches[0]), len(caches[1]))
        self.assertNotIn("/shared", "".join(logs))

    def test_several_builds_link_in_several_orders_and_the_same_in_both_arms(self):
        self.make_lab()
        for name in "abcdefgh":
            self.repository.write(f"{name}.c", f"int function_{name}(void) {{ return 1; }}\n")
        objects = " ".join(f"{name}.o" for name in "abcdefgh")
        self.repository.write("Makefile", f"bench: work.o other.o {objects}\n\tcc -o bench $^\n\tnm -n bench | grep ' function_'\n"
                              "work.o: work.h\n")
        self.repository.git("tag", "--force", "slow", self.repository.commit("many files"))
        self.repository.set_work(20)
        self.repository.git("tag", "--force", "fast", self.repository.commit("many files, fast"))
        self.write_experiment(FAST_TO_SLOW + "\nbuilds = 3", more='[[metric]]\nname = "max_rss"')
        ended = self.run_file("--json", "--max-blocks", "12", "--fail-on", "none")
        self.assertEnds(ended, OK)
        result = ended.json()
        self.assertNotIn("layout not separated", " ".join(result["audit"]["notes"]))
        orders = {}
        for build in result["audit"]["builds"]:
            with open(self.repository.path(".assay/" + build["log"]), encoding="utf-8") as log:
                order = "".join(line.split("_")[-1].strip() for line in log if " T function_" in line)
            orders.setdefault(build["number"], set()).add(order)
        self.assertEqual([len(of_build) for of_build in orders.values()], [1, 1, 1])
        self.assertGreater(len(set.union(*orders.values())), 1)

    def test_one_build_is_noted(self):
        notes = self.compare("fast", "slow", "--", "./bench").json()["audit"]["notes"]
        self.assertIn("layout not separated", " ".join(notes))


LEVELS = """kind = "level"
revision = "fast"
build = ["make"]
levels = [
  { name = "neither" },
  { name = "work", patch = "work.patch" },
  { name = "other", patch = "other.patch" },
  { name = "both", patch = ["work.patch", "other.patch"] },
]"""
OTHER_WORK = ("int other(int code) {{\n  volatile unsigned long sum = 0;\n"
              "  for (unsigned long turn = 0; turn < {}000000UL; ++turn) sum += turn;\n  return code;\n}}\n")


class Levels(SourceTest):
    """Named arms that are patches: a 2x2, and a series in which each patch adds to the one before."""

    def setUp(self):
        super().setUp()
        self.make_lab()
        self.repository.git("checkout", "--quiet", "fast")
        self.repository.write("other.c", OTHER_WORK.format(20))
        self.repository.git("tag", "--force", "fast", self.repository.commit("work elsewhere"))
        self.repository.set_work(10)
        self.write_patch("work.patch")
        self.repository.write("other.c", OTHER_WORK.format(10))
        self.write_patch("other.patch")

    def test_each_level_is_built_of_its_own_patches_and_the_best_is_found(self):
        self.write_experiment(LEVELS)
        ended = self.run_file("--json", "--max-blocks", "30", "--fail-on", "none")
        self.assertEnds(ended, OK)
        result = ended.json()
        [search] = result["searches"]
        self.assertEqual([level["level"] for level in search["levels"]], ["neither", "work", "other", "both"])
        self.assertIn("both", search["surviving"])  # half of the work; a busy machine may leave another beside it
        self.assertIn(search["best"], ("both", None))
        self.assertTrue(result["audit"]["passed"])
        self.assertEqual(len(result["audit"]["builds"]), 4)
        with open(self.repository.path(".assay/records/0001-example.json"), encoding="utf-8") as file:
            levels = json.load(file)["plan"]["variable"]["levels"]
        self.assertEqual(len({level["tree"] for level in levels}), 4)
        self.assertEqual(levels[0]["tree"], self.repository.git("rev-parse", "fast^{tree}"))
        self.assertEqual([patch["file"] for patch in levels[3]["patches"]], ["work.patch", "other.patch"])
        self.assertEnds(self.call("verify"), OK)
        self.assertIn("both (fast with work.patch, other.patch", self.call("show", "1").out + self.call("plan", "example.toml").out)
        self.assertNothingLeft()

    def test_patches_that_do_not_go_together_are_named(self):
        self.repository.set_work(17)
        self.write_patch("other.patch")
        self.write_experiment(LEVELS)
        self.assertFails(self.run_file(), ERROR, "other.patch", "work.h")

    def test_a_level_that_also_alters_the_harness_is_named(self):
        self.repository.write("run.sh", "#!/bin/sh\n./bench && ./bench\n", executable=True)
        self.repository.git("tag", "--force", "fast", self.repository.commit("harness"))
        self.repository.write("run.sh", "#!/bin/sh\n./bench\n", executable=True)
        self.write_patch("other.patch")
        self.write_experiment(LEVELS, 'command = ["./run.sh"]')
        self.assertConfounded(self.run_file("--json"), "the harness file run.sh differs")

    def test_a_level_whose_change_reaches_nothing_that_is_run_is_invalid(self):
        self.repository.write("README", "words\n")
        self.repository.git("add", "--intent-to-add", "README")
        self.write_patch("other.patch")
        self.repository.git("reset", "--quiet", "--hard")
        self.write_experiment(LEVELS)
        ended = self.run_file("--json")
        self.assertConfounded(ended, "the arms do not differ in what was run: bench")
        self.assertEqual(ended.json()["blocks"], 0)
        notes = " ".join(ended.json()["audit"]["notes"])
        self.assertNotIn("layout", notes)
        self.assertNotIn("disturbed", notes)
        told = self.run_file().out
        self.assertTrue(told.startswith("the arms do not differ in what was run: bench"), told)
        self.assertNotIn("audit:", told)

    def test_two_levels_of_one_content_are_refused(self):
        self.repository.write("copy.patch", open(self.repository.path("work.patch"), encoding="utf-8").read())
        self.write_experiment(LEVELS.replace('"other.patch"', '"copy.patch"', 1).replace(
            '  { name = "both", patch = ["work.patch", "other.patch"] },\n', ""))
        self.assertFails(self.run_file(), ERROR, "fast with copy.patch holds the same files as fast with work.patch")

    def test_levels_are_all_of_one_form(self):
        self.write_experiment(LEVELS.replace('patch = "other.patch"', 'set = { FLAG = "1" }'))
        self.assertFails(self.run_file(), ERROR, "expected levels of one form")
        self.write_experiment('kind = "level"\nname = "n"\nlevels = [1, 2]\nbuild = ["make"]', 'command = ["./bench", "{n}"]')
        self.assertFails(self.run_file(), ERROR, "nothing is built of these levels")


class TheOtherArmsClone(SourceTest):
    """What one arm does to the other's clone would pass for its own gain."""

    def setUp(self):
        super().setUp()
        self.make_lab()
        self.repository.write("conf", "TURNS=1\n")
        self.repository.write("run.sh", "#!/bin/sh\n. ./conf\nexec ./bench\n", executable=True)
        self.commit_as("honest")

    def commit_as(self, name):
        self.repository.commit(name)
        self.repository.git("tag", name)

    def run_against_honest(self, treatment, workload='command = ["./run.sh"]', more=""):
        self.write_experiment(f'kind = "revision"\ncontrol = "honest"\ntreatment = "{treatment}"\nbuild = ["make"]\n'
                              'harness = ["work.c"]', workload, more)
        return self.run_file("--json", "--max-blocks", "6")

    def run_script_against_honest_one(self, script, more=""):
        """Without a build the script is the program; with one it would be the harness."""
        self.repository.write("run.sh", "#!/bin/sh\n. ./conf\nexec sleep 0.02\n", executable=True)
        self.commit_as("honest-script")
        self.repository.write("run.sh", script, executable=True)
        self.commit_as("saboteur")
        self.write_experiment('kind = "revision"\ncontrol = "honest-script"\ntreatment = "saboteur"',
                              'command = ["./run.sh"]', more)
        return self.run_file("--json", "--max-blocks", "6")

    def test_a_trial_that_writes_a_file_of_the_commit_there_is_found(self):
        ended = self.run_script_against_honest_one(
            "#!/bin/sh\nfor d in ../../*/source; do\n  [ $d -ef . ] || echo 'sleep 0.02' > $d/conf\ndone\n"
            ". ./conf\nexec sleep 0.02\n")
        self.assertEqual(ended.json()["audit"]["intruders"], ["file conf of control's clone changed during the attempt"])
        self.assertNotEqual(ended.json()["decision"], "keep")
        self.assertNothingLeft()

    def test_a_build_that_writes_there_is_found(self):
        makefile = open(self.repository.path("Makefile"), encoding="utf-8").read()
        self.repository.write("Makefile", makefile + "work.o: sabotage\nsabotage:\n\tfor d in ../../*/source; do [ $$d -ef . ] || "
                              "(echo '#!/bin/sh' > $$d/bench; echo sleep 0.05 >> $$d/bench; echo X=1 > $$d/new); done\n")
        self.commit_as("saboteur")
        ended = self.run_against_honest("saboteur")
        self.assertConfounded(ended, "file bench of control's clone was changed by another build",
                              "file new of control's clone was changed by another build")

    def test_a_new_file_there_is_a_leak(self):
        self.environment["TMPDIR"] = self.folder_of_its_own()
        ended = self.run_script_against_honest_one(
            "#!/bin/sh\nfor d in ../../*/source; do\n  [ $d -ef . ] || touch $d/slow\ndone\nexec sleep 0.02\n",
            more=NOTHING_LEFT)
        [check] = ended.json()["workloads"][0]["checks"]
        self.assertFalse(check["passed"], ended.out)
        self.assertIn("/source/slow", check["detail"])
        self.assertNotEqual(ended.json()["decision"], "keep")

    def test_a_build_may_write_files_of_its_own_commit_and_a_trial_its_declared_outputs(self):
        makefile = open(self.repository.path("Makefile"), encoding="utf-8").read()
        self.repository.write("Makefile", makefile + "other.o: stamp\nstamp:\n\tdate +%N > conf.log\n")
        self.repository.write("conf.log", "none\n")
        self.repository.write("out.txt", "committed\n")
        self.commit_as("stamped")
        self.repository.set_work(41)
        self.commit_as("slower")
        self.write_experiment('kind = "revision"\ncontrol = "stamped"\ntreatment = "slower"\nbuild = ["make"]',
                              'command = ["./bench"]\noutput = "out.txt"')
        ended = self.run_file("--json", "--max-blocks", "6", "--fail-on", "none")
        self.assertEqual(ended.json()["audit"]["intruders"], [], ended.err)
        self.assertTrue(ended.json()["audit"]["passed"])


EXTRA = "int extra(void) {{ volatile unsigned long sum = 0; for (unsigned long n = 0; n < {}000000UL; ++n) sum += n; return 0; }}\n"


class TheEnvironmentThatLeaksIn(SourceTest):
    """What surrounds the arms reaches one of them alone, and would pass for the gain of a commit that gains nothing."""

    def setUp(self):
        super().setUp()
        self.make_lab()

    def library(self, folder, millions):
        """A library of the environment's, as fast as it is."""
        os.makedirs(self.path(folder))
        with open(self.path(f"{folder}/extra.c"), "w", encoding="utf-8") as file:
            file.write(EXTRA.format(millions))
        subprocess.run(["cc", "-O1", "-shared", "-fPIC", "-o", self.path(f"{folder}/libextra.so"), self.path(f"{folder}/extra.c")],
                       check=True)

    def two_commits(self, *texts_of_makefile):
        """Two commits; control and treatment."""
        for text in texts_of_makefile:
            self.repository.write("Makefile", text)
            self.repository.commit("build")
        return FAST_TO_SLOW.replace('"fast"', '"HEAD~1"').replace('"slow"', '"HEAD"')

    def test_the_callers_library_path_that_one_arm_alone_heeds(self):
        self.library("shipped", 40)
        self.library("callers", 5)
        self.repository.write("work.c", "int extra(void);\nint main(void) { return extra(); }\n")
        # DT_RPATH comes before LD_LIBRARY_PATH, DT_RUNPATH after it.
        link = f"bench: work.c\n\tcc -o bench work.c -L{self.path('shipped')} -lextra -Wl,-rpath,{self.path('shipped')} -Wl,{{}}\n"
        self.write_experiment(self.two_commits(link.format("--disable-new-dtags"), link.format("--enable-new-dtags")))
        leaking = self.run_file("--json", environment={"LD_LIBRARY_PATH": self.path("callers")})
        self.assertConfounded(leaking, "treatment also differs in library libextra.so")
        self.assertNotEqual(leaking.json()["decision"], "keep")
        honest = self.run_file("--json", "--fail-on", "none")
        self.assertTrue(honest.json()["audit"]["passed"], honest.out)

    def test_an_interpreter_that_the_build_of_one_arm_takes_from_the_callers_path(self):
        os.makedirs(self.path("own"))
        shutil.copy(shutil.which("dash") or "/bin/sh", self.path("own/sh"))
        script = "bench: Makefile\n\t(echo '#!'{}; echo 'i=0; while [ $$i -lt 20000 ]; do i=$$((i+1)); done') > bench; chmod +x bench\n"
        self.write_experiment(self.two_commits(script.format("/bin/sh"), script.format("`command -v sh`")))
        ended = self.run_file("--json", environment={"PATH": f"{self.path('own')}:{os.environ['PATH']}"})
        self.assertConfounded(ended, "treatment also differs in interpreter")


class Experiments(SourceTest):
    def setUp(self):
        super().setUp()
        self.make_lab()

    def test_a_revision_gives_a_verdict_with_its_evidence(self):
        self.write_experiment(FAST_TO_SLOW)
        before = self.repository.snapshot()
        ended = self.run_file("--json")
        self.assertEnds(ended, WORSE)
        after = self.repository.snapshot()
        after.pop(self.repository.path("DECISIONS.md"))
        self.assertEqual(after, before)
        with open(self.repository.path(".assay/records/0001-example.json"), encoding="utf-8") as file:
            record = json.load(file)
        variable = record["plan"]["variable"]
        self.assertEqual([level["commit"] for level in variable["levels"]],
                         [self.commits["fast"], self.commits["slow"]])
        self.assertEqual(variable["levels"][1]["tree"], self.repository.git("rev-parse", "slow^{tree}"))
        self.assertEqual(variable["source"]["build"], ["make"])
        builds = record["result"]["audit"]["builds"]
        self.assertEqual([build["commit"] for build in builds], [self.commits["fast"], self.commits["slow"]])
        with open(self.repository.path(".assay/" + builds[0]["log"]), "rb") as log:
            self.assertEqual(builds[0]["log_sha256"], hashlib.sha256(log.read()).hexdigest())
        self.assertEnds(self.call("show", "1"), OK)

    def test_another_name_of_the_same_commits_is_the_same_hypothesis(self):
        self.write_experiment(FAST_TO_SLOW)
        self.assertEnds(self.run_file(), WORSE)
        self.repository.git("branch", "renamed", "slow")
        self.write_experiment(FAST_TO_SLOW.replace('"slow"', '"renamed"'))
        self.assertFails(self.run_file(), 5, "0001-example")

    def test_a_patch_gives_a_verdict(self):
        self.repository.git("checkout", "--quiet", "fast")
        self.repository.set_work(40)
        self.write_patch()
        self.write_experiment(PATCH)
        ended = self.run_file("--json")
        self.assertEnds(ended, WORSE)
        self.assertEqual(ended.json()["audit"]["differs"], ["patch"])

    def test_a_patch_that_was_adopted_leaves_a_baseline_possible_and_nothing_to_compare(self):
        self.repository.set_work(20)
        self.write_patch()
        self.repository.git("apply", "change.patch")
        self.repository.commit("adopt it")
        self.write_experiment(PATCH.replace('"fast"', '"HEAD"'))
        self.assertFails(self.run_file(), ERROR, "HEAD with change.patch holds the same files as HEAD")
        self.assertEnds(self.call("baseline", "-n", "5", "example.toml"), OK)

    def test_a_patch_that_does_not_apply_is_told_before_anything_is_built(self):
        self.repository.write("change.patch", "--- a/work.h\n+++ b/work.h\n@@ -1 +1 @@\n-nothing\n+something\n")
        self.write_experiment(PATCH)
        for command in ("plan", "run"):
            self.assertFails(self.call(command, "example.toml"), ERROR, "change.patch", "work.h")

    def test_a_patch_that_also_alters_the_harness_is_named(self):
        self.repository.git("checkout", "--quiet", "-b", "harness", "fast")
        self.repository.write("run.sh", "#!/bin/sh\n./bench && ./bench\n", executable=True)
        self.repository.commit("harness")
        self.repository.set_work(15)
        self.repository.write("run.sh", "#!/bin/sh\n./bench\n", executable=True)
        self.write_patch()
        self.write_experiment(PATCH.replace('"fast"', '"harness"'), 'command = ["./run.sh"]')
        self.assertConfounded(self.run_file("--json"), "the harness file run.sh differs")

    CHECKED = ('[[check]]\nname = "right"\nkind = "command"\ncommand = {}\n')

    def change_scripts(self, edit):
        """Two commits of scripts without a build: the second one is faster, and `edit` changes more."""
        self.repository.write("work.sh", "#!/bin/sh\nsleep 0.12; echo right > out.txt\n", executable=True)
        self.repository.write("check.sh", "#!/bin/sh\n. ./lib.sh\ngrep -qx right out.txt || fail\n", executable=True)
        self.repository.write("lib.sh", "fail() { exit 1; }\n")
        self.repository.write("golden.txt", "right\n")
        self.repository.write("Makefile", "check:\n\tgrep -qx right out.txt\nprog: work.sh\n\tcp work.sh prog\n")
        self.repository.commit("before")
        self.repository.git("tag", "before")
        edit()
        self.repository.commit("after")
        self.repository.git("tag", "after")

    BEFORE_AND_AFTER = 'kind = "revision"\ncontrol = "before"\ntreatment = "after"'

    def run_scripts(self, check):
        self.write_experiment(self.BEFORE_AND_AFTER, 'command = ["./work.sh"]', self.CHECKED.format(check))
        return self.run_file("--json")

    def run_built_scripts(self, more, workload=""):
        """Like run_scripts, but a build makes the program of work.sh."""
        self.write_experiment(self.BEFORE_AND_AFTER + '\nbuild = ["make", "-s", "prog"]',
                              f'command = ["./prog"]\n{workload}', more)
        return self.run_file("--json")

    def write_work(self, text):
        self.repository.write("work.sh", "#!/bin/sh\nsleep 0.02; echo " + text + " > out.txt\n", executable=True)

    def test_a_check_that_fails_with_controls_library_confounds(self):
        def edit():
            self.write_work("wrong")
            self.repository.write("lib.sh", "fail() { exit 0; }\n")
        self.change_scripts(edit)
        self.assertConfounded(self.run_scripts('["./check.sh"]'),
                              "check right fails with control's version of lib.sh")

    def test_a_check_of_a_built_program_that_fails_with_controls_library_confounds(self):
        def edit():
            self.write_work("wrong")
            self.repository.write("lib.sh", "fail() { exit 0; }\n")
        self.change_scripts(edit)
        self.assertConfounded(self.run_built_scripts(self.CHECKED.format('["./check.sh"]')),
                              "check right fails with control's version of lib.sh")

    def test_a_check_of_a_built_program_that_fails_with_controls_golden_data_confounds(self):
        def edit():
            self.write_work("wrong")
            self.repository.write("golden.txt", "wrong\n")
        self.change_scripts(edit)
        self.assertConfounded(self.run_built_scripts(self.CHECKED.format('["sh", "-c", "diff golden.t* out.txt"]')),
                              "check right fails with control's version of golden.txt")

    def test_a_check_is_weakened_whatever_becomes_of_the_file_that_it_reads(self):
        """Each change makes the output wrong, and its check content with that."""
        every_test = '["sh", "-c", "for t in tests/*.sh; do test ! -x $t || ./$t || exit; done"]'
        quiet_rules = "check:\n\ttrue\nprog: work.sh\n\tcp work.sh prog\n"
        cases = (
            ("a link to another file", "lib.sh", '["./check.sh"]', lambda a: a.link("lib.sh", "other.sh")),
            ("gone", "tests/right.sh", every_test, lambda a: a.remove("tests/right.sh")),
            ("not to be run", "tests/right.sh", every_test, lambda a: os.chmod(a.path("tests/right.sh"), 0o644)),
            ("before Makefile", "makefile", None, lambda a: a.write("makefile", quiet_rules)),
            ("before any other", "GNUmakefile", None, lambda a: a.write("GNUmakefile", quiet_rules)),
        )
        for number, (becomes, file, check, edit) in enumerate(cases):
            with self.subTest(becomes):
                self.repository = Repository(self.path(f"app{number}"))
                self.make_lab()
                self.repository.write("other.sh", "fail() { exit 0; }\n")
                self.repository.write("tests/right.sh", "#!/bin/sh\ngrep -qx right out.txt\n", executable=True)
                self.repository.write("tests/any.sh", "#!/bin/sh\ntrue\n", executable=True)

                def edit_both():
                    self.write_work("wrong")
                    edit(self.repository)
                self.change_scripts(edit_both)
                ended = self.run_scripts(check) if check else self.run_built_scripts(
                    self.CHECKED.format('["make", "-s", "check"]'))
                self.assertConfounded(ended, f"check right fails with control's version of {file}")

    def test_a_program_that_fails_once_does_not_hide_what_its_check_reads(self):
        def edit():
            self.repository.write("work.sh", "#!/bin/sh\nn=$(cat \"$ASSAY_ARM_DIR/n\" 2>/dev/null || echo 0)\n"
                                  "echo $((n + 1)) > \"$ASSAY_ARM_DIR/n\"\nsleep 0.02; echo wrong > out.txt\n"
                                  "test $n != 1\n", executable=True)
            self.repository.write("lib.sh", "fail() { exit 0; }\n")
        self.change_scripts(edit)
        self.assertConfounded(self.run_scripts('["./check.sh"]'),
                              "check right fails with control's version of lib.sh")

    SHARED = "fail() { exit 1; }\npause() { sleep 0.12; }\nanswer=right\n"

    def share_library(self, edited):
        """The program and its check read the same library."""
        self.repository.write("work.sh", "#!/bin/sh\n. ./lib.sh\npause; echo $answer > out.txt\n", executable=True)
        self.repository.write("check.sh", "#!/bin/sh\n. ./lib.sh\ngrep -qx right out.txt || fail\n", executable=True)
        self.repository.write("lib.sh", self.SHARED)
        self.repository.commit("before")
        self.repository.git("tag", "before")
        self.repository.write("lib.sh", edited)
        self.repository.commit("after")
        self.repository.git("tag", "after")
        return self.run_scripts('["./check.sh"]').json()

    def test_a_weakened_library_that_the_program_reads_as_well_is_undecided(self):
        weakened = self.SHARED.replace("exit 1", "exit 0").replace("0.12", "0.02").replace("=right", "=wrong")
        result = self.share_library(weakened)
        self.assertEqual((result["decision"], result["reason"]), ("undecided", "harness-changed"))
        self.assertEqual(result["audit"]["changed_harness"], ["lib.sh"])

    def test_a_faster_library_that_the_check_reads_as_well_is_kept(self):
        result = self.share_library(self.SHARED.replace("0.12", "0.02"))
        self.assertEqual((result["decision"], result["reason"]), ("keep", "improved"))

    def test_what_a_hook_reads_beside_a_built_program_is_harness_by_any_name(self):
        def edit():
            self.write_work("right")
            self.repository.write("golden.txt", "right\nright\n")
        self.change_scripts(edit)
        for hook in ("prepare", "conclude"):
            result = self.run_built_scripts("", f'{hook} = ["sh", "-c", "cat golden.t*"]').json()
            self.assertEqual((result["decision"], result["reason"]), ("undecided", "harness-changed"))
            self.assertEqual(result["audit"]["changed_harness"], ["golden.txt"])

    def test_what_a_build_reads_is_part_of_the_program(self):
        self.change_scripts(lambda: self.write_work("right"))
        result = self.run_built_scripts(self.CHECKED.format('["sh", "-c", "grep -q sleep work.s*"]')).json()
        self.assertEqual((result["decision"], result["reason"]), ("keep", "improved"))

    def test_a_check_that_fails_with_controls_makefile_confounds(self):
        def edit():
            self.write_work("wrong")
            self.repository.write("Makefile", "check:\n\ttrue\n")
        self.change_scripts(edit)
        self.assertConfounded(self.run_scripts('["make", "-s", "check"]'),
                              "check right fails with control's version of Makefile")

    def test_an_improvement_that_also_alters_what_its_check_reads_is_undecided(self):
        def edit():
            self.write_work("right")
            self.repository.write("Makefile", "# better\ncheck:\n\tgrep -qx right out.txt\n")
        self.change_scripts(edit)
        result = self.run_scripts('["make", "-s", "check"]').json()
        self.assertEqual((result["decision"], result["reason"]), ("undecided", "harness-changed"))
        self.assertEqual(result["audit"]["changed_harness"], ["Makefile"])

    def test_a_file_that_only_hooks_read_is_harness_too(self):
        def edit():
            self.write_work("right")
            self.repository.write("test-data.sh", "exit 0\n")
        self.repository.write("test-data.sh", "[ -e work.sh ]\n")
        self.change_scripts(edit)
        self.write_experiment('kind = "revision"\ncontrol = "before"\ntreatment = "after"',
                              'command = ["./work.sh"]\nconclude = ["sh", "-c", "cat test-*.sh | sh"]')
        result = self.run_file("--json").json()
        self.assertEqual((result["decision"], result["reason"]), ("undecided", "harness-changed"))
        self.assertEqual(result["audit"]["changed_harness"], ["test-data.sh"])

    def test_data_of_the_change_that_a_built_program_reads_is_noted(self):
        self.repository.write("work.sh", "#!/bin/sh\nwhile read -r n; do sleep 0.02; done < data.txt\n", executable=True)
        self.repository.write("data.txt", "1\n2\n3\n4\n5\n6\n")
        self.repository.write("Makefile", "all:\n\tcp work.sh prog\n")
        self.repository.commit("before")
        self.repository.git("tag", "before")
        self.repository.write("data.txt", "1\n")
        self.repository.commit("after")
        self.repository.git("tag", "after")
        self.write_experiment('kind = "revision"\ncontrol = "before"\ntreatment = "after"\nbuild = ["make", "-s"]',
                              'command = ["./prog"]')
        notes = " ".join(self.run_file("--json").json()["audit"]["notes"])
        self.assertIn("also alters data.txt, which its trials read", notes)

    def test_a_build_file_with_other_options_is_noted_and_kept(self):
        self.repository.set_work(60)
        self.repository.write("Makefile", "CFLAGS = -O0\nbench: work.c other.c Makefile\n"
                              "\t$(CC) $(CFLAGS) -o $@ work.c other.c\ncheck: bench\n\t./bench\n")
        self.repository.commit("before")
        self.repository.git("tag", "before")
        self.repository.set_work(5)
        self.repository.write("Makefile", "CFLAGS = -O1\nbench: work.c other.c Makefile\n"
                              "\t$(CC) $(CFLAGS) -o $@ work.c other.c\ncheck: bench\n\t./bench\n")
        self.repository.commit("after")
        self.repository.git("tag", "after")
        self.write_experiment('kind = "revision"\ncontrol = "before"\ntreatment = "after"\nbuild = ["make"]',
                              'command = ["./bench"]', self.CHECKED.format('["make", "-s", "check"]'))
        result = self.run_file("--json").json()
        self.assertEqual((result["decision"], result["reason"]), ("keep", "improved"))
        self.assertIn("the change alters Makefile", " ".join(result["audit"]["notes"]))

    def test_an_honest_make_check_is_kept(self):
        self.change_scripts(lambda: self.write_work("right"))
        result = self.run_scripts('["make", "-s", "check"]').json()
        self.assertEqual((result["decision"], result["reason"]), ("keep", "improved"))

    def test_declared_inputs_and_harness_may_not_be_part_of_the_change(self):
        self.repository.write("data.txt", "1")
        self.repository.write("lib/measure.sh", "1")
        self.repository.commit("data")
        self.repository.set_work(20)
        self.repository.write("data.txt", "2")
        self.repository.write("lib/measure.sh", "2")
        self.repository.commit("changes both")
        revisions = FAST_TO_SLOW.replace('"fast"', '"HEAD~1"').replace('"slow"', '"HEAD"')
        self.write_experiment(revisions, 'command = ["./bench"]\ninputs = ["data.txt"]')
        self.assertConfounded(self.run_file("--json"), "input data.txt")
        self.write_experiment(revisions + '\nharness = ["lib/**"]')
        self.assertConfounded(self.run_file("--json"), "the harness file lib/measure.sh differs")

    def test_a_revision_that_does_not_reach_the_binary_is_invalid(self):
        self.repository.write("README", "words\n")
        self.repository.commit("words")
        self.write_experiment(FAST_TO_SLOW.replace('"fast"', '"HEAD~1"').replace('"slow"', '"HEAD"'))
        self.assertConfounded(self.run_file("--json"), "the arms do not differ in what was run: bench")

    def test_another_library_under_the_same_name_is_named(self):
        for place in ("one", "two"):
            os.mkdir(self.path(place))
            self.repository.write("extra.c", f"int extra(void) {{ return sizeof \"{place}\" ? 0 : 1; }}\n")
            subprocess.run(["cc", "-shared", "-fPIC", "-o", self.path(f"{place}/libextra.so"), "extra.c"],
                           cwd=self.repository.folder, check=True)
            os.remove(self.repository.path("extra.c"))
            self.repository.write("Makefile", "bench: work.o other.o\n\tcc -o bench work.o other.o -Wl,--no-as-needed "
                                  f"-L{self.path(place)} -lextra -Wl,-rpath,{self.path(place)}\nwork.o: work.h\n")
            self.repository.set_work(20 if place == "one" else 40)
            self.repository.commit(place)
        self.write_experiment(FAST_TO_SLOW.replace('"fast"', '"HEAD~1"').replace('"slow"', '"HEAD"'))
        self.assertConfounded(self.run_file("--json"), "treatment also differs in library libextra.so")

    def test_a_wrapper_that_runs_what_was_built_is_seen_through(self):
        self.repository.write("run.sh", "#!/bin/sh\nexec ./bench\n", executable=True)
        self.repository.commit("wrapper")
        self.repository.set_work(20)
        self.repository.commit("fast again")
        self.write_experiment(FAST_TO_SLOW.replace('"fast"', '"HEAD"').replace('"slow"', '"HEAD~1"'),
                              'command = ["./run.sh"]')
        self.assertEnds(self.run_file(), WORSE)

    def test_the_installed_program_is_not_taken_for_the_commit(self):
        installed = self.path("installed")
        os.mkdir(installed)
        shutil.copy("/bin/true", os.path.join(installed, "bench"))
        self.write_experiment(FAST_TO_SLOW, 'command = ["bench"]')
        ended = self.run_file("--json", environment={"PATH": f"{installed}:{os.environ['PATH']}"})
        self.assertConfounded(ended, f"a program outside the clone was run ({installed}/bench)")

    def test_two_names_of_one_tree_are_refused(self):
        self.repository.git("branch", "same", "slow")
        self.write_experiment(FAST_TO_SLOW.replace('"fast"', '"same"'))
        self.assertFails(self.run_file(), ERROR, "same and slow hold the same files")

    def test_plan_resolves_and_check_shows_without_building(self):
        self.write_experiment(FAST_TO_SLOW)
        text = self.call("plan", "example.toml").out
        self.assertIn(f"fast ({self.commits['fast'][:10]}) -> slow ({self.commits['slow'][:10]})", text)
        self.assertIn("make", text)
        self.assertIn("revision: fast -> slow", self.call("check", "example.toml").out)
        self.assertFalse(os.path.exists(self.repository.path(".assay/builds")))

    def test_a_kill_in_the_build_leaves_nothing_that_the_next_start_does_not_remove(self):
        mark = self.path("mark")
        self.write_experiment(FAST_TO_SLOW.replace('["make"]', f'{{ shell = "test -e {mark} || {{ touch {mark}; sleep 60; }}; make" }}'))
        process = self.start("run", "example.toml", cwd=self.repository.folder)
        wait_until(lambda: os.path.exists(mark) or process.poll() is not None)
        process.send_signal(signal.SIGKILL)
        self.finish(process)
        self.assertNotEqual(os.listdir(self.place), [])
        self.assertEnds(self.run_file(), WORSE)
        self.assertNothingLeft()

    def test_an_interrupted_attempt_goes_on_with_the_same_commits(self):
        self.write_experiment(FAST_TO_SLOW, more='')
        process = self.start("run", "example.toml", cwd=self.repository.folder)
        read_until(process.stderr, " of at most ")
        process.send_signal(signal.SIGKILL)
        self.finish(process)
        ended = self.run_file("--json")
        self.assertEnds(ended, WORSE)
        builds = ended.json()["audit"]["builds"]
        self.assertEqual([build["commit"] for build in builds], [self.commits["fast"], self.commits["slow"]] * 2)

    def test_ctrl_c_ends_a_build_after_its_end(self):
        mark = self.path("mark")
        self.write_experiment(FAST_TO_SLOW.replace('["make"]', f'{{ shell = "touch {mark}; sleep 60" }}'))
        process = self.start("run", "example.toml", cwd=self.repository.folder)
        wait_until(lambda: os.path.exists(mark) or process.poll() is not None)
        process.send_signal(signal.SIGINT)
        process.send_signal(signal.SIGTERM)
        self.assertEnds(self.finish(process), INTERRUPTED)
        self.assertNothingLeft()


if __name__ == "__main__":
    unittest.main()
