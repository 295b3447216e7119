#!/usr/bin/env python3
"""The program as its users meet it: exit codes, files, languages, Ctrl-C, and the same bits everywhere.

Usage: program_test.py PROGRAM [unittest arguments]
"""
import json
import os
import pathlib
import signal
import subprocess
import sys
import tempfile
import time
import unittest

PROGRAM = ""
SMALL = ["--sample", "0.02", "--from", "2013-01", "--to", "2017-12"]
COMPARE = ["compare", "law-2015", "generalisation", *SMALL]


def run(*arguments, cwd=None, **environment):
    """The program's exit code, output and messages; English unless the environment says otherwise."""
    env = {k: v for k, v in os.environ.items() if k not in ("LC_ALL", "LC_MESSAGES", "TREMPLIN_HOME")}
    env.update({"LANG": "C.UTF-8", **environment})
    return subprocess.run([PROGRAM, *arguments], capture_output=True, text=True, env=env, cwd=cwd, check=False)


# As if the processor had neither AVX2 nor FMA: glibc then takes other variants of exp, log and the like.
# The second spelling is that of glibc before 2.33.
MASK = "glibc.cpu.hwcaps=-AVX2,-FMA,-FMA4,-AVX512F,-AVX2_Usable,-FMA_Usable"

# Fingerprint of the last bits of the C library's exp, as Python calls it.
FINGERPRINT_OF_EXP = """
import hashlib, math, struct
values = (math.exp(i * 1e-4) for i in range(100_000))
print(hashlib.sha256(b"".join(struct.pack("<d", value) for value in values)).hexdigest())
"""


def fingerprint_of_exp(**environment):
    env = {k: v for k, v in os.environ.items() if k != "GLIBC_TUNABLES"}
    done = subprocess.run([sys.executable, "-c", FINGERPRINT_OF_EXP], capture_output=True, text=True,
                          env={**env, **environment}, check=True)
    return done.stdout.strip()


def processor_has_fma():
    try:
        return " fma " in pathlib.Path("/proc/cpuinfo").read_text(encoding="utf-8")
    except OSError:
        return False


class InAFolder(unittest.TestCase):
    def setUp(self):
        self.temporary = tempfile.TemporaryDirectory(prefix="tremplin test ")
        self.folder = pathlib.Path(self.temporary.name)
        self.addCleanup(self.temporary.cleanup)

    def digest_after(self, *options, **environment):
        out = self.folder / f"run {len(list(self.folder.iterdir()))}"
        done = run(*COMPARE, "--replicates", "1", "--out", str(out), *options, **environment)
        self.assertEqual(done.returncode, 0, done.stderr)
        shown = run("inspect", str(out / "law-2015--generalisation.h5"), "--digest")
        self.assertEqual(shown.returncode, 0, shown.stderr)
        return shown.stdout.strip()


