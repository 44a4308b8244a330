#!/usr/bin/python3
"""No trial can tell which arm it is: decision stumps on all that it sees are no better than a coin.

Usage: blinding_test.py          36 blocks of each kind
       blinding_test.py --long   200 blocks of each kind

Both arms are made of one level, so whatever tells them apart comes from assay. A stump is a threshold on one number, or
a table of one text's values; it is trained on the first blocks and tried on the rest. Trials of one block belong
together, so blocks count: those in which it names both arms, against those in which it names both wrongly. Each stump
gets its share of 0.1 %.
"""

import csv
import json
import math
import os
import shutil
import subprocess
import sys
import unittest

sys.path.insert(0, os.path.join(os.path.dirname(__file__), "..", "support"))
from cli import ERROR, OK, PROGRAM, CliTest  # noqa: E402
from two_actors import TwoActorsTest  # noqa: E402

HERE = os.path.dirname(os.path.abspath(__file__))
IS_LONG = "--long" in sys.argv
BLOCKS, TRAINED = (200, 100) if IS_LONG else (36, 12)
LEVEL = 0.001
# Each arm has a folder and a port of its own, for its services. They are drawn anew for each attempt, so they tell the
# arms apart and not which of them is control; `Roles` holds that.
OWN = ("env ASSAY_ARM_DIR", "env ASSAY_PORT")

EXPERIMENT = """
[experiment]
id = "blind"
hypothesis = "The arms cannot be told apart"
[variable]
{variable}
[[workload]]
name = "look"
{command}
timeout = "1min"
[[metric]]
name = "wall"
role = "primary"
margin = "0.01%"
[protocol]
alpha = 1e-9
min_blocks = {blocks}
max_blocks = {blocks}
"""


def upper_tail(count, trials, chance=0.5):
    """P(X >= count) for a coin that falls so with this chance."""
    return sum(math.comb(trials, number) * chance ** number * (1 - chance) ** (trials - number)
               for number in range(count, trials + 1))


class Stump:
    """The best guess of the arm by one feature, on the trials that it was trained on."""

    def __init__(self, values, arms):
        numbers = all(isinstance(value, (int, float)) for value in values)
        self.guess = self.by_threshold(values, arms) if numbers else self.by_table(values, arms)

    @staticmethod
    def by_table(values, arms):
        votes = {}
        for value, arm in zip(values, arms):
            votes[value] = votes.get(value, 0) + (1 if arm else -1)
        return lambda value: (votes.get(value, 0) > 0) if votes.get(value, 0) else None

    @staticmethod
    def by_threshold(values, arms):
        best, limit, above = -1, 0, True
        pairs = sorted(zip(values, arms))
        total = sum(arms)
        below = 0
        for place, (value, arm) in enumerate(pairs[:-1]):
            below += arm
            if value == pairs[place + 1][0]:
                continue
            # Right if treatment lies above: controls below and treatments above.
            right = (place + 1 - below) + (total - below)
            for score, is_above in ((right, True), (len(pairs) - right, False)):
                if score > best:
                    best, limit, above = score, (value + pairs[place + 1][0]) / 2, is_above
        return lambda value: ((value > limit) == above) if best >= 0 and isinstance(value, (int, float)) else None


def features_of(trials):
    """Every feature by its name, with what changed since the trial before."""
    names = set().union(*trials)
    features = {name: [trial.get(name, "missing") for trial in trials] for name in names}
    for name, values in list(features.items()):
        if all(isinstance(value, int) for value in values):
            features[f"step of {name}"] = [0] + [now - before for before, now in zip(values, values[1:])]
    return features


def telling_features(trials, arms, blocks):
    """The features by which a stump names the arms of later blocks more often than a coin would."""
    features = {name: values for name, values in features_of(trials).items() if name not in OWN}
    telling = {}
    trained = [place for place, block in enumerate(blocks) if block <= TRAINED]
    for name, values in features.items():
        guess = Stump([values[place] for place in trained], [arms[place] for place in trained]).guess
        right = {}
        for place, block in enumerate(blocks):
            if block > TRAINED:
                right.setdefault(block, []).append(guess(values[place]) == bool(arms[place]))
        both = sum(all(answers) for answers in right.values())
        none = sum(not any(answers) for answers in right.values())
        chance = upper_tail(both, both + none)
        if chance <= LEVEL / len(features):
            telling[name] = chance
    return telling


