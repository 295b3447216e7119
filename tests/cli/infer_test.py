#!/usr/bin/env python3
"""infer as its users meet it: a problem of their own whose answer is known, programs that misbehave, files with
faults, Ctrl-C and --resume.

Usage: infer_test.py PROGRAM [unittest arguments]
"""
import json
import math
import os
import pathlib
import signal
import subprocess
import sys
import time
import unittest

import program_test
from program_test import InAFolder, run

EXAMPLE = pathlib.Path(__file__).resolve().parents[2] / "calibration" / "outside" / "example"

# Shell, since it starts at once: the parameter with a little of the seed, known without error.
SIMULATOR = """read -r header
while read -r run seed x; do
{each}
echo "$run $x"
done
"""
PROBLEM = """title: "One number"
program: {{command: [sh, simulator.sh], timeout: {timeout}}}
parameters: {{x: {{prior: {{normal: [0.0, 1.0]}}}}}}
summaries: {{y: {{value: 1, se: 0.5, likelihood: normal}}}}
"""


class InferCase(InAFolder):
    def problem(self, each="", timeout=30):
        (self.folder / "simulator.sh").write_text(SIMULATOR.format(each=each), encoding="utf-8")
        (self.folder / "problem.yaml").write_text(PROBLEM.format(timeout=timeout), encoding="utf-8")
        return str(self.folder / "problem.yaml")

    def infer(self, problem, *options, out="out.h5"):
        return run("infer", problem, "--out", str(self.folder / out), *options)


class Infer(InferCase):
    def test_the_example_finds_the_exact_posterior_in_a_file_that_xarray_opens(self):
        import numpy as np
        import xarray as xr
        done = self.infer(str(EXAMPLE / "two_means.yaml"), "--budget", "300", "--json")
        self.assertEqual(done.returncode, 0, done.stderr)
        shown = json.loads(done.stdout)
        self.assertEqual((shown["n_simulations"], shown["n_failed"]), (300, 0))
        # mu: prior variance 4, the mean of 25 people has variance 1 / 25: precision 1 / 4 + 25.
        # share: Beta(2, 8) and 30 of 100: Beta(32, 78).
        exact = {"mu": (1.3 * 25 / 25.25, math.sqrt(1 / 25.25)),
                 "share": (32 / 110, math.sqrt(32 * 78 / (110 ** 2 * 111)))}
        with xr.open_dataset(self.folder / "out.h5", group="posterior") as posterior:
            for name, (mean, sd) in exact.items():
                draws = posterior[name].values
                # 300 runs leave the emulators a small part of the posterior's own spread.
                self.assertAlmostEqual(float(np.mean(draws)), mean, delta=0.3 * sd, msg=name)
                self.assertAlmostEqual(float(np.std(draws)) / sd, 1, delta=0.2, msg=name)
        with xr.open_dataset(self.folder / "out.h5", group="observed_data") as observed:
            self.assertEqual(float(observed["figure"].sel(target="share_seen")), 0.3)

    def test_every_method_has_its_say_and_several_programs_give_the_same_bits(self):
        problem = self.problem()
        exact, half = 1 / 1.25, 0.5 * math.sqrt(2 * 1.920729)
        for method in ["smoother", "abc", "point", "profile"]:
            out = f"{method}.h5"
            done = self.infer(problem, "--method", method, "--budget", "240", "--json", "--threads", "1", out=out)
            self.assertEqual(done.returncode, 0, done.stderr)
            shown = json.loads(done.stdout)
            self.assertLessEqual(shown["n_simulations"], 240)
            self.assertAlmostEqual(shown["parameters"][0]["posterior"][1], exact, delta=0.3, msg=method)
            if method == "point":
                fits = {(f["estimate"], f["on"]): f["parameters"]["x"] for f in shown["point_fits"]}
                self.assertAlmostEqual(fits["maximum_a_posteriori", "emulator"], exact, delta=0.01)
                self.assertAlmostEqual(fits["maximum_likelihood", "emulator"], 1, delta=0.01)
                self.assertAlmostEqual(fits["maximum_a_posteriori", "simulator"], exact, delta=0.1)
            if method == "profile":
                profile = shown["profiles"][0]
                self.assertEqual(profile["shape"], "closed")
                self.assertAlmostEqual(profile["low"], 1 - half, delta=0.02)
                self.assertAlmostEqual(profile["high"], 1 + half, delta=0.02)
                again = self.infer(problem, "--method", method, "--budget", "240", "--threads", "2",
                                   out="again.h5")
                self.assertEqual(again.returncode, 0, again.stderr)
                self.assertEqual((self.folder / "again.h5").read_bytes(), (self.folder / out).read_bytes())
                self.assertRegex(again.stdout, r"x .* – 1\.9")

    def test_failed_runs_are_counted_and_told_in_the_users_language(self):
        problem = self.problem('case $run in 7) echo "no memory" >&2; exit 3;; 9) echo "$run"; continue;; '
                               '11) echo "$run failed no solution"; continue;; esac')
        done = self.infer(problem, "--budget", "100", "--lang", "fr")
        self.assertEqual(done.returncode, 0, done.stderr)
        self.assertNotIn("\x1b", done.stderr)
        text = " ".join(done.stdout.split())
        self.assertRegex(text, r"100 simulations, dont \d+ échecs")
        self.assertIn("le programme s’est arrêté (par exemple : exit status 3: no memory)", text)
        self.assertIn("annoncés par le programme (par exemple : no solution)", text)
        self.assertIn("trop ou trop peu de résultats", text)
        journal = (self.folder / "out.runs.csv").read_text(encoding="utf-8").splitlines()
        self.assertEqual(len(journal), 2 + 100)
        failed = [line.split(",")[-1] for line in journal[2:] if line.split(",")[-1]]
        self.assertIn(f"dont {len(failed)} échecs", text)
        # Told again, from the journal alone.
        again = self.infer(problem, "--budget", "100", "--lang", "fr", "--resume")
        self.assertEqual(again.stdout, done.stdout.replace(
            next((line for line in done.stdout.splitlines(True) if "relancé" in line), ""), ""))