class Compare(InAFolder):
    def test_writes_results_and_report_and_prints_json_alone(self):
        done = run(*COMPARE, "--replicates", "2", "--json", cwd=self.folder)
        self.assertEqual(done.returncode, 0, done.stderr)
        self.assertIsInstance(json.loads(done.stdout), dict)
        names = sorted(p.name for p in (self.folder / "results").iterdir())
        result = "law-2015--generalisation.h5"
        self.assertEqual(names, [result, f"{result}.sha256", "law-2015--generalisation.html", "report.html"])
        same = [(self.folder / "results" / name).read_bytes() for name in names[2:]]
        self.assertEqual(same[0], same[1])
        self.assertIn("report.html", done.stderr)
        self.assertNotIn("\x1b", done.stderr)  # no progress without a terminal

    def test_several_reforms_are_each_compared_with_the_base(self):
        done = run("compare", "law-2015", "generalisation", "case-by-case", *SMALL, "--replicates", "2",
                   "--out", str(self.folder))
        self.assertEqual(done.returncode, 0, done.stderr)
        stem = "law-2015--generalisation--case-by-case"
        reports = [f"{stem}.generalisation.html", f"{stem}.case-by-case.html"]
        names = sorted(p.name for p in self.folder.iterdir())
        self.assertEqual(names, sorted([f"{stem}.h5", f"{stem}.h5.sha256", *reports, "report.html"]))
        for report in reports:  # the latest report leads to both
            self.assertIn(f'href="./{report}"', (self.folder / "report.html").read_text(encoding="utf-8"))

    def test_a_result_of_other_settings_is_kept(self):
        def compare(*options):
            done = run(*COMPARE, "--replicates", "1", "--out", str(self.folder), *options)
            self.assertEqual(done.returncode, 0, done.stderr)
            return done.stderr

        def digest(name):
            return run("inspect", str(self.folder / name), "--digest").stdout

        self.assertNotIn(".1.h5", compare())
        first = digest("law-2015--generalisation.h5")
        # The same numbers by another command: nothing to keep.
        self.assertNotIn(".1.h5", compare("--seed", "1", "--threads", "1"))
        self.assertIn("law-2015--generalisation.1.h5", compare("--seed", "2"))
        self.assertEqual(digest("law-2015--generalisation.1.h5"), first)
        self.assertNotEqual(digest("law-2015--generalisation.h5"), first)
        self.assertTrue((self.folder / "law-2015--generalisation.1.html").exists())

    def test_a_base_alone_runs_and_its_sample_is_told_everywhere(self):
        done = run("run", "law-2015", *SMALL, "--replicates", "1", "--out", str(self.folder))
        self.assertEqual(done.returncode, 0, done.stderr)
        file = self.folder / "law-2015.h5"
        report = (self.folder / "law-2015.html").read_text(encoding="utf-8")
        shown, targets = (run(command, str(file)).stdout for command in ("inspect", "targets"))
        for text in (done.stdout, report, shown, targets):
            self.assertRegex(text, r"\d+ of 589 CPAS")
            self.assertRegex(text.replace("\n", " "), r"do(es)? not\s+hold\s+what\s+another\s+sample")

    def test_report_and_targets_work_from_the_file(self):
        self.digest_after()
        file = next(self.folder.glob("*/*.h5"))
        again = self.folder / "again"
        done = run("report", str(file), "--out", str(again), "--lang", "nl")
        self.assertEqual(done.returncode, 0, done.stderr)
        self.assertIn('lang="nl"', (again / "report.html").read_text(encoding="utf-8"))
        done = run("report", str(file), "--lang", "fr")
        self.assertEqual(done.returncode, 0, done.stderr)
        self.assertIn('lang="fr"', file.with_suffix(".fr.html").read_text(encoding="utf-8"))  # beside the file
        self.assertIn(".fr.html", done.stderr)
        self.assertIn('lang="en"', file.with_suffix(".html").read_text(encoding="utf-8"))  # that of the comparison
        done = run("targets", str(file), "--json")
        self.assertEqual(done.returncode, 0, done.stderr)
        themes = [target["theme"] for target in json.loads(done.stdout)]
        self.assertIn("duration", themes)
        self.assertIn("\nTime on benefit\n", run("targets", str(file), "--all").stdout)
        for lang in ("fr", "nl", "en"):
            shown, whole = (run("targets", str(file), *all, "--lang", lang).stdout for all in ((), ("--all",)))
            self.assertGreaterEqual(len(whole.splitlines()), len(shown.splitlines()))
            for line in (shown + whole).splitlines():
                self.assertLessEqual(len(line), 100, line)


    def test_effects_switched_off_are_told_and_change_results(self):
        told = {}
        for effects in ("", "all"):
            out = self.folder / (effects or "none")
            done = run(*COMPARE, "--replicates", "1", "--json", "--out", str(out),
                       *(["--without", effects] if effects else []))
            self.assertEqual(done.returncode, 0, done.stderr)
            told[effects] = json.loads(done.stdout)
            shown = run("report", str(out / "law-2015--generalisation.h5"), "--out", str(out / "again"))
            self.assertEqual(shown.returncode, 0, shown.stderr)
            page = next((out / "again").glob("*.html")).read_text(encoding="utf-8")
            self.assertEqual("effects of sanctions" in page, effects == "all")
            self.assertEqual("--without all" in page, effects == "all")
        self.assertNotEqual(told[""], told["all"])


class SameBits(InAFolder):
    def test_threads_and_processor_do_not_move_results(self):
        reference = self.digest_after("--threads", "1")
        self.assertRegex(reference, r"^[0-9a-f]{64}$")
        self.assertEqual(self.digest_after("--threads", "2"), reference)
        self.assertEqual(self.digest_after("--threads", "2", GLIBC_TUNABLES=MASK), reference)

    def test_control_the_mask_moves_the_last_bits_of_the_c_library(self):
        if not processor_has_fma():
            self.skipTest("no FMA here: the mask changes nothing, so this machine shows nothing about processors")
        self.assertEqual(fingerprint_of_exp(), fingerprint_of_exp())
        self.assertNotEqual(fingerprint_of_exp(GLIBC_TUNABLES=MASK), fingerprint_of_exp())

    def test_another_seed_gives_other_results(self):
        self.assertNotEqual(self.digest_after("--seed", "2"), self.digest_after())