class Blinding(CliTest):
    def setUp(self):
        super().setUp()
        self.make_lab()
        shutil.copy(os.path.join(HERE, "look_around.py"), self.path("look_around.py"))
        self.witness = self.path("outside")
        os.mkdir(self.witness)
        self.work = self.path("work")

    def measure(self, command, variable, workload='command = ["./look_around.py"]'):
        self.write("blind.toml", EXPERIMENT.format(variable=variable, command=workload, blocks=BLOCKS))
        with open(self.path("outside/seen"), "w", encoding="utf-8"):
            pass
        done = subprocess.run(
            [PROGRAM, command, "blind.toml", *(["--no-plant"] if command == "aa" else []), "--export", "trials=" + self.path("outside/trials.csv"), "--json"],
            cwd=self.folder, env={**self.environment, "WITNESS": self.path("outside/seen")}, stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, check=False)
        self.assertTrue(os.path.exists(self.path("outside/trials.csv")), done.stdout + done.stderr)
        with open(self.path("outside/trials.csv"), encoding="utf-8") as file:
            rows = list(csv.DictReader(file))
        self.assertEqual(len(rows), 2 * BLOCKS, done.stdout + done.stderr)
        with open(self.path("outside/seen"), encoding="utf-8") as file:
            trials = [json.loads(line) for line in file][-len(rows):]  # the first ones are warm-ups
        return trials, [int(row["arm"]) for row in rows], [int(row["block"]) for row in rows]

    def assert_blind(self, variable, workload='command = ["./look_around.py"]'):
        trials, arms, blocks = self.measure("aa", variable, workload)
        self.assertGreater(len(features_of(trials)), 100)
        self.assertEqual(telling_features(trials, arms, blocks), {})

    def test_an_argument_tells_nothing(self):
        self.assert_blind('kind = "command"\ncontrol = ["./look_around.py", "."]\n'
                          'treatment = ["./look_around.py", "./"]', "")

    def test_an_environment_variable_tells_nothing(self):
        self.assert_blind('kind = "env"\nname = "MODE"\ncontrol = "a"\ntreatment = "b"')

    def test_a_file_tells_nothing(self):
        for name in ("one.txt", "two.txt"):
            self.write(name, name)
        shutil.copy(self.path("one.txt"), self.path("used.txt"))
        self.assert_blind('kind = "file"\npath = "used.txt"\ncontrol = "one.txt"\ntreatment = "two.txt"')

    def test_planted_leaks_are_found(self):
        telling = telling_features(*self.measure(
            "run", 'kind = "env"\nname = "LEAK"\ncontrol = "control"\ntreatment = "treatment"'))
        for leak in ("st_mtime_ns", "cwd", "descriptor 4"):
            self.assertTrue(any(leak in name for name in telling), f"{leak} is not among {sorted(telling)}")


class Roles(CliTest):
    """Over many attempts, nothing that is an arm's own says whether the arm is control."""

    ATTEMPTS = 80 if IS_LONG else 14

    def setUp(self):
        super().setUp()
        shutil.copy(os.path.join(HERE, "look_around.py"), self.path("look_around.py"))

    def run_quietly(self, *words, **environment):
        done = subprocess.run(words, cwd=self.folder, env={**self.environment, **environment},
                              stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
                              check=False)
        self.assertEqual(done.returncode, 0, done.stdout + done.stderr)

    def own_features(self):
        """By name, what each arm saw in all of its trials, if that differs: one pair of control and treatment."""
        seen, table = self.path("seen"), self.path("trials.csv")
        self.run_quietly(PROGRAM, "aa", "--no-plant", "blind.toml", "--export", "trials=" + table, "--quiet", WITNESS=seen)
        with open(table, encoding="utf-8") as file:
            arms = [row["arm"] for row in csv.DictReader(file)]
        with open(seen, encoding="utf-8") as file:
            trials = [json.loads(line) for line in file][-len(arms):]
        os.remove(seen)
        own = {}
        for name in set().union(*trials):
            values = [{str(trial.get(name)) for trial, arm in zip(trials, arms) if arm == which} for which in "01"]
            if len(values[0]) == len(values[1]) == 1 and values[0] != values[1]:
                own[name] = tuple(value.pop() for value in values)
        return own

    def test_are_not_in_the_order_of_folders_and_ports(self):
        self.write("blind.toml", EXPERIMENT.format(
            variable='kind = "env"\nname = "MODE"\ncontrol = "a"\ntreatment = "b"',
            command='command = ["./look_around.py"]', blocks=6))
        later, attempts = {}, {}
        for _ in range(self.ATTEMPTS):
            for name, (control, treatment) in self.own_features().items():
                key = (len(treatment), treatment) > (len(control), control)  # digits sort by their length first
                later[name] = later.get(name, 0) + key
                attempts[name] = attempts.get(name, 0) + 1
        self.assertIn("env ASSAY_PORT", attempts)
        for name, count in later.items():
            total = attempts[name]
            chance = 2 * min(upper_tail(count, total), upper_tail(total - count, total))
            self.assertGreater(chance, LEVEL / len(later), f"{name} is later in treatment in {count} of {total}")


