#!/usr/bin/env python3
"""life, winners and lives as their users meet them.

Usage: lives_test.py PROGRAM [unittest arguments]
"""
import json
import os
import signal
import subprocess
import sys
import time
import unittest

import program_test
from program_test import InAFolder, run

OFFICE = "580"  # synthetic, in Brussels: large enough for every filter
REFORM = ["--against", "generalisation"]


def listed(*options):
    """The people whom `life --list` names."""
    done = run("life", "--list", OFFICE, *REFORM, "--json", *options)
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


class Life(unittest.TestCase):
    def test_a_listed_life_is_told_in_three_languages_within_100_columns(self):
        person = listed("--who", "more", "--number", "1")[0]["person"]
        for lang in ("fr", "nl", "en"):
            done = run("life", person, *REFORM, "--lang", lang)
            self.assertEqual(done.returncode, 0, done.stderr)
            self.assertIn(person, done.stdout)
            self.assertIn("law-2015+generalisation", done.stdout)
            self.assertLessEqual(max(map(len, done.stdout.splitlines())), 100)

    def test_the_list_and_the_life_tell_the_same_cents_and_the_lives_part(self):
        for entry in listed("--who", "fewer", "--number", "3"):
            told = json.loads(run("life", entry["person"], *REFORM, "--json").stdout)
            for life, cents in zip(told["lives"], entry["cents"]):
                reported = [month for month in life["months"] if month["month"] >= "2003-01"]
                self.assertEqual(sum(month["cents_paid"] for month in reported), cents)
            self.assertIsNotNone(told["parting"])
            self.assertGreaterEqual(told["parting"]["month"], "2016-01")

    def test_filters_hold_together(self):
        for entry in listed("--who", "young,sanctioned", "--number", "5"):
            self.assertGreater(sum(entry["sanctions"]), 0)

    def test_a_mistyped_identity_is_told_with_the_nearest(self):
        for lang in ("fr", "nl", "en"):
            done = run("life", "580-1999-11-107", *REFORM, "--lang", lang)
            self.assertEqual(done.returncode, 2)
            self.assertIn("580-199911-107", done.stderr)
            self.assertEqual(done.stdout, "")

    def test_nobody_of_that_number_no_such_office_no_reform(self):
        self.assertEqual(run("life", "580-199911-9999", *REFORM).returncode, 2)
        self.assertEqual(run("life", "5800-199911-1", *REFORM).returncode, 2)
        self.assertIn("--against", run("life", "580-199911-1").stderr)
        done = run("life", "--list", "x", "--who", "yung", *REFORM)
        self.assertEqual(done.returncode, 2)
        self.assertIn("young", done.stderr)


class Winners(InAFolder):
    def test_groups_of_a_dimension_add_up_to_everyone(self):
        done = run("winners", "law-2015", "generalisation", "--sample", "0.001", "--replicates", "2", "--from",
                   "2017-01", "--to", "2017-12", "--json")
        self.assertEqual(done.returncode, 0, done.stderr)
        groups = {group["group"]: group for group in json.loads(done.stdout)[0]["groups"]}
        for names in (["flanders", "wallonia", "brussels"], ["cohabitant", "single", "family"],
                      ["first_comer", "paid_before"]):
            people = sum(groups[name]["people"]["mean"] for name in names)
            self.assertAlmostEqual(people / groups["everyone"]["people"]["mean"], 1, places=9)
            for what in ("months", "cents"):
                total = groups["everyone"][what]["difference"]["mean"]
                parts = sum(groups[name][what]["difference"]["mean"] for name in names)
                self.assertAlmostEqual(parts, total, delta=1e-6 * max(1, abs(total)))


    def test_one_replicate_has_no_interval_and_says_so(self):
        done = run("winners", "law-2015", "generalisation", "--sample", "0.001", "--replicates", "1", "--from",
                   "2017-01", "--to", "2017-12")
        self.assertEqual(done.returncode, 0, done.stderr)
        self.assertIn("A single replicate: no interval", done.stdout)
        self.assertNotIn("[", done.stdout)
        self.assertIn("of 589 CPAS", done.stdout)

    def test_a_reform_after_the_period_is_refused(self):
        done = run("winners", "law-2015", "generalisation", "--from", "2010-01", "--to", "2012-12")
        self.assertEqual(done.returncode, 2)
        self.assertIn("changes nothing in the months reported, from 2010-01 to 2012-12; its first change is of 2016-", done.stderr)

    def test_stopped_it_shows_the_replicates_that_are_complete(self):
        process = subprocess.Popen(
            [program_test.PROGRAM, "winners", "law-2015", "generalisation", "--sample", "0.001", "--replicates",
             "1000", "--from", "2017-01", "--to", "2017-12", "--json"],
            stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
        self.addCleanup(process.communicate)
        self.addCleanup(process.kill)
        time.sleep(6)
        process.send_signal(signal.SIGINT)
        shown, told = process.communicate(timeout=120)
        self.assertEqual(process.returncode, 130, told)
        if shown:  # a replicate was complete by then
            (reform,) = json.loads(shown)
            self.assertTrue(reform["interrupted"])
            self.assertGreaterEqual(reform["replicates"], 1)


class Panel(InAFolder):
    def test_a_panel_is_written_and_opens_in_xarray(self):
        file = self.folder / "lives.h5"
        done = run("lives", "law-2015", "--sample", "0.001", "--from", "2013-01", "--to", "2013-12",
                   "--people", "1000", "--out", str(file))
        self.assertEqual(done.returncode, 0, done.stderr)
        import xarray  # of Debian, as in outputs/readers_test.py

        for engine in ("h5netcdf", "netcdf4"):
            with xarray.open_dataset(file, group="lives", engine=engine) as lives:
                self.assertEqual(dict(lives.sizes), {"person": 1000, "month": 12})
                self.assertGreater(int((lives.paid_days > 0).sum()), 0)
                # Drawn by lot over all offices, not the first of the list, in which Flanders stands first.
                self.assertEqual(set(lives.region.values.tolist()), {0, 1, 2})
                self.assertGreater(float(lives.weight.min()), 1)
                # Nobody is paid who is neither on benefit, nor employed, nor leaving, in that month.
                paid_as = lives.entitlement.values[lives.paid_days.values > 0]
                self.assertFalse({0, 1, 2, 6} & set(paid_as.tolist()))
        shown = run("inspect", str(file))
        self.assertEqual(shown.returncode, 0, shown.stderr)
        self.assertIn("simulated lives", shown.stdout)
        self.assertRegex(shown.stdout, r"People +1000\n")
        refused = run("report", str(file))
        self.assertEqual(refused.returncode, 2)
        self.assertIn("tremplin wrote this file, but it is a file of lives", refused.stderr)

    def test_a_file_that_cannot_be_written_is_told_first(self):
        done = run("lives", "law-2015", "--out", str(self.folder / "none" / "lives.h5"))
        self.assertEqual(done.returncode, 2)
        self.assertEqual(run("lives", "law-2015").returncode, 2)


if __name__ == "__main__":
    program_test.PROGRAM = os.path.abspath(sys.argv.pop(1))
    unittest.main()