class Mistakes(InAFolder):
    def assert_refused(self, arguments, *words, lang="en"):
        out = self.folder / "out"
        done = run(*arguments, "--lang", lang, cwd=self.folder)
        self.assertEqual(done.returncode, 2, done.stdout + done.stderr)
        self.assertEqual(done.stdout, "")
        self.assertFalse(out.exists())
        for word in words:
            self.assertIn(word, done.stderr)
        return done.stderr

    def test_an_unknown_scenario_names_the_nearest_and_writes_nothing(self):
        for lang in ("fr", "nl", "en"):
            self.assert_refused(["compare", "law-2015", "generalization", "--out", "out"],
                                "generalization", "generalisation", lang=lang)

    def test_a_reform_after_the_period_is_refused_before_the_simulation(self):
        folder = self.folder / "none"
        late = run("compare", "law-2015", "generalisation", "--sample", "0.02", "--replicates", "1",
                   "--from", "2010-01", "--to", "2012-12", "--out", str(folder))
        self.assertEqual(late.returncode, 2, late.stderr)
        self.assertIn("changes nothing in the months reported, from 2010-01 to 2012-12", late.stderr)
        self.assertFalse(folder.exists())

    def test_a_reform_that_equals_the_base_is_told_apart_from_one_that_starts_later(self):
        cancels = self.assert_refused(["compare", "law-2015", "strict-exemptions+broad-exemptions", "--out", "out"],
                                      "equals the base")
        self.assertNotIn("--to", cancels)
        self.assert_refused(["compare", "law-current", "piis-bands-2028", "--out", "out"],
                            "its first change is of 2028-", "--to")

    def test_an_unknown_command_and_option_name_the_nearest(self):
        self.assert_refused(["compar", "law-2015", "generalisation"], "compare")
        self.assert_refused(["compare", "law-2015", "generalisation", "--replicate-count", "3"], "--replicate-count")

    def test_every_bad_value_is_told(self):
        self.assert_refused(["compare", "law-2015", "generalisation", "--replicates", "none", "--seed", "x",
                             "--to", "2020-99", "--out", "out"], "--replicates", "--seed", "--to")

    def test_an_unknown_effect_names_those_there_are(self):
        self.assert_refused(["compare", "law-2015", "generalisation", "--without", "sanctoin,contract", "--out", "out"],
                            "--without", "sanctoin", "sanction", "disregard")

    def test_a_wrong_language_hides_nothing_else(self):
        done = run("compare", "law-2015", "generalizaton", "--lang", "xx", "--replicates", "0", "--from", "1980-01",
                   "--out", str(self.folder / "out"))
        self.assertEqual(done.returncode, 2)
        for word in ("--lang", "xx", "--replicates", "--from", "1993-01", "generalizaton", "generalisation"):
            self.assertIn(word, done.stderr)
        self.assertIn("NAME", run("scenario", "show", "--lang", "xx").stderr)

    def test_an_end_before_the_start_names_the_option_that_it_contradicts(self):
        self.assert_refused(["compare", "law-2015", "generalisation", "--from", "2015-01", "--to", "2013-01"],
                            ">= 2015-01 (--from)")

    def test_one_reform_twice_or_a_base_for_a_reform_is_told_once(self):
        for reforms in (["no-sanctions", "no-sanctions"], ["no-sanctions+no-sanctions"],
                        ["no-sanctions+spi-three-years", "spi-three-years+no-sanctions"]):
            told = self.assert_refused(["compare", "law-2015", *reforms], "each reform once")
            self.assertEqual(len(told.splitlines()), 1, told)
        told = self.assert_refused(["compare", "no-sanctions", "law-2015"], "a base, law-2015", "a reform, gener")
        self.assertEqual(len(told.splitlines()), 2, told)
        own = self.folder / "no-sanctions.yaml"
        own.write_text("name: no-sanctions\n", encoding="utf-8")
        self.assert_refused(["compare", "law-2015", f"no-sanctions+{own}"], "a file name of its own")

    def test_every_scenario_that_is_to_be_checked_is_checked(self):
        latin = self.folder / "latin.yaml"
        latin.write_bytes("name: latin\ntitle: r\u00e9forme\n".encode("latin-1"))
        own = self.folder / "mine.yaml"
        own.write_text("name: mine\nchanges:\n  - {path: sanction/max_months, op: set, value: 90}\n",
                       encoding="utf-8")
        done = run("scenario", "check", str(latin), "no-sanctions", str(own), "no-sanctions+spi-three-years")
        self.assertEqual(done.returncode, 2)
        self.assertEqual(done.stdout, "no-sanctions: valid\nno-sanctions+spi-three-years: valid\n")
        self.assertIn("latin.yaml:2:9", done.stderr)
        self.assertIn("0 .. 12 months", done.stderr)

    def test_a_folder_that_cannot_be_written_is_told_before_the_simulation(self):
        blocked = self.folder / "a file"
        blocked.write_text("", encoding="utf-8")
        start = time.monotonic()
        self.assert_refused(["compare", "law-2015", "generalisation", "--replicates", "1000", "--out",
                             str(blocked / "out")], "a file")
        self.assertLess(time.monotonic() - start, 20)

    def test_a_foreign_file_is_no_result(self):
        foreign = self.folder / "foreign.h5"
        foreign.write_text("not a result", encoding="utf-8")
        for command in ("inspect", "targets", "report"):
            self.assert_refused([command, str(foreign)], "foreign.h5")

    def test_a_scenario_of_ones_own_is_checked_line_by_line(self):
        own = self.folder / "mine.yaml"
        own.write_text("kind: reform\nname: mine\nfrom: 2016-13\n", encoding="utf-8")
        told = self.assert_refused(["scenario", "check", str(own)], "mine.yaml:3", "2016-13")
        self.assertGreater(len(told.splitlines()), 1)  # what is missing is told too


    def test_a_folder_is_no_scenario(self):
        self.assert_refused(["scenario", "check", str(self.folder) + "/"], "it is a folder")

    def test_a_reform_of_ones_own_needs_one_language(self):
        own = self.folder / "mine.yaml"
        own.write_text("kind: reform\nname: mine\ntitle: {nl: Titel}\nsummary: {nl: Kort}\n"
                       "must_believe: {nl: Veel}\nauthors: [ik]\nreferences: [r]\nfrom: 2016-01\nchanges:\n"
                       "  - {path: sanction/allowed, op: set, value: 0, reference: r}\n", encoding="utf-8")
        self.assertEqual(run("scenario", "check", str(own)).returncode, 0)
        self.assertIn("Titel", run("scenario", "show", str(own), "--lang", "fr").stdout)


