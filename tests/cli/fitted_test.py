#!/usr/bin/env python3
"""Runs draw from the calibrated model that ships, and a result holds what it needs to be made again.

Usage: fitted_test.py PROGRAM [unittest arguments]
"""
import csv
import pathlib
import shutil
import sys
import unittest

import h5py

import program_test
from program_test import InAFolder, run

ROOT = pathlib.Path(__file__).resolve().parents[2]
FITTED = "calibration/fitted/draws.csv"
SHORT = ["run", "law-2015", "--sample", "0.01", "--from", "2003-01", "--to", "2003-12", "--replicates", "3"]


def shipped():
    with open(ROOT / FITTED, encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


class Fitted(InAFolder):
    def result(self, *options, **environment):
        done = run(*SHORT, "--out", str(self.folder), *options, **environment)
        self.assertEqual(done.returncode, 0, done.stderr)
        return self.folder / "law-2015.h5"

    def parameters(self, file):
        """Of each replicate: value by name."""
        with h5py.File(file) as opened:
            group = opened["parameters"]
            names = group["parameter"].asstr()[:]
            return [dict(zip(names, row)) for row in group["values"][:]], list(opened["inputs/input"].asstr())

    def test_each_replicate_has_a_draw_of_the_posterior(self):
        replicates, inputs = self.parameters(self.result())
        self.assertIn(FITTED, inputs)
        draws = shipped()
        for replicate in replicates:
            known = [name for name in draws[0] if name in replicate]
            self.assertGreater(len(known), 20)
            self.assertTrue(any(all(float(draw[name]) == replicate[name] for name in known) for draw in draws))
        self.assertIn("calibrated model", run("inspect", str(self.folder / "law-2015.h5")).stdout)

    def test_prior_and_fixed_parameters_leave_it_out(self):
        from_priors, inputs = self.parameters(self.result("--prior"))
        self.assertNotIn(FITTED, inputs)
        fixed, inputs = self.parameters(self.result("--fixed-parameters"))
        self.assertNotIn(FITTED, inputs)
        self.assertNotEqual(from_priors[0], fixed[0])
        done = run(*SHORT, "--out", str(self.folder), "--prior", "--fixed-parameters")
        self.assertEqual(done.returncode, 2)
        self.assertIn("--prior | --fixed-parameters", done.stderr)

    def test_a_result_is_made_again_without_the_file(self):
        file = self.result()
        done = run("verify", str(file))
        self.assertEqual(done.returncode, 0, done.stdout + done.stderr)

    def test_another_posterior_is_read_and_its_faults_are_told(self):
        home = self.folder / "home"
        for room in ("scenarios", "calibration", "outputs"):
            shutil.copytree(ROOT / room, home / room, ignore=shutil.ignore_patterns("*.cpp", "*.hpp", "*.h5"))
        fitted = home / FITTED
        fitted.write_text("take_up,exit_jobb\n0.5,0.1\n7,0.1\n", encoding="utf-8")
        done = run(*SHORT, "--out", str(self.folder), TREMPLIN_HOME=str(home))
        self.assertEqual(done.returncode, 2)
        for told in ("exit_jobb", "“exit_job”", "draws.csv:1", "draws.csv:3"):
            self.assertIn(told, done.stderr)
        self.assertFalse((self.folder / "law-2015.h5").exists())
        fitted.write_text("take_up\n0.25\n", encoding="utf-8")
        replicates, _ = self.parameters(self.result(TREMPLIN_HOME=str(home)))
        self.assertEqual([replicate["take_up"] for replicate in replicates], [0.25] * 3)


if __name__ == "__main__":
    program_test.PROGRAM = sys.argv.pop(1)
    unittest.main(verbosity=2)
