#!/usr/bin/env python3
"""Several processes of Open MPI share a calibration: the journal holds the same runs, with the same bits, as
that of one process, and Ctrl-C stops them all.

Usage: mpi_test.py PROGRAM PROGRAM_FOR_MPI
"""
import os
import pathlib
import shutil
import signal
import subprocess
import sys
import tempfile
import time
import unittest

PROGRAM, FOR_MPI = (str(pathlib.Path(word).resolve()) for word in sys.argv[1:3])
SEARCH = ["calibrate", "--sample", "0.01"]
LAUNCHER = ["mpirun", "--oversubscribe", "--bind-to", "none", "-n", "2"]


class Mpi(unittest.TestCase):
    def setUp(self):
        self.temporary = tempfile.TemporaryDirectory(prefix="tremplin-mpi-")
        self.addCleanup(self.temporary.cleanup)
        self.folder = pathlib.Path(self.temporary.name)
        self.environment = {**os.environ, "LANG": "C.UTF-8", "TMPDIR": "/tmp"}
        if os.geteuid() == 0:
            self.environment.update({"OMPI_ALLOW_RUN_AS_ROOT": "1", "OMPI_ALLOW_RUN_AS_ROOT_CONFIRM": "1"})
        if shutil.which("ssh") is None:
            self.environment["OMPI_MCA_plm"] = "isolated"

    def journal_of(self, words, name, n_runs):
        """The lines of the journal once it holds so many runs and the search was told to stop."""
        out = self.folder / name
        journal = out / "posterior.runs.csv"
        started = subprocess.Popen([*words, *SEARCH, "--out", str(out)], env=self.environment,
                                   stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
        try:
            for _ in range(12000):
                if journal.exists() and len(journal.read_text(encoding="utf-8").splitlines()) >= 2 + n_runs:
                    break
                self.assertIsNone(started.poll(), started.stdout.read() if started.poll() is not None else "")
                time.sleep(0.05)
            started.send_signal(signal.SIGINT)
            said, _ = started.communicate(timeout=300)
        finally:
            started.kill()
        self.assertNotEqual(started.returncode, 0, said)
        self.assertFalse((out / "posterior.h5").exists())
        return journal.read_text(encoding="utf-8").splitlines()

    def test_two_processes_write_the_runs_of_one(self):
        alone = self.journal_of([PROGRAM], "alone", 4)
        shared = self.journal_of([*LAUNCHER, FOR_MPI], "shared", 4)
        self.assertEqual(shared[:6], alone[:6])

    def test_other_commands_are_run_once(self):
        done = subprocess.run([*LAUNCHER, FOR_MPI, "scenario", "list"], env=self.environment,
                              capture_output=True, text=True, check=False)
        self.assertEqual(done.returncode, 0, done.stderr)
        self.assertEqual(done.stdout.count("law-2015 "), subprocess.run(
            [PROGRAM, "scenario", "list"], env=self.environment, capture_output=True, text=True,
            check=True).stdout.count("law-2015 "))

    def test_a_mistake_ends_all_processes_with_its_code(self):
        done = subprocess.run([*LAUNCHER, FOR_MPI, "calibrate", "--budget", "3"], env=self.environment,
                              capture_output=True, text=True, check=False, timeout=120)
        self.assertEqual(done.returncode, 2, done.stderr)
        self.assertEqual(done.stderr.count("--budget"), 1)


if __name__ == "__main__":
    unittest.main(argv=sys.argv[:1], verbosity=2)