class Questions(unittest.TestCase):
    def test_scenarios_are_listed(self):
        listed = json.loads(run("scenario", "list", "--json").stdout)
        names = {scenario["name"] for scenario in listed}
        self.assertLessEqual({"law-2015", "generalisation", "case-by-case"}, names)

    def test_lists_and_scenarios_fit_a_hundred_columns(self):
        for lang in ("fr", "nl", "en"):
            for question in (["scenario", "list"], ["scenario", "show", "generalisation+harmonised-exemptions"]):
                for line in run(*question, "--lang", lang).stdout.splitlines():
                    self.assertLessEqual(len(line), 100, line)

    def test_every_scenario_of_the_library_is_valid_and_shown_in_three_languages(self):
        for scenario in json.loads(run("scenario", "list", "--json").stdout):
            with self.subTest(scenario["name"]):
                self.assertEqual(run("scenario", "check", scenario["name"]).returncode, 0)
                for lang in ("fr", "nl", "en"):
                    shown = run("scenario", "show", scenario["name"], "--lang", lang)
                    self.assertEqual(shown.returncode, 0, shown.stderr)
                    self.assertIn(scenario["title"][lang], shown.stdout)

    def test_the_law_is_shown_with_its_source(self):
        # 004:1535-1564: amounts of 1 September 2013.
        done = run("law", "show", "ris/amount/single", "--at", "2013-10-15")
        self.assertEqual(done.returncode, 0, done.stderr)
        self.assertIn("817.36", done.stdout)
        self.assertIn("817,36", run("law", "show", "ris/amount/single", "--at", "2013-10-15", "--lang", "fr").stdout)

    def test_a_path_of_the_law_shows_all_below_it(self):
        shown = run("law", "show", "ris/amount/", "--at", "2013-10-15").stdout
        for child in ("cohabitant = 544.91", "single = 817.36", "family = 1,089.82"):  # 004:1535-1564
            self.assertIn("ris/amount/" + child, shown)
        self.assertEqual(len(json.loads(run("law", "show", "ris", "--at", "2013-10", "--json").stdout)), 6)
        self.assertIn("ris/amount", run("law", "show", "ris/amout", "--at", "2013-10").stderr)
        both = run("law", "show", "ris/amout", "--at", "2013-13").stderr
        self.assertIn("ris/amount", both)
        self.assertIn("2013-13", both)

    def test_the_law_of_today_is_shown_and_said_where_no_day_is_given(self):
        for command in (["show", "ris/amount/single"], ["dump"]):
            done = run("law", *command)
            self.assertEqual(done.returncode, 0, done.stderr)
            self.assertRegex(done.stdout, r"^The law of today, 20\d\d-\d\d-\d\d \(--at")

    def test_no_english_stands_in_french_and_dutch_answers(self):
        questions = (["law", "show", "piis/scope/exempted_from_work", "--at", "2013-10-15"],
                     ["scenario", "show", "generalisation"], ["scenario", "show", "law-2015"])
        english = (" yes", " no)", "years", "people", "source:", "law]", "assumed", "until", "from ")
        for question in questions:
            for lang in ("fr", "nl"):
                own = [line for line in run(*question, "--lang", lang).stdout.splitlines()
                       if not line.startswith("    ") and "source :" not in line and "bron:" not in line]
                for word in english:
                    self.assertNotIn(word, "\n".join(own), question)

    def test_the_whole_law_is_dumped(self):
        for lang, heading in (("fr", "levier"), ("nl", "hefboom"), ("en", "lever")):
            done = run("law", "dump", "--at", "2013-10-15", "--lang", lang)
            self.assertTrue(done.stdout.startswith(heading), done.stdout[:80])
        done = run("law", "dump", "--at", "2013-10-15", "--json")
        self.assertGreater(len(json.loads(done.stdout)["levers"]), 50)

    def test_help_and_version_need_no_data(self):
        self.assertEqual(run("--help", TREMPLIN_HOME="/nowhere").returncode, 0)
        self.assertRegex(run("--version").stdout, r"^tremplin \d+\.\d+\.\d+\n$")

    def test_the_registry_is_printed(self):
        self.assertIn("piis/scope/under_age", run("registry").stdout)
        self.assertIn("beta(", run("registry", "--odd").stdout)