class InferMistakes(InferCase):
    def test_all_faults_of_a_file_are_told_with_their_lines(self):
        problem = self.folder / "bad.yaml"
        problem.write_text("program: {command: [sh]}\nparameters:\n  x: {prior: {normal: [0.0, -1.0]}}\n"
                           "summaries:\n  y: {value: 1, likelihood: nromal}\n  z: {valu: 1, likelihood: simulated}\n",
                           encoding="utf-8")
        done = self.infer(str(problem))
        self.assertEqual(done.returncode, 2)
        for words in [":3", ":5", ":6", "normal", "value"]:
            self.assertIn(words, done.stderr)
        self.assertEqual([p.name for p in self.folder.iterdir()], ["bad.yaml"])

    def test_wrong_options_and_programs_that_never_work_leave_nothing_behind(self):
        problem = self.problem()
        for options, word in [(["--method", "emulate"], "emulated"), (["--budget", "5"], "--budget"),
                              (["--method", "abc", "--budget", "150"], "200")]:
            done = self.infer(problem, *options)
            self.assertEqual(done.returncode, 2, done.stderr)
            self.assertIn(word, done.stderr)
        before = sorted(p.name for p in self.folder.iterdir())
        done = self.infer(self.problem("echo hello"))
        self.assertEqual(done.returncode, 2)
        self.assertIn("'hello'", done.stderr)
        self.assertIn("0 y", done.stderr)
        absent = self.folder / "absent.yaml"
        absent.write_text(PROBLEM.format(timeout=1).replace("[sh, ", "[./absent, "), encoding="utf-8")
        done = self.infer(str(absent))
        self.assertEqual(done.returncode, 2)
        self.assertIn("./absent", done.stderr)
        absent.unlink()
        self.assertEqual(sorted(p.name for p in self.folder.iterdir()), before)

    def test_a_journal_is_neither_overwritten_nor_taken_for_another_program(self):
        problem = self.problem()
        self.assertEqual(self.infer(problem, "--budget", "100").returncode, 0)
        journal = (self.folder / "out.runs.csv").read_bytes()
        done = self.infer(problem, "--budget", "100")
        self.assertEqual(done.returncode, 2)
        self.assertIn("--resume", done.stderr)
        with open(self.folder / "simulator.sh", "a", encoding="utf-8") as script:
            script.write("# another program\n")
        self.assertEqual(self.infer(problem, "--budget", "100", "--resume").returncode, 2)
        self.assertEqual((self.folder / "out.runs.csv").read_bytes(), journal)


