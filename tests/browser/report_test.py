#!/usr/bin/python3
"""The pages that render writes: drawn without an error, usable without a mouse, and safe whatever users call things."""

import json
import os
import re
import sys
import unittest

sys.path.insert(0, os.path.join(os.path.dirname(__file__), "..", "support"))
from browser import Browser  # noqa: E402
from cli import OK, CliTest, experiment_text  # noqa: E402

HOSTILE = ("</script><script>window.hacked = 1</script> \" onload=\"hacked=1\" 'x' & &lt; <!-- \u202e\u2066 "
           "]]> \\u003c `id` $(id) " + "long " * 2000)
LEVELS = """
[experiment]
id = "jobs"
hypothesis = "More jobs are faster"
[variable]
kind = "level"
name = "jobs"
levels = ["1", "2", "4"]
[[workload]]
name = "work"
command = ["true", "{jobs}"]
[[metric]]
name = "wall"
role = "primary"
margin = "3%"
[protocol]
seed = "5"
max_blocks = 40
[simulated]
shifts = ["-20%", "-30%"]
noise = "2%"
"""
NAP = """
[experiment]
id = "nap"
hypothesis = "A shorter nap is faster"
[variable]
kind = "argument"
name = "T"
control = "0.03"
treatment = "0.01"
[[workload]]
name = "nap"
command = ["sleep", "{T}"]
[[metric]]
name = "wall"
role = "primary"
margin = "10%"
[protocol]
max_blocks = 12
"""
EVERY_FIGURE = "document.querySelectorAll('figure[data-picture]').length"
DRAWN_FIGURES = "document.querySelectorAll('figure[data-drawn]').length"


class ReportTest(CliTest):
    @classmethod
    def setUpClass(cls):
        cls.browser = Browser()

    @classmethod
    def tearDownClass(cls):
        cls.browser.close()

    def setUp(self):
        super().setUp()
        self.make_lab()

    def attempt(self, hypothesis="An example", name="example.toml", seed=42):
        text = experiment_text('command = ["true"]', f'[protocol]\nseed = "{seed}"\nmax_blocks = 60\n'
                               '[simulated]\nshift = "-6%"\nnoise = "3%"\n')
        text = text.replace('id = "example"', f'id = "{name.removesuffix(".toml")}"')
        text = text.replace('"FAST"', f'"FAST{seed}"')
        self.write(name, text.replace('"An example"', "'''" + hypothesis.replace("'''", "") + "'''"))
        ended = self.assay("run", name)
        self.assertIn(ended.code, (0, 2, 3), ended.err)

    def page(self, *words):
        self.assertEnds(self.assay("render", "--html", "report.html", *words), OK)
        return self.opened("report.html")

    def opened(self, name):
        page = self.browser.page()
        page.resize(1000)
        page.open(self.path(name))
        return page

    def draw_all(self, page):
        for figure in range(page.value(EVERY_FIGURE)):
            page.value(f"document.querySelectorAll('figure[data-picture]')[{figure}].scrollIntoView()")
            page.wait_for(f"{DRAWN_FIGURES} > {figure}")