class CtrlC(InAFolder):
    def start(self, *options, command=COMPARE):
        process = subprocess.Popen([PROGRAM, *command, "--out", str(self.folder), "--replicates", "1000", *options],
                                   stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
        self.addCleanup(process.communicate)
        self.addCleanup(process.kill)
        return process

    def test_stops_soon_and_writes_only_complete_replicates(self):
        process = self.start()
        time.sleep(4)
        process.send_signal(signal.SIGINT)
        _, told = process.communicate(timeout=120)
        self.assertEqual(process.returncode, 130, told)
        self.assertEqual(list(self.folder.glob("*.part")), [])
        for file in self.folder.glob("*.h5"):  # there if a replicate was complete by then
            self.assertEqual(run("inspect", str(file), "--json").returncode, 0)

    def test_stops_ones_own_cpas_at_the_first_replicate_that_is_not_complete(self):
        file = self.folder / "mine.yaml"
        file.write_text(run("cpas", "new").stdout, encoding="utf-8")
        process = self.start("--from", "2014-01", "--to", "2016-12", command=["cpas", "run", str(file)])
        time.sleep(4)
        process.send_signal(signal.SIGINT)
        _, told = process.communicate(timeout=120)
        self.assertEqual(process.returncode, 130, told)
        for result in self.folder.glob("*.h5"):
            self.assertEqual(run("inspect", str(result), "--json").returncode, 0)

    def test_twice_stops_at_once(self):
        process = self.start()
        time.sleep(2)
        process.send_signal(signal.SIGINT)
        time.sleep(0.2)
        process.send_signal(signal.SIGINT)
        self.assertEqual(process.wait(timeout=20), 130)


if __name__ == "__main__":
    PROGRAM = os.path.abspath(sys.argv.pop(1))
    unittest.main()