class InferStops(InferCase):
    def test_a_program_that_stopped_working_takes_nothing_from_the_journal(self):
        problem = self.problem(each="[ ! -e broken ] || exit 3")
        out = ["--out", str(self.folder / "found.h5"), "--json"]
        self.assertEqual(run("infer", problem, "--budget", "100", *out).returncode, 0)
        journal = self.folder / "found.runs.csv"
        before = journal.read_bytes()
        (self.folder / "broken").touch()
        done = run("infer", problem, "--budget", "200", "--resume", *out)
        self.assertEqual(done.returncode, 2, done.stderr)
        self.assertEqual(journal.read_bytes(), before)
        (self.folder / "broken").unlink()
        self.assertEqual(run("infer", problem, "--budget", "200", "--resume", *out).returncode, 0)
        self.assertEqual(journal.read_bytes()[:len(before)], before)

    def test_ctrl_c_kills_the_program_and_resume_ends_with_the_same_bits(self):
        problem = self.problem("[ -e slow ] && [ $run = 30 ] && { echo $$ > pid; sleep 1000; }")
        whole = self.infer(problem, "--budget", "120", "--threads", "1", out="whole.h5")
        self.assertEqual(whole.returncode, 0, whole.stderr)
        for stop, code in [(signal.SIGINT, 130), (signal.SIGKILL, -9)]:
            (self.folder / "slow").touch()
            resumed = ["--resume"] if code < 0 else []
            started = subprocess.Popen(
                [program_test.PROGRAM, "infer", problem, "--budget", "120", "--threads", "2", "--out",
                 str(self.folder / "out.h5"), *resumed],
                stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
            try:
                for _ in range(6000):
                    if (self.folder / "pid").exists() and (self.folder / "pid").read_text(encoding="utf-8").strip():
                        break
                    time.sleep(0.02)
                started.send_signal(stop)
                out, err = started.communicate(timeout=120)
            finally:
                started.kill()
            child = int((self.folder / "pid").read_text(encoding="utf-8"))
            (self.folder / "pid").unlink()
            (self.folder / "slow").unlink()
            self.assertEqual(started.returncode, code, err)
            self.assertEqual(out, "")
            self.assertFalse((self.folder / "out.h5").exists())
            if code == 130:
                self.assertIn("--resume", err)
                with self.assertRaises(ProcessLookupError):
                    os.kill(child, 0)
            else:  # nobody was left to end it
                os.killpg(child, signal.SIGKILL)
        done = self.infer(problem, "--budget", "120", "--threads", "2", "--resume")
        self.assertEqual(done.returncode, 0, done.stderr)
        self.assertIn("Resumed", done.stderr)
        same = [(self.folder / name).read_bytes() for name in ("whole.h5", "out.h5")]
        self.assertEqual(*same)


if __name__ == "__main__":
    program_test.PROGRAM = str(pathlib.Path(sys.argv.pop(1)).resolve())
    unittest.main(verbosity=2)
