#!/usr/bin/env python3
"""verify and rerun: a result is made again from what its file holds, wherever its inputs lay.

Usage: verify_test.py PROGRAM
"""
import hashlib
import json
import pathlib
import subprocess
import sys
import unittest

import h5py

import program_test
from program_test import InAFolder, run

# In the order of the digest (outputs/FORMAT.md).
TABLES = ["tallies/values", "accounts/values", "workload/values", "cohort/paid_days", "offices/values",
          "offices/accounts"]
SMALL = ["--sample", "0.02", "--from", "2016-01", "--to", "2017-12"]


class Verify(InAFolder):
    @classmethod
    def setUpClass(cls):
        cls.tree = pathlib.Path(__file__).resolve().parents[2]

    def result(self, *words, name="law-2015--generalisation.h5"):
        done = run(*words, "--out", "out", cwd=self.folder)
        self.assertEqual(done.returncode, 0, done.stderr)
        return self.folder / "out" / name

    def verified(self, file, *options):
        done = run("verify", str(file), "--json", *options)
        self.assertIn(done.returncode, (0, 1), done.stderr)
        found = json.loads(done.stdout)
        self.assertEqual(done.returncode, 0 if found["same"] else 1)
        return found

    def unsealed(self, file):
        """The same file without its seal, as another program would have written it."""
        content = file.read_bytes()
        file.write_bytes(content[:content.rindex(b"\ntremplin sha256 ")])

    def test_a_part_chosen_by_lot_has_the_same_numbers(self):
        file = self.result("compare", "law-2015", "generalisation", *SMALL, "--replicates", "3")
        found = self.verified(file)
        self.assertEqual(len(found["replicates"]), 2)
        self.assertGreaterEqual(found["cpas"], 5)
        # Two scenarios, two replicates, 24 months: hundreds of counts for each stratum alone.
        self.assertGreater(found["numbers"], 2 * 2 * 24 * 100)
        self.assertEqual(found["different"], 0)
        self.assertEqual(self.verified(file, "--seed", "5"), self.verified(file, "--seed", "5", "--threads", "1"))
        said = run("verify", str(file), "--lang", "fr")
        self.assertIn("Tous sont identiques", said.stdout)

    def test_a_number_that_was_altered_is_found_whatever_hides_it(self):
        file = self.result("compare", "law-2015", "generalisation", *SMALL, "--replicates", "2")
        content = bytearray(file.read_bytes())
        content[len(content) // 2] ^= 1
        (self.folder / "flipped.h5").write_bytes(content)
        done = run("verify", str(self.folder / "flipped.h5"))
        self.assertEqual(done.returncode, 2)
        self.assertIn("flipped.h5", done.stderr)
        # Somebody takes the seal off, writes better figures, and digests that go with them.
        self.unsealed(file)
        with h5py.File(file, "r+") as opened:
            offices = opened["offices/values"]
            offices[1, :, :, :] = offices[1, :, :, :] + 1
            lines = ""
            for name in TABLES:
                values = opened[name][...]
                opened[name].attrs["sha256"] = hashlib.sha256(values.astype("<i8").tobytes()).hexdigest()
                shape = "x".join(map(str, values.shape))
                lines += f"{name} {shape} {opened[name].attrs['sha256']}\n"
            opened.attrs["digest"] = hashlib.sha256(lines.encode()).hexdigest()
        found = self.verified(file)
        self.assertFalse(found["same"])
        self.assertGreater(found["different"], 0)
        self.assertIn("law-2015+generalisation", found["first_differences"][0])

    def test_the_hash_beside_a_result_is_that_of_the_file_an_earlier_one_too(self):
        for seed in ["1", "2"]:
            file = self.result("compare", "law-2015", "generalisation", *SMALL, "--replicates", "1", "--seed", seed)
        for name in [file.name, "law-2015--generalisation.1.h5"]:
            checked = subprocess.run(["sha256sum", "-c", f"{name}.sha256"], cwd=file.parent, check=False,
                                     capture_output=True)
            self.assertEqual(checked.returncode, 0, checked.stdout)

    def test_a_file_is_made_again_byte_for_byte(self):
        file = self.result("compare", "law-2015", "generalisation", *SMALL, "--replicates", "2",
                           "--without", "sanction,threat")
        done = run("rerun", str(file), "--out", str(self.folder / "again"))
        self.assertEqual(done.returncode, 0, done.stderr + done.stdout)
        self.assertEqual((self.folder / "again" / file.name).read_bytes(), file.read_bytes())
        over_itself = run("rerun", str(file), "--out", str(file.parent))
        self.assertEqual(over_itself.returncode, 2)
        self.assertIn("--out", over_itself.stderr)

    def test_a_reform_of_ones_own_need_not_be_there_any_more(self):
        folder = self.folder / "my own folder"
        folder.mkdir()
        text = (self.tree / "scenarios/reforms/generalisation.yaml").read_text(encoding="utf-8")
        own = folder / "my-reform.yaml"
        own.write_text(text.replace("name: generalisation", "name: my-reform"), encoding="utf-8")
        file = self.result("compare", "law-2015", str(own), *SMALL, "--replicates", "1",
                           name="law-2015--my-reform.h5")
        own.unlink()
        self.assertTrue(self.verified(file)["same"])
        done = run("rerun", str(file), "--out", str(self.folder / "again"))
        self.assertEqual(done.returncode, 0, done.stderr + done.stdout)

    def test_an_office_of_ones_own_is_verified_too(self):
        text = run("cpas", "new").stdout
        (self.folder / "mine.yaml").write_text(text, encoding="utf-8")
        file = self.result("cpas", "run", "mine.yaml", "generalisation", "--replicates", "3", "--from",
                           "2016-01", "--to", "2017-12", name="mine--law-2015--generalisation.h5")
        found = self.verified(file)
        self.assertTrue(found["same"])
        self.assertEqual(found["cpas"], 1)
        done = run("rerun", str(file), "--out", str(self.folder / "again"))
        self.assertEqual(done.returncode, 0, done.stderr + done.stdout)

    def test_a_command_that_makes_no_result_is_refused_and_no_input_is_left_behind(self):
        file = self.result("compare", "law-2015", "generalisation", *SMALL, "--replicates", "1")
        self.unsealed(file)
        content = file.read_bytes()
        for command in ["./tremplin law dump", "./tremplin no such thing", ""]:
            file.write_bytes(content)
            with h5py.File(file, "r+") as opened:
                opened.attrs["command"] = command
            for verb in [["verify"], ["rerun", "--out", str(self.folder / "again")]]:
                done = run(*verb, str(file), TMPDIR=str(self.folder))
                self.assertEqual(done.returncode, 2, done.stderr)
        self.assertEqual(list(self.folder.glob("tremplin-again-*")), [])

    def test_other_files_are_refused(self):
        (self.folder / "text.h5").write_text("no result", encoding="utf-8")
        for command in ["verify", "rerun"]:
            done = run(command, str(self.folder / "text.h5"))
            self.assertEqual(done.returncode, 2)
            self.assertIn("text.h5", done.stderr)


if __name__ == "__main__":
    program_test.PROGRAM = sys.argv.pop(1)
    unittest.main(verbosity=2)
