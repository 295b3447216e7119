#!/usr/bin/env python3
"""Snapshots as their users meet them: the same bits, refusals that say what differs, Ctrl-C.

Usage: snapshot_test.py PROGRAM [unittest arguments]
"""
import os
import signal
import subprocess
import sys
import time
import unittest

import program_test
from program_test import COMPARE, SMALL, InAFolder, run


class Snapshots(InAFolder):
    def snapshot(self, *options):
        done = run("snapshot", "law-2015", "--at", "2016-11", *SMALL, "--replicates", "2", "--out", str(self.folder),
                   *options)
        self.assertEqual(done.returncode, 0, done.stderr)
        file = self.folder / "law-2015--2016-11.snapshot.h5"
        self.assertIn(str(file), done.stderr)
        self.assertEqual([p.name for p in self.folder.iterdir()], [file.name])
        return file

    def digest_of(self, *arguments):
        out = self.folder / f"run {len(list(self.folder.iterdir()))}"
        done = run("compare", "law-2015", "generalisation", "case-by-case", *SMALL, "--out", str(out), *arguments)
        self.assertEqual(done.returncode, 0, done.stderr)
        return run("inspect", str(next(out.glob("*.h5"))), "--digest").stdout

    def test_scenarios_that_go_on_from_one_give_the_bits_of_a_run_from_the_start(self):
        file = self.snapshot()
        unforked = self.digest_of("--replicates", "2")
        self.assertEqual(self.digest_of("--snapshot", str(file)), unforked)
        self.assertEqual(self.digest_of("--snapshot", str(file), "--threads", "1"), unforked)
        self.assertEqual(self.digest_of("--snapshot", str(file), "--replicates", "1"),
                         self.digest_of("--replicates", "1"))

    def refused(self, *arguments, lang="en"):
        out = self.folder / "refused"
        done = run("compare", "law-2015", *arguments, "--out", str(out), "--lang", lang)
        self.assertEqual(done.returncode, 2, done.stdout + done.stderr)
        self.assertFalse(out.exists())
        return done.stderr

    def test_one_of_another_past_is_refused_with_what_differs(self):
        file = ["--snapshot", str(self.snapshot())]
        told = set()
        for lang in ("fr", "nl", "en"):
            message = self.refused("generalisation", *SMALL, *file, "--seed", "7", lang=lang)
            self.assertIn("--seed", message)
            told.add(message)
        self.assertEqual(len(told), 3)
        self.assertIn("--to", self.refused("generalisation", *SMALL, "--to", "2018-12", *file))
        self.assertIn("Give --sample 0.02", self.refused("generalisation", *SMALL, "--sample", "0.03", *file))
        self.assertIn("--fixed-parameters", self.refused("generalisation", *SMALL, "--fixed-parameters", *file))
        self.assertIn("1 .. 2", self.refused("generalisation", *SMALL, *file, "--replicates", "3"))

    def test_a_reform_of_months_before_it_is_refused(self):
        file = ["--snapshot", str(self.snapshot())]
        for lang in ("fr", "nl", "en"):
            message = self.refused("spi-three-years", *SMALL, *file, lang=lang)
            for word in ("spi-three-years", "2014-10", "2016-11"):
                self.assertIn(word, message)

    def test_results_are_no_snapshots_and_snapshots_no_results(self):
        file = self.snapshot()
        shown = run("inspect", str(file))
        self.assertEqual(shown.returncode, 0, shown.stderr)
        self.assertIn("snapshot: the common past", shown.stdout)
        self.assertIn("Simulated until     2016-11", shown.stdout)
        self.assertIn("it is a snapshot", run("report", str(file)).stderr)
        self.digest_of("--replicates", "1")
        result = next(self.folder.glob("*/*.h5"))
        self.refused("generalisation", *SMALL, "--snapshot", str(result))

    def test_its_month_is_asked_and_checked(self):
        for arguments in ([], ["--at", "2016"], ["--at", "1980-01"], ["--at", "2018-02", "--to", "2017-12"]):
            done = run("snapshot", "law-2015", *arguments, "--out", str(self.folder / "out"))
            self.assertEqual(done.returncode, 2, done.stderr)
            self.assertIn("--at", done.stderr)
        self.assertEqual(list(self.folder.iterdir()), [])

    def test_stopping_leaves_a_whole_snapshot_or_none(self):
        process = subprocess.Popen([program_test.PROGRAM, "snapshot", "law-2015", "--at", "2016-11", *SMALL,
                                    "--replicates", "1000", "--out", str(self.folder)],
                                   stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
        self.addCleanup(process.communicate)
        self.addCleanup(process.kill)
        time.sleep(4)
        process.send_signal(signal.SIGINT)
        _, told = process.communicate(timeout=120)
        self.assertEqual(process.returncode, 130, told)
        self.assertEqual(list(self.folder.glob("*.part")), [])
        for file in self.folder.glob("*.snapshot.h5"):
            done = run(*COMPARE, "--snapshot", str(file), "--replicates", "1", "--out", str(self.folder / "out"))
            self.assertEqual(done.returncode, 0, done.stderr)


if __name__ == "__main__":
    program_test.PROGRAM = os.path.abspath(sys.argv.pop(1))
    unittest.main()
