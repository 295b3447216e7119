#!/usr/bin/env python3
"""Scenarios on the command line: how two differ, a new one, and the schema that editors use.

Usage: scenario_test.py PROGRAM [unittest arguments]
"""
import json
import os
import pathlib
import subprocess
import sys
import tempfile
import unittest

PROGRAM = ""
HOME = pathlib.Path(__file__).resolve().parents[2]


def run(*arguments, cwd=None):
    """The program's exit code, output and messages, in English unless --lang says otherwise."""
    env = {k: v for k, v in os.environ.items() if k not in ("LC_ALL", "LC_MESSAGES", "TREMPLIN_HOME")}
    return subprocess.run([PROGRAM, *arguments], capture_output=True, text=True, check=False, cwd=cwd,
                          env={**env, "LANG": "C.UTF-8"})


def names_of(kind):
    listed = json.loads(run("scenario", "list", "--json").stdout)
    return [scenario["name"] for scenario in listed if scenario["kind"] == kind]


class Diff(unittest.TestCase):
    def diff(self, *arguments):
        done = run("scenario", "diff", *arguments)
        self.assertEqual((done.returncode, done.stderr), (0, ""))
        return done.stdout

    def test_says_lever_values_months_files_and_source_in_each_language(self):
        words = {
            "fr": ["A : law-2015", "PIIS obligatoire", "tous les dossiers, toutes les régions",
                   "à partir de 2016-11 : A = 25 (ans), B = 120 (ans)", "B, source : 003:3449"],
            "nl": ["A: law-2015", "GPMI verplicht", "alle dossiers, alle gewesten",
                   "vanaf 2016-11: A = 25 (jaar), B = 120 (jaar)", "B, bron: 003:3449"],
            "en": ["A: law-2015", "all files, all regions",
                   "from 2016-11: A = 25 (years), B = 120 (years)", "B, source: 003:3449"],
        }
        for language, expected in words.items():
            text = self.diff("law-2015", "generalisation", "--lang", language).replace("\u00a0", " ")
            for words_of_it in expected:
                self.assertIn(words_of_it, text)

    def test_a_scenario_does_not_differ_from_itself_in_another_order(self):
        both = "no-sanctions+generalisation"
        self.assertIn("No difference", self.diff("generalisation+no-sanctions", both))
        self.assertEqual(json.loads(self.diff("law-2015+law-2016", "law-current", "--json"))["differences"], [])

    def test_reforms_stand_on_the_base_of_the_other_side_or_on_the_one_asked(self):
        def sides(*arguments):
            shown = json.loads(self.diff(*arguments, "--json"))
            return shown["a"], shown["b"]

        self.assertEqual(sides("law-current", "generalisation"), ("law-current", "law-current + generalisation"))
        self.assertEqual(sides("no-sanctions", "alternatives"), ("law-2015 + no-sanctions", "law-2015 + alternatives"))
        self.assertEqual(sides("no-sanctions", "alternatives", "--base", "law-current")[0],
                         "law-current + no-sanctions")

    def test_every_reform_differs_from_its_base(self):
        for name in names_of("reform"):
            shown = json.loads(self.diff("law-2015", name, "--json"))
            self.assertTrue(shown["differences"], name)
            for difference in shown["differences"]:
                for value in difference["values"]:
                    self.assertNotEqual(value["a"], value["b"])
                    self.assertTrue(value["references_a"] and value["references_b"])

    def test_mistakes_on_both_sides_are_told_at_once(self):
        done = run("scenario", "diff", "no-sanction", "law-2015+law-current")
        self.assertEqual((done.returncode, done.stdout), (2, ""))
        self.assertIn("“no-sanctions”", done.stderr)
        self.assertIn("“law-current” does not fit here. Expected: a reform", done.stderr)


if __name__ == "__main__":
    PROGRAM = str(pathlib.Path(sys.argv.pop(1)).resolve())
    unittest.main(argv=sys.argv, verbosity=2)
