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

    def test_work_relatives_and_omissions_are_told_in_each_language(self):
        text = """region: wallonia
born: 1979-05-20
category: cohabitant
request: 2017-01-10
until: 2018-12
relatives: [{relation: first_degree, monthly: 700, counted: true}]
undeclared: [{on: 2017-02-01, decided: 2017-03-05, suspended_months: 1}]
article_60: {from: 2017-09-01, until: 2018-02-28, wage: 1350}
work_refusal: {on: 2018-06-11, decided: 2018-06-25, new_request: 2018-08-01}
people_paid: 350
"""
        words = {
            "fr": ["ressources non déclarées, suspension de 6 mois au plus", "proches (700,00 − 1 × 578,27",
                   "article 60 : salaire 1 350,00 ; coût 1 766,00 ; État 1 190,27", "Trop court pour le droit",
                   "Retrait à partir du 11 juin 2018", "Nouvelle demande le 1er août 2018"],
            "nl": ["niet aangegeven middelen, schorsing van hoogstens 6 maanden", "verwanten (700,00 − 1 × 578,27",
                   "artikel 60: loon 1.350,00; kost 1.766,00; Staat 1.190,27", "Te kort voor het recht",
                   "Intrekking vanaf 11 juni 2018", "Nieuwe aanvraag op 1 augustus 2018"],
            "en": ["means not declared, suspension of at most 6 months", "relatives (700.00 − 1 × 578.27",
                   "article 60: wage 1,350.00; cost 1,766.00; State 1,190.27", "Too short for the right",
                   "Withdrawn from 11 June 2018", "New request on 1 August 2018"],
        }
        for lang, expected in words.items():
            shown = " ".join(self.case("--scenario", "law-2015", "--lang", lang, text=text).stdout.split())
            for sentence in expected:
                self.assertIn(sentence, shown.replace("\u00a0", " ").replace("\u202f", " "), lang)
        law = json.loads(self.case("--scenario", "law-2015", "--json", text=text).stdout)["laws"][0]
        self.assertEqual((law["breaches"][0]["kind"], law["breaches"][0]["longest_months"]), ("undeclared", 6))
        self.assertEqual((law["article_60"]["months"], law["article_60"]["opens"]), (18, False))
        self.assertEqual((law["work_refusal"]["verdict"], law["work_refusal"]["decision_by"]),
                         ("withdrawn", "2018-08-31"))
        months = {month["month"]: month for month in law["months"]}
        self.assertEqual(months["2017-04"]["paid"], 0)  # suspended
        # 57827 - (70000 - 57827 - 1292)
        self.assertEqual(months["2017-05"]["paid"], 46946)
        self.assertEqual(months["2017-10"]["article_60"]["cpas"], 176600 - 20000 - 119027)

    def test_before_2005_a_fourth_category_is_named(self):
        text = CASE.replace("2017", "2003").replace("2018-01", "2004-01").replace("1990", "1976")
        shown = self.case("--scenario", "law-2015", "--lang", "en", text=text).stdout
        self.assertIn("Before 2005 the law knew a fourth category", shown)
        self.assertNotIn("fourth category", self.case("--lang", "en").stdout)

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