class Challenges(TwoActorsTest):
    """Arms that are made of commits or of a patch have clones of their own, so a trial can tell that two arms are not
    the same one. Over many challenges, nothing that is an arm's own says which of the four it is. The commits differ in
    one letter, which the trials read and do not note down: control, control again and the planted arm have one tree."""

    CHALLENGES = 60 if IS_LONG else 10
    ARMS = 4
    BLOCKS = 6
    LOOK = "#!/bin/sh\nread -r level <level.txt\nexec ./look_around.py\n"

    def setUp(self):
        super().setUp()
        self.seen = self.path("seen")
        shutil.copy(os.path.join(HERE, "look_around.py"), self.alice)
        self.put("look.sh", self.LOOK, executable=True)
        for tag, level in (("one", "a\n"), ("two", "b\n")):
            self.put("level.txt", level)
            self.commit(tag)
            self.git("tag", tag)
        self.put("letter.patch", self.git("diff", "one", "two") + "\n")

    def claim_of(self, variable):
        self.put("blind.toml", EXPERIMENT.format(
            variable=variable, blocks=self.BLOCKS,
            command=f'command = ["./look.sh"]\nset = {{ WITNESS = "{self.seen}" }}'))
        self.commit("an experiment")
        answer = self.run_assay("claim", "--experiment", "blind.toml", "--ratio", "1.001x", "--json")
        self.assertEnds(answer, OK)
        self.commit("a claim")
        return answer.json()["record_name"]

    def own_features(self, claim, folder):
        """By name, what each arm saw in all of its trials, if no two arms saw the same."""
        table = self.path("trials.csv")
        self.run_assay("challenge", claim, "--yes", "--quiet", "--cap", str(self.BLOCKS), "--export",
                       "trials=" + table, folder=folder)
        with open(table, encoding="utf-8") as file:
            arms = [int(row["arm"]) for row in csv.DictReader(file)]
        self.assertEqual(len(arms), self.ARMS * self.BLOCKS)
        with open(self.seen, encoding="utf-8") as file:
            trials = [json.loads(line) for line in file][-len(arms):]
        os.remove(self.seen)
        os.remove(table)
        own = {}
        for name in set().union(*trials):
            values = [{str(trial.get(name)) for trial, arm in zip(trials, arms) if arm == which}
                      for which in range(self.ARMS)]
            if all(len(of_arm) == 1 for of_arm in values) and len(set().union(*values)) == self.ARMS:
                own[name] = [next(iter(of_arm)) for of_arm in values]
        return own

    def telling_roles(self, challenges):
        """The features by which one arm is the first or the last of the four more often than by chance."""
        ends, attempts = {}, {}
        for own in challenges:
            for name, values in own.items():
                order = sorted(range(self.ARMS), key=lambda arm: (len(values[arm]), values[arm]))
                attempts[name] = attempts.get(name, 0) + 1
                for end in (0, -1):
                    key = (name, end, order[end])
                    ends[key] = ends.get(key, 0) + 1
        asked = 2 * self.ARMS * len(attempts)
        return {key: (count, attempts[key[0]]) for key, count in ends.items()
                if upper_tail(count, attempts[key[0]], 1 / self.ARMS) <= LEVEL / asked}

    def assert_roles_are_hidden(self, variable):
        claim = self.claim_of(variable)
        bob = self.clone()
        challenges = [self.own_features(claim, bob) for _ in range(self.CHALLENGES)]
        self.assertIn("cwd", set().union(*challenges))
        self.assertEqual(self.telling_roles(challenges), {})
        # If arms always came in one order, the same count would show it.
        ordered = [{name: sorted(values, key=lambda value: (len(value), value)) for name, values in own.items()}
                   for own in challenges]
        self.assertTrue(any(name == "cwd" for name, _, _ in self.telling_roles(ordered)))

    def test_of_two_commits_hide_the_arms(self):
        self.assert_roles_are_hidden('kind = "revision"\ncontrol = "one"\ntreatment = "two"')

    def test_of_a_patch_hide_the_arms(self):
        self.assert_roles_are_hidden('kind = "patch"\nfile = "letter.patch"\nrevision = "one"')

    def test_of_nothing_are_refused(self):
        """Two commits with one tree, and a patch without a change, have no arms that could be told apart."""
        self.git("commit", "--quiet", "--allow-empty", "--message", "the same")
        self.put("none.patch", "")
        for variable, said in (('kind = "revision"\ncontrol = "two"\ntreatment = "HEAD"', "hold the same files"),
                               ('kind = "patch"\nfile = "none.patch"\nrevision = "one"', "none.patch")):
            self.put("blind.toml", EXPERIMENT.format(variable=variable, blocks=self.BLOCKS,
                                                     command='command = ["./look.sh"]'))
            self.assertFails(self.run_assay("claim", "--experiment", "blind.toml", "--ratio", "2x"), ERROR, said)


if __name__ == "__main__":
    unittest.main(argv=[word for word in sys.argv if word != "--long"])