class OneRecord(ReportTest):
    def test_has_its_pictures_drawn_without_an_error(self):
        self.attempt()
        page = self.page("1")
        self.draw_all(page)
        self.assertEqual(page.value(EVERY_FIGURE), 3)
        record = self.record(self.records()[0])
        trials = sum(len(block["trials"]) for block in record["blocks"])
        symbols = page.value("document.querySelector('figure').querySelectorAll('.mark-symbol.role-mark path').length")
        self.assertEqual(symbols, trials)
        self.assertEqual(page.errors, [])

    def test_tells_each_trial_under_the_mouse(self):
        self.attempt()
        page = self.page("1")
        self.draw_all(page)
        page.move_mouse_to("figure .mark-symbol.role-mark path")
        page.wait_for("document.querySelector('figure [title*=\"block 1\"]') !== null")

    def test_has_a_table_behind_every_picture_that_the_keyboard_opens(self):
        self.attempt()
        page = self.page("1")
        page.value("document.querySelector('figure summary').focus()")
        page.press("Enter", 13)
        page.wait_for("document.querySelector('figure details').open")
        record = self.record(self.records()[0])
        rows = page.value("document.querySelectorAll('figure tbody')[0].rows.length")
        self.assertEqual(rows, sum(len(block["trials"]) for block in record["blocks"]))
        looks = page.value("document.querySelectorAll('figure tbody')[1].rows.length")
        self.assertGreaterEqual(looks, 1)
        labels = page.value("[...document.querySelectorAll('[role=img]')].every(e => e.getAttribute('aria-label'))")
        self.assertTrue(labels)

    def test_shows_the_last_interval_as_the_record_has_it(self):
        self.attempt()
        page = self.page("1")
        row = page.value("[...document.querySelectorAll('figure tbody')[1].rows].at(-1).textContent")
        record = self.record(self.records()[0])
        effect = record["result"]["workloads"][0]["metrics"][0]["effect"]
        expected = [effect["percent"], effect["low"], effect["high"]]
        shown = [float(number) for number in re.findall(r"([-+]?\d+\.\d+) %", row)]
        self.assertEqual(len(shown), 5, row)  # with both ends of the boundary
        for percent, of_the_record in zip(shown, expected):
            self.assertAlmostEqual(percent, of_the_record, delta=0.051)

    def test_fits_a_narrow_screen_and_is_drawn_again_in_the_dark(self):
        self.attempt()
        page = self.page("1")
        self.draw_all(page)
        before = page.value("document.querySelector('figure svg').outerHTML")
        page.resize(360)
        page.wait_for("document.querySelector('figure svg').getBoundingClientRect().width < 360")
        self.assertLessEqual(page.value("document.documentElement.scrollWidth"), 360)
        page.prefer("dark")
        page.wait_for("document.querySelector('figure svg').outerHTML.includes('#56b4e9')")
        self.assertNotIn("#56b4e9", before)
        self.assertEqual(page.errors, [])

    def test_breaks_no_short_word_of_a_table_on_a_phone(self):
        self.attempt("Polling beats sleeping by some way, and " + "f" * 64 + " names it")
        page = self.page()
        page.resize(390)
        self.assertLessEqual(page.value("document.documentElement.scrollWidth"), 390)
        broken, seen = page.value("""(() => {
            const broken = [];
            let seen = 0;
            for (const cell of document.querySelectorAll("th, td")) {
                const walker = document.createTreeWalker(cell, NodeFilter.SHOW_TEXT);
                for (let node = walker.nextNode(); node; node = walker.nextNode()) {
                    for (const word of node.data.matchAll(/[^\\s-]+/g)) {
                        if (word[0].length > 20) continue;
                        const range = document.createRange();
                        range.setStart(node, word.index);
                        range.setEnd(node, word.index + word[0].length);
                        const lines = new Set([...range.getClientRects()].map(box => Math.round(box.top)));
                        if (lines.size > 0) ++seen;
                        if (lines.size > 1) broken.push(word[0]);
                    }
                }
            }
            return [broken, seen];
        })()""")
        self.assertEqual(broken, [])
        self.assertGreater(seen, 10)

    def test_is_drawn_whole_for_print(self):
        self.attempt()
        page = self.page("1")
        page.command("Page.printToPDF")
        page.wait_for(f"{DRAWN_FIGURES} === {EVERY_FIGURE}")

    def test_draws_the_boundary_at_each_look(self):
        self.attempt()
        page = self.page("1")
        self.draw_all(page)
        picture = page.value("Object.values(JSON.parse(document.getElementById('pictures').textContent))"
                             ".find(picture => picture.kind === 'effects')")
        drawn = page.value("['below', 'above'].map(end => [...document.querySelectorAll('.boundary-' + end + ' path')]"
                           ".filter(mark => mark.getAttribute('opacity') !== '0').length)")
        inside = [len([look for look in picture["looks"] if look[end] is not None]) for end in ("below", "above")]
        self.assertEqual(drawn, inside)
        self.assertGreater(sum(inside), 0)
        # The interval clears the least effect exactly if the estimate has crossed the boundary.
        clears = [look for look in picture["looks"] if look["below"] is not None and look["estimate"] <= look["below"]]
        record = self.record(self.records()[0])
        self.assertEqual(record["result"]["verdict"], "improved")
        self.assertEqual(clears[-1:], picture["looks"][-1:])
        self.assertIn("the estimate had to be below", page.value("document.querySelectorAll('figure table')[1].textContent"))

    def test_of_ten_thousand_trials_has_room_below_3_megabytes(self):
        text = experiment_text('command = ["true"]', '[protocol]\nseed = "7"\nblocks = 5000\n'
                               '[simulated]\nshift = "-1%"\nnoise = "3%"\n')
        self.write("large.toml", text)
        self.assertIn(self.assay("run", "large.toml").code, (0, 2, 3))
        page = self.page("1")
        self.assertLess(os.path.getsize(self.path("report.html")), 2_700_000)
        self.draw_all(page)
        self.assertEqual(page.value("document.querySelector('figure').querySelectorAll('.mark-symbol.role-mark path').length"),
                         10_000)
        self.assertEqual(page.errors, [])

    def test_shows_every_level_of_a_race(self):
        self.write("jobs.toml", LEVELS)
        self.assay("run", "jobs.toml", "--engine", "simulated")
        page = self.page("1")
        self.draw_all(page)
        kinds = page.value("Object.values(JSON.parse(document.getElementById('pictures').textContent)).map(p => p.kind)")
        self.assertIn("levels", kinds)
        self.assertEqual(page.errors, [])


