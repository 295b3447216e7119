#!/usr/bin/env python3
"""uncertainty as its users meet it: table, JSON, CSV and a file that xarray opens; the same bits for any number of
threads; mistakes; Ctrl-C.

Usage: uncertainty_test.py PROGRAM [unittest arguments]
"""
import csv
import json
import os
import pathlib
import signal
import subprocess
import sys
import time
import unittest

import program_test
from program_test import InAFolder, run

REFORM = pathlib.Path(__file__).resolve().parents[2] / "scenarios" / "reforms" / "generalisation.yaml"
STEM = "law-2015--early.uncertainty"


class Uncertainty(InAFolder):
    def setUp(self):
        super().setUp()
        # The same reform long before: a short past is cheap.
        text = REFORM.read_text(encoding="utf-8")
        early = self.folder / "early.yaml"
        early.write_text(text.replace("name: generalisation", "name: early").replace("from: 2016-11", "from: 2003-02"),
                         encoding="utf-8")
        self.out = self.folder / "out"
        self.small = ["uncertainty", "law-2015", str(early), "--sample", "0.01", "--from", "2003-01",
                      "--to", "2003-03"]

    def test_shares_stand_in_json_csv_and_a_file_that_xarray_opens(self):
        import numpy as np
        import xarray as xr
        done = run(*self.small, "--replicates", "2", "--json", "--out", str(self.out))
        self.assertEqual(done.returncode, 0, done.stderr)
        shown = json.loads(done.stdout)[0]
        self.assertEqual((shown["base"], shown["replicates"], shown["from"]), ("law-2015", 2, "2003-02"))
        self.assertEqual(sorted(p.name for p in self.out.iterdir()), [f"{STEM}.csv", f"{STEM}.h5"])
        coverage = next(row for row in shown["indicators"] if row["name"] == "coverage")
        with open(self.out / f"{STEM}.csv", encoding="utf-8") as file:
            rows = {row["indicator"]: row for row in csv.DictReader(file)}
        self.assertEqual(len(rows), len(shown["indicators"]))
        self.assertAlmostEqual(float(rows["coverage"]["mean"]), coverage["difference"]["mean"], places=8)
        with xr.open_dataset(self.out / f"{STEM}.h5", group="runs") as runs:
            difference = runs["difference"].sel(reform="law-2015+early", indicator="coverage")
            self.assertEqual(difference.dims, ("replicate", "run"))
            values = difference.values
        # Each run has a landscape, parameters and luck that differ from the others' in at least two.
        self.assertEqual(len(np.unique(values)), 6)
        self.assertAlmostEqual(values.mean(), coverage["difference"]["mean"], places=12)
        self.assertAlmostEqual(np.sqrt(values.var(axis=0, ddof=1).mean()), coverage["difference"]["deviation"])
        with xr.open_dataset(self.out / f"{STEM}.h5", group="split") as split:
            shares = split["share"].sel(reform="law-2015+early", indicator="coverage")
            self.assertEqual([str(o) for o in shares.origin.values], ["luck", "parameters", "landscape"])
            self.assertAlmostEqual(float(shares.sum()), 1)
            self.assertEqual(split["from"].values[0], np.datetime64("2003-02-01"))
        again = self.folder / "again"
        done = run(*self.small, "--replicates", "2", "--threads", "1", "--out", str(again))
        self.assertEqual(done.returncode, 0, done.stderr)
        for ending in ("csv", "h5"):  # the command leaves --threads and --out out
            self.assertEqual((again / f"{STEM}.{ending}").read_bytes(),
                             (self.out / f"{STEM}.{ending}").read_bytes())
        self.assertIn("Fewer than 10 complete replicates", done.stdout)

    def test_all_mistakes_are_told_at_once_and_nothing_is_written(self):
        out = self.folder / "never"
        done = run("uncertainty", "law-2015", "generalisaton", "--replicates", "1", "--sample", "2",
                   "--without", "everything", "--out", str(out))
        self.assertEqual(done.returncode, 2)
        for words in ["generalisaton", "generalisation", "--replicates", "2 .. 10000", "--sample", "everything"]:
            self.assertIn(words, done.stderr)
        self.assertEqual(done.stdout, "")
        for words in (["law-2015"], ["law-2015", "generalisation", "--fixed-parameters"]):
            self.assertEqual(run("uncertainty", *words, "--out", str(out)).returncode, 2)
        self.assertFalse(out.exists())

    def test_ctrl_c_leaves_whole_files_or_none(self):
        process = subprocess.Popen([program_test.PROGRAM, *self.small, "--replicates", "1000", "--out", str(self.out)],
                                   stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
        self.addCleanup(process.kill)
        time.sleep(2)
        process.send_signal(signal.SIGINT)
        _, told = process.communicate(timeout=120)
        self.assertEqual(process.returncode, 130, told)
        if self.out.exists():  # two replicates were complete by then
            self.assertEqual(sorted(p.name for p in self.out.iterdir()), [f"{STEM}.csv", f"{STEM}.h5"])


if __name__ == "__main__":
    program_test.PROGRAM = os.path.abspath(sys.argv.pop(1))
    unittest.main()
