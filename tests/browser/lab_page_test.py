#!/usr/bin/python3
"""The page of a lab and its site: searched by typing, also with a thousand records."""

import os
import sys
import time
import unittest

sys.path.insert(0, os.path.join(os.path.dirname(__file__), "..", "support"))
sys.path.insert(0, os.path.join(os.path.dirname(__file__), "..", "bench"))
sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
import many_records  # noqa: E402
from cli import ERROR, OK  # noqa: E402
from report_test import EVERY_FIGURE, LEVELS, NAP, ReportTest  # noqa: E402


class AThousandRecords(ReportTest):
    def test_are_found_by_typing(self):
        os.makedirs(self.path(".assay/records"), exist_ok=True)
        self.write("small.toml", many_records.EXPERIMENT)
        self.assertIn(self.assay("run", "small.toml", "--engine", "simulated").code, (0, 2, 3))
        record = self.record(self.records()[0])
        os.remove(self.path(".assay/records/" + os.path.basename(self.records()[0])))
        many_records.write_chain(self.path(".assay/records"), record, 1000)
        self.assertEnds(self.assay("render", "--site", "public"), OK)
        begin = time.monotonic()
        page = self.opened("public/index.html")
        self.assertEqual(page.value("document.querySelectorAll('tr[data-words]').length"), 1000)
        print(f"index of 1,000 records: opened in {time.monotonic() - begin:.2f} s (wanted: 2 s)")
        page.value("document.getElementById('search').focus()")
        page.command("Input.insertText", text="0777")
        page.wait_for("/^1 record(,|$)/.test(document.getElementById('found').textContent)")
        self.assertEqual(page.errors, [])


class ALab(ReportTest):
    def setUp(self):
        super().setUp()
        self.attempt("Polling beats sleeping", "polling.toml", seed=1)
        self.attempt("Caching beats computing", "caching.toml", seed=2)

    def test_is_searched_by_every_word(self):
        page = self.page()
        self.assertEqual(page.value("document.querySelectorAll('tr[data-words]').length"), 2)
        page.value("document.getElementById('search').focus()")
        page.command("Input.insertText", text="sleeping POLLING")
        page.wait_for("/^1 record(,|$)/.test(document.getElementById('found').textContent)")
        visible = page.value("[...document.querySelectorAll('tr[data-words]')].filter(r => !r.hidden).map(r => r.innerText)")
        self.assertEqual(len(visible), 1)
        self.assertIn("Polling beats sleeping", visible[0])

    def test_finds_decisions_dead_ends_claims_and_targets_too(self):
        # Half a second against nothing shows itself whatever else the machine does.
        self.write("nap.toml", NAP.replace("A shorter nap", "A nap").replace('"0.03"', '"0.5"').replace('"0.01"', '"0"') +
                   '[[target]]\nworkload = "nap"\nmetric = "wall"\nstatistic = "median"\nat_most = "7 s"\n')
        ended = self.assay("run", "nap.toml")
        self.assertEqual(ended.code, OK, ended.err)
        self.assertEnds(self.assay("claim", "3"), OK)
        self.write("end.toml", LEVELS.replace('id = "jobs"', 'id = "stop"').replace("More jobs", "Stopping").replace(
            'kind = "level"\nname = "jobs"\nlevels = ["1", "2", "4"]',
            'kind = "argument"\nname = "jobs"\ncontrol = "1"\ntreatment = "2"').replace(
                'seed = "5"', 'seed = "5"\nattempts = 1').replace('shifts = ["-20%", "-30%"]', 'shift = "20%"'))
        self.assertEqual(self.assay("run", "end.toml", "--engine", "simulated").code, 2)
        page = self.page()
        lists = page.value("[...document.querySelectorAll('section[data-list] h2')].map(h => h.innerText)")
        for title in ("Kept", "Dead ends", "Claims", "Targets"):
            self.assertIn(title, lists)
        for words, title, text in (("dead stopping", "Dead ends", "Stopping are faster"), ("claims nap", "Claims", "nap"),
                                   ("targets nap", "Targets", "nap")):
            with self.subTest(words):
                page.value("(field => { field.value = ''; field.dispatchEvent(new Event('input')); field.focus(); })("
                           "document.getElementById('search'))")
                page.command("Input.insertText", text=words)
                page.wait_for("document.getElementById('found').textContent !== ''")
                shown = page.value("[...document.querySelectorAll('section[data-list]')].filter(s => !s.hidden).map(s => "
                                   "[s.querySelector('h2').innerText, s.querySelector('li:not([hidden])').innerText])")
                self.assertEqual([one[0] for one in shown], [title])
                self.assertIn(text, shown[0][1])
                self.assertIn("1 line of the lists below", page.value("document.getElementById('found').textContent"))
        self.assertEqual(page.errors, [])

    def test_leads_from_the_index_to_each_record(self):
        page = self.page()
        links = page.value("[...document.querySelectorAll('tr[data-words] a')].map(a => a.getAttribute('href'))")
        self.assertEqual(links, ["#0001-polling", "#0002-caching"])
        self.assertTrue(page.value("[...document.querySelectorAll('tr a')].every(a => document.querySelector("
                                   "'article[id=\"' + a.getAttribute('href').slice(1) + '\"]'))"))

    def test_shows_the_history_of_a_workload(self):
        page = self.page()
        kinds = page.value("Object.values(JSON.parse(document.getElementById('pictures').textContent)).map(p => p.kind)")
        self.assertIn("history", kinds)
        self.draw_all(page)
        self.assertEqual(page.errors, [])

    def test_as_a_site_has_a_page_for_each_record(self):
        self.assertEnds(self.assay("render", "--site", "public"), OK)
        self.assertEqual(sorted(os.listdir(self.path("public"))),
                         ["0001-polling.html", "0002-caching.html", "index.html", "report.js"])
        page = self.opened("public/index.html")
        page.value("document.querySelector('tr[data-words] a').click()")
        page.wait_for("document.querySelector('h1')?.innerText === '0001-polling'")
        self.draw_all(page)
        self.assertEqual(page.value(EVERY_FIGURE), 3)
        self.assertEqual(page.errors, [])

    def test_is_the_same_page_whenever_it_is_written(self):
        self.page()
        first = self.read("report.html")
        self.page()
        self.assertEqual(self.read("report.html"), first)

    def test_names_what_it_cannot_do(self):
        self.assertFails(self.assay("render", "1"), ERROR, "--html")
        self.assertFails(self.assay("render", "--html", "x.html", "--site", "y"), ERROR, "one of them")
        self.assertFails(self.assay("render", "--html", "x.html", "9"), ERROR, "9")
        self.assertFails(self.assay("render", "--html", "missing/x.html"), ERROR, "missing")


if __name__ == "__main__":
    unittest.main()