class OtherPictures(ReportTest):
    def picture(self, page, kind):
        """The data of the only picture of that kind, and the place of its figure."""
        pictures = page.value("JSON.parse(document.getElementById('pictures').textContent)")
        (name,) = [name for name, picture in pictures.items() if picture["kind"] == kind]
        return pictures[name], f"document.querySelector('figure[data-picture={name}]')"

    def test_phases_are_bars_of_each_state_side_by_side(self):
        self.write("deploy.sh", "assay-span pull -- sleep 0.03\nassay-span start -- sleep 0.01\n")
        self.write("deploy.toml", experiment_text('command = ["/bin/sh", "deploy.sh"]\nstates = ["warm", "idle"]\n',
                                                  "[state.idle]\nwarmup = 0\n"))
        self.assertEnds(self.assay("baseline", "deploy.toml", "--runs", "6"), OK)
        page = self.page("1")
        self.draw_all(page)
        picture, figure = self.picture(page, "phases")
        self.assertEqual(picture["cells"], ["warm", "idle"])
        self.assertEqual(len(picture["phases"]), 6)  # pull, start and the rest, in two states
        widths = page.value(f"[...{figure}.querySelectorAll('.mark-rect.role-mark path')].map(bar => "
                            "bar.getBBox().width)")
        shares = [phase["share"] for phase in picture["phases"]]
        self.assertEqual(len(widths), 6)
        for width, share in zip(widths, shares):
            self.assertAlmostEqual(width / widths[0], share / shares[0], delta=0.02)
        fills = page.value(f"new Set([...{figure}.querySelectorAll('.mark-rect.role-mark path')].map(bar => "
                           "bar.getAttribute('fill'))).size")
        self.assertEqual(fills, 2)
        self.assertEqual(page.value(f"{figure}.querySelectorAll('tbody tr').length"), 6)
        page.move_mouse_to("figure[data-picture] .mark-rect.role-mark path")
        page.wait_for("document.querySelector('figure [title*=\"pull (warm)\"]') !== null")
        self.assertEqual(page.errors, [])

    def test_claims_stand_beside_what_was_measured_again(self):
        self.write("nap.toml", NAP)
        self.assertEqual(self.assay("run", "nap.toml").code, OK)
        self.assertEnds(self.assay("claim", "1"), OK)
        challenged = self.assay("challenge", "2", "--yes", "--actor", "bob")
        self.assertIn(challenged.code, (0, 2, 3), challenged.err)
        page = self.page()
        self.draw_all(page)
        picture, figure = self.picture(page, "claims")
        self.assertEqual(len(picture["challenges"]), 1)
        challenge = picture["challenges"][0]
        self.assertGreater(challenge["claimed"], 1)
        self.assertLessEqual(challenge["low"], challenge["high"])
        self.assertEqual(page.value(f"[{figure}.querySelectorAll('.mark-rule.role-mark line').length, "
                                    f"{figure}.querySelectorAll('.mark-symbol.role-mark path').length]"), [1, 1])
        row = page.value(f"{figure}.querySelector('tbody tr').textContent")
        self.assertTrue(any(grade in row for grade in ("confirmed", "exaggerated", "inconclusive", "refuted")), row)
        self.assertEqual(page.errors, [])


class Safety(ReportTest):
    def test_nothing_that_users_write_is_markup(self):
        self.attempt(HOSTILE)
        page = self.page()
        self.draw_all(page)
        self.assertIsNone(page.value("window.hacked"))
        self.assertEqual(page.value("document.querySelectorAll('script').length"), 2)
        self.assertIn("</script><script>window.hacked", page.value("document.body.innerText"))
        self.assertNotIn("\u202e", page.value("document.body.innerText"))
        self.assertEqual(page.errors, [])

    def test_names_in_pictures_are_no_markup_either(self):
        name = "</script><script>window.hacked = 1</script> \" onload=\"hacked=1\" 'x' & <!--"
        level = json.dumps("\u202e" + name)
        self.write("hostile.toml", LEVELS.replace('levels = ["1", "2", "4"]', f'levels = ["1", {level}, "4"]').replace(
            'name = "work"', f'name = {json.dumps(name)}'))
        ended = self.assay("run", "hostile.toml", "--engine", "simulated")
        self.assertIn(ended.code, (0, 2, 3), ended.err)
        for words in (["1"], []):
            with self.subTest(words):
                page = self.page(*words)
                self.draw_all(page)
                self.assertIsNone(page.value("window.hacked"))
                self.assertEqual(page.value("document.querySelectorAll('script').length"), 2)
                pictures = page.value("document.getElementById('pictures').textContent")
                self.assertIn("window.hacked", pictures)
                self.assertNotIn("\u202e", page.value("document.body.innerText"))
                self.assertEqual(page.errors, [])

    def test_the_policy_forbids_every_other_script_and_every_request(self):
        self.attempt()
        page = self.page("1")
        page.value("""(() => {
            const script = document.createElement("script");
            script.textContent = "window.hacked = 1";
            document.body.append(script);
            const picture = document.createElement("img");
            picture.src = "other.png";
            document.body.append(picture);
        })()""")
        page.wait_for("true")
        self.assertIsNone(page.value("window.hacked"))
        self.assertGreaterEqual(len([error for error in page.errors if "Content Security Policy" in error]), 2)
        self.assertNotIn("unsafe", page.value("document.querySelector('meta[http-equiv]').content"))


if __name__ == "__main__":
    unittest.main()
