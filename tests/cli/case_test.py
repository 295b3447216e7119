#!/usr/bin/env python3
"""One household at a time as its users meet it: case FILE, case new.

Usage: case_test.py PROGRAM [unittest arguments]
"""
import json
import re
import sys
import unittest

import program_test
from program_test import InAFolder, run

# A single person of 26, 22 days of March 2017 at 867.40 less 100.00 - 250 / 12; one breach.
CASE = """region: wallonia
born: 1990-05-20
category: single
request: 2017-03-10
until: 2018-01
income: [{kind: means, monthly: 100}]
contract: {signed: 2017-05-30}
breaches: [{on: 2017-10-02, suspended_months: 1}]
people_paid: 350
"""


class Case(InAFolder):
    def case(self, *options, text=CASE):
        (self.folder / "case.yaml").write_text(text, encoding="utf-8")
        return run("case", str(self.folder / "case.yaml"), *options)

    def test_what_case_new_writes_can_be_computed_in_each_language(self):
        for lang in ("fr", "nl", "en"):
            text = run("case", "new", "--lang", lang).stdout
            done = self.case("--lang", lang, "--against", "generalisation", text=text)
            self.assertEqual(done.returncode, 0, done.stderr)
            self.assertLessEqual(max(len(line) for line in done.stdout.splitlines()), 100, lang)
        # Keys that are commented out are valid too; what is a comment has no key of the file.
        keys = "name|decision|until|last_paid|ends|equivalent|student|exempted|coverage"
        done = self.case(text=re.sub(rf"^# (?=({keys}): )", "", text, flags=re.M))
        self.assertEqual(done.returncode, 0, done.stderr)
        done = self.case(text=re.sub(r"^  # (?=- )", "  ", text, flags=re.M))
        self.assertEqual(done.returncode, 0, done.stderr)

    def test_shows_arithmetic_and_the_source_of_every_number(self):
        shown = self.case("--scenario", "law-2015", "--lang", "en").stdout
        joined = " ".join(shown.split())
        self.assertIn("867.40 − (means 100.00 − general exemption 20.83) = 788.23 × 22/31 days = 559.39", joined)
        self.assertIn("7,733.71 a year × 1.3459 = 10,408.80; / 12 = 867.40", joined)
        self.assertIn("it runs from 1 December 2017 to 31 December 2017", joined)
        body, sources = shown.split("Sources:")
        marks = {int(n) for n in re.findall(r"\[(\d+)\]", body)}
        self.assertEqual(marks, set(range(1, max(marks) + 1)))
        self.assertEqual(marks, {int(n) for n in re.findall(r"^  \[(\d+)\]", sources, flags=re.M)})

    def test_an_amount_on_its_way_is_sourced_each_month(self):
        reform = self.folder / "slow.yaml"
        reform.write_text("""kind: reform
name: slow
title: {en: Slow}
summary: {en: Slow}
must_believe: {en: Nothing}
authors: [me]
references: [none]
from: 2017-10
changes:
  - {path: ris/amount/single, op: scale, value: 1.2, over_months: 4, reference: a trial}
""", encoding="utf-8")
        shown = self.case("--scenario", f"law-2015+{reform}", "--lang", "en").stdout
        told = re.findall(r"^  \[\d+\] ris/amount/single = ([\d.,]+)", shown, flags=re.M)
        # 867.40 until May 2017, 884.74 until August, then 892.70; in steps of a twentieth of it from October on.
        self.assertEqual(told, ["867.40", "884.74", "892.70", "937.34", "981.97", "1,026.61", "1,071.24"])

    def test_a_part_that_comes_twice_and_an_empty_household_are_refused(self):
        done = self.case("--scenario", "law-2015+generalisation+generalisation", "--lang", "en",
                         text=CASE.replace("category: single", "household: []"))
        self.assertEqual(done.returncode, 2)
        self.assertEqual(len(done.stderr.splitlines()), 2, done.stderr)
        self.assertIn("generalisation", done.stderr)
        self.assertIn("case.yaml:3:12: household", done.stderr)

    def test_law_show_works_an_amount_out(self):
        shown = run("law", "show", "ris/amount/single", "--at", "2016-12-01", "--lang", "fr").stdout
        self.assertRegex(shown, r"7.733,71 par an × 1,3459 = 10.408,80.; / 12 = 867,40")
        # The published amount of June 2009 is a cent less than its acts give, so that none is shown.
        self.assertNotIn("×", run("law", "show", "ris/amount/cohabitant", "--at", "2009-07-01", "--lang", "en").stdout)

    def test_law_acts_tells_what_each_act_changed(self):
        shown = run("law", "acts", "--lang", "nl").stdout
        self.assertIn("2014-10-01  Koninklijk besluit van 25 april 2014", shown)
        self.assertIn("spi/window_months: 36 (maanden) → 72 (maanden)", shown)
        acts = json.loads(run("law", "acts", "--json").stdout)
        reform = next(act for act in acts if act["on"] == "2016-11-01")
        self.assertEqual(reform["changes"]["piis/scope/novelty_months"], {"from": 0, "to": 3, "new_files": True})

    def test_two_laws_stand_side_by_side_where_they_differ(self):
        shown = self.case("--scenario", "law-2015", "--against", "law-current", "--lang", "en").stdout
        self.assertIn("No obligation", shown)
        self.assertIn("Compulsory: no right to social integration in the last 3 months", shown)
        self.assertEqual(shown.count("Decision by 9 April 2017"), 1)  # the same under both
        self.assertIn("contract subsidy 10%", shown)

    def test_json_holds_the_same_in_cents(self):
        done = self.case("--scenario", "law-2015", "--against", "no-sanctions", "--json")
        self.assertEqual(done.returncode, 0, done.stderr)
        first, second = json.loads(done.stdout)["laws"]
        self.assertEqual((first["law"], second["law"]), ("law-2015", "law-2015+no-sanctions"))
        self.assertEqual(first["months"][0]["paid"], 55939)
        paid = {month["month"]: month["paid"] for month in first["months"]}
        self.assertEqual(paid["2017-12"], 0)
        self.assertEqual({month["month"]: month["paid"] for month in second["months"]}["2017-12"], 81353)
        self.assertEqual(second["breaches"][0]["verdict"], "no_sanctions")
        for entries in first["sources"].values():
            for entry in entries.values():
                self.assertTrue(entry["reference"])
        self.assertIn("file", second["sources"]["sanction/allowed"]["2017-10"]["changes"][0])

    def test_all_that_is_wrong_is_told_at_once(self):
        done = self.case("--scenario", "law-2051", text="region: walonia\nborn: 1993-02-30\nrequest: 2017-01-01\nfoo: 1\n")
        self.assertEqual(done.returncode, 2)
        self.assertEqual(done.stdout, "")
        for found in (":1:9: ", "wallonia", ":2:7: ", "category", ":4:1: ", "law-2015"):
            self.assertIn(found, done.stderr)
        self.assertEqual(run("case").returncode, 2)
        self.assertIn("FILE", run("case").stderr)
        self.assertEqual(self.case("--scenario", "law-2015+law-current").returncode, 2)


if __name__ == "__main__":
    program_test.PROGRAM = sys.argv.pop(1)
    unittest.main()
