#!/usr/bin/env python3
"""Surveys on the command line: a made-up file, its weights and estimates, and what is wrong with a file.

Usage: survey_test.py PROGRAM [unittest arguments]
"""
import csv
import json
import os
import pathlib
import subprocess
import sys
import tempfile
import unittest

PROGRAM = ""


def run(*arguments, cwd=None):
    """The program's exit code, output and messages, in English unless --lang says otherwise."""
    env = {k: v for k, v in os.environ.items() if k not in ("LC_ALL", "LC_MESSAGES", "TREMPLIN_HOME")}
    return subprocess.run([PROGRAM, *arguments], capture_output=True, text=True, check=False, cwd=cwd,
                          env={**env, "LANG": "C.UTF-8"})


class Survey(unittest.TestCase):
    def setUp(self):
        self.folder = tempfile.TemporaryDirectory()
        self.addCleanup(self.folder.cleanup)
        self.path = pathlib.Path(self.folder.name)

    def made_up(self, *arguments):
        done = run("survey", "synthetic", *arguments)
        self.assertEqual((done.returncode, done.stderr), (0, ""))
        file = self.path / "made-up.csv"
        file.write_text(done.stdout, encoding="utf-8")
        return file

    def weigh(self, file, *arguments):
        return run("survey", "weigh", str(file), "--out", str(self.path / "out"), *arguments)

    def rows(self, name):
        with open(self.path / "out" / name, encoding="utf-8", newline="") as file:
            return list(csv.DictReader(file))

    def test_a_made_up_file_goes_through_and_is_called_synthetic_everywhere(self):
        file = self.made_up()
        for language, word in (("fr", "SYNTHÉTIQUE"), ("nl", "SYNTHETISCH"), ("en", "SYNTHETIC")):
            done = self.weigh(file, "--lang", language)
            self.assertEqual(done.returncode, 0, done.stderr)
            self.assertTrue(done.stdout.startswith(word))
            self.assertTrue(all(len(line) <= 100 for line in done.stdout.splitlines()))
        self.assertTrue(json.loads(self.weigh(file, "--json").stdout)["synthetic"])
        for name in ("made-up.weights.csv", "made-up.estimates.csv"):
            self.assertEqual({row["synthetic"] for row in self.rows(name)}, {"yes"})

    def test_weights_meet_the_margins_and_estimates_stand_in_csv_and_json_alike(self):
        file = self.made_up("--seed", "3")
        shown = json.loads(self.weigh(file, "--json").stdout)
        self.assertEqual(shown["margins"]["region"]["totals"], {"flanders": 308, "wallonia": 262, "brussels": 19})
        self.assertAlmostEqual(sum(float(row["weight"]) for row in self.rows("made-up.weights.csv")), 589)
        told = self.rows("made-up.estimates.csv")
        self.assertEqual(len(told), len(shown["estimates"]))
        for row, estimate in zip(told, shown["estimates"]):
            self.assertEqual(row["column"], estimate["column"])
            self.assertEqual(float(row["estimate"]), estimate["estimate"])

    def test_every_bad_cell_is_told_and_nothing_is_written(self):
        file = self.path / "bad.csv"
        file.write_text("cpas,region,size,signature,contracts\n"
                        "a,flandres,under_15k,always,3\n"
                        "b,wallonia,under_15k,alwayss,x\n", encoding="utf-8")
        done = self.weigh(file)
        self.assertEqual((done.returncode, done.stdout), (2, ""))
        for part in ("bad.csv:2:3: region: “flandres”", "The nearest name is “flanders”.",
                     "bad.csv:3:22: signature: “alwayss”", "always | often | rarely | never",
                     "bad.csv:3:30: contracts: “x”", "a whole number"):
            self.assertIn(part, done.stderr)
        self.assertFalse((self.path / "out").exists())
        self.assertIn("Attendu", self.weigh(file, "--lang", "fr").stderr)

    def test_wrong_options_are_told_together(self):
        file = self.made_up()
        done = self.weigh(file, "--method", "rakin", "--bounds", "2,5", "--strata", "regions")
        self.assertEqual(done.returncode, 2)
        for part in ("--method: “rakin”", "“raking”", "--bounds: “2,5”", "--strata: “regions”", "“region”"):
            self.assertIn(part, done.stderr)
        self.assertIn("piis-2015", run("survey", "synthetic", "--survey", "piis-2014").stderr)

    def test_methods_bounds_strata_and_own_margins_hold(self):
        file = self.made_up()
        margins = self.path / "own.yaml"
        margins.write_text("region: {totals: {flanders: 300, wallonia: 261, brussels: 19}, source: mergers}\n",
                           encoding="utf-8")
        for arguments, replicates, population in ((("--method", "logit", "--bounds", "0.1,4"), "JK1", 589),
                                                  (("--strata", "region"), "JKn", 589),
                                                  (("--margins", str(margins)), "JK1", 580)):
            done = self.weigh(file, "--json", *arguments)
            self.assertEqual(done.returncode, 0, done.stderr)
            shown = json.loads(done.stdout)
            self.assertEqual((shown["replicates"], shown["population"]), (replicates, population))
        done = self.weigh(file, "--bounds", "0.99,1.01")
        self.assertEqual(done.returncode, 2)
        self.assertIn("--bounds", done.stderr)


if __name__ == "__main__":
    PROGRAM = sys.argv.pop(1)
    unittest.main()
