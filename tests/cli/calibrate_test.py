#!/usr/bin/env python3
"""calibrate as its users meet it: what it refuses, and that nothing is lost. What it finds is tested on
problems whose answer is known (tests/calibration/model).

Usage: calibrate_test.py PROGRAM [unittest arguments]
"""
import pathlib
import signal
import subprocess
import sys
import time
import unittest

import program_test
from program_test import InAFolder, run


class Calibrate(InAFolder):
    def test_mistakes_are_told_before_anything_is_simulated(self):
        done = run("calibrate", "--budget", "5", "--checks", "1", "--sample", "2", "--out",
                   str(self.folder / "new"))
        self.assertEqual(done.returncode, 2)
        for option in ["--budget", "--checks", "--sample"]:
            self.assertIn(option, done.stderr)
        self.assertFalse((self.folder / "new").exists())

    def test_a_journal_of_another_kind_or_another_search_is_refused(self):
        journal = self.folder / "posterior.runs.csv"
        journal.write_text("cpas,region\n1,brussels\n", encoding="utf-8")
        before = journal.read_bytes()
        out = ["--out", str(self.folder)]
        done = run("calibrate", *out)
        self.assertEqual(done.returncode, 2)
        self.assertIn("--resume", done.stderr)
        self.assertEqual(run("calibrate", "--resume", *out).returncode, 2)
        journal.write_text("# tremplin-journal 1 abc\nseed,row\n", encoding="utf-8")
        done = run("calibrate", "--resume", *out)
        self.assertEqual(done.returncode, 2)
        self.assertIn("abc", done.stderr)
        journal.write_bytes(before)
        run("calibrate", "--resume", *out)
        self.assertEqual(journal.read_bytes(), before)

    def stopped(self, *options):
        """Ctrl-C as soon as a run is in the journal; how many were."""
        journal = self.folder / "posterior.runs.csv"
        n_before = len(journal.read_text(encoding="utf-8").splitlines()) if journal.exists() else 2
        started = subprocess.Popen([program_test.PROGRAM, "calibrate", "--sample", "0.01", "--out",
                                    str(self.folder), *options], stdout=subprocess.PIPE,
                                   stderr=subprocess.PIPE, text=True)
        try:
            for _ in range(6000):
                if journal.exists() and len(journal.read_text(encoding="utf-8").splitlines()) > n_before:
                    break
                time.sleep(0.05)
            started.send_signal(signal.SIGINT)
            out, err = started.communicate(timeout=300)
        finally:
            started.kill()
        self.assertEqual(started.returncode, 130, err)
        self.assertEqual(out, "")
        self.assertIn("--resume", err)
        lines = journal.read_text(encoding="utf-8").splitlines()
        self.assertGreater(len(lines), n_before)
        self.assertEqual(sorted(p.name for p in self.folder.iterdir()), [journal.name])
        return lines

    def test_ctrl_c_keeps_the_runs_and_resume_goes_on(self):
        first = self.stopped()
        second = self.stopped("--resume")
        self.assertEqual(second[:len(first)], first)
        keys = [line.split(",")[:2] for line in second[2:]]
        self.assertEqual([row for _, row in keys], [str(i) for i in range(len(keys))])


if __name__ == "__main__":
    program_test.PROGRAM = str(pathlib.Path(sys.argv.pop(1)).resolve())
    unittest.main(verbosity=2)
