#!/usr/bin/env python3
"""What setting up says while it builds: one line for each stage, on standard error, in the user's language."""
import os
import pathlib
import subprocess
import tempfile
import unittest

SETUP = pathlib.Path(__file__).resolve().parents[2] / "tools" / "setup.sh"

# In place of cmake: configures by making build.ninja; `-n` answers as ninja does.
CMAKE = """#!/bin/sh
case "$*" in
  *" -n") cat answer ;;
  --build*) echo compiled; [ ! -e broken ] || { echo 'x.cpp:1: error: no'; exit 1; } ;;
  *) mkdir -p build/release; : > build/release/build.ninja ;;
esac
"""


class Stages(unittest.TestCase):
    def setUp(self):
        self.temporary = tempfile.TemporaryDirectory(prefix="tremplin setup ")
        self.addCleanup(self.temporary.cleanup)
        self.root = pathlib.Path(self.temporary.name)
        (self.root / "bin").mkdir()
        cmake = self.root / "bin" / "cmake"
        cmake.write_text(CMAKE, encoding="utf-8")
        cmake.chmod(0o755)

    def build(self, answer, **variables):
        """What is said when ninja answers thus to a dry run."""
        (self.root / "answer").write_text(answer, encoding="utf-8")
        env = {"PATH": f"{self.root / 'bin'}:{os.environ['PATH']}", "LANG": "C", "root": str(self.root), **variables}
        script = f"set -euo pipefail; . '{SETUP}'; build_jobs() {{ echo 2; }}; build_preset release"
        done = subprocess.run(["bash", "-c", script], env=env, capture_output=True, text=True, check=False)
        self.assertEqual(done.stdout, "")
        self.code = done.returncode
        return done.stderr.splitlines()

    def test_the_first_build_says_how_many_files_and_how_long(self):
        told = self.build("[1/136] a\n[136/136] b\n")
        # 136 files at about five seconds, two at a time: 340 seconds.
        self.assertEqual(told, ["Configuring…", "Building 136 files, 2 at a time; about 6 min…"])

    def test_it_speaks_the_language_of_the_user(self):
        self.assertEqual(self.build("[136/136] b\n", language="fr"),
                         ["Configuration…", "Compilation de 136 fichiers, 2 à la fois ; environ 6 min…"])

    def test_a_build_that_has_nothing_to_do_is_silent_and_so_is_a_quiet_one(self):
        self.build("[136/136] b\n")
        self.assertEqual(self.build("ninja: no work to do.\n"), [])
        self.assertEqual(self.build("[3/3] b\n", quiet="yes"), [])
        self.assertEqual(self.build("[0/1] Re-running CMake...\n"), ["Building…"])

    def test_a_build_that_fails_says_so_even_when_quiet(self):
        (self.root / "broken").touch()
        told = self.build("[3/3] b\n", quiet="yes")
        self.assertEqual(self.code, 1)
        self.assertIn("error: no", told[0])
        self.assertIn("build.log", told[-1])


if __name__ == "__main__":
    unittest.main()
