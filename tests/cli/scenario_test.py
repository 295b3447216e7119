#!/usr/bin/env python3
"""Scenarios on the command line: how two differ, a new one, and the schema that editors use.

Usage: scenario_test.py PROGRAM [unittest arguments]
"""
import json
import os
import pathlib
import re
import subprocess
import sys
import tempfile
import unittest

import jsonschema
import yaml

PROGRAM = ""
HOME = pathlib.Path(__file__).resolve().parents[2]


def run(*arguments, cwd=None):
    """The program's exit code, output and messages, in English unless --lang says otherwise."""
    env = {k: v for k, v in os.environ.items() if k not in ("LC_ALL", "LC_MESSAGES", "TREMPLIN_HOME")}
    return subprocess.run([PROGRAM, *arguments], capture_output=True, text=True, check=False, cwd=cwd,
                          env={**env, "LANG": "C.UTF-8"})


def names_of(kind):
    listed = json.loads(run("scenario", "list", "--json").stdout)
    return [scenario["name"] for scenario in listed if scenario["kind"] == kind]


class Diff(unittest.TestCase):
    def diff(self, *arguments):
        done = run("scenario", "diff", *arguments)
        self.assertEqual((done.returncode, done.stderr), (0, ""))
        return done.stdout

    def test_says_lever_values_months_files_and_source_in_each_language(self):
        words = {
            "fr": ["A : law-2015", "PIIS obligatoire", "tous les dossiers, toutes les régions",
                   "à partir de 2016-11 : A = 25 (ans), B = 120 (ans)", "B, source : 003:3449"],
            "nl": ["A: law-2015", "GPMI verplicht", "alle dossiers, alle gewesten",
                   "vanaf 2016-11: A = 25 (jaar), B = 120 (jaar)", "B, bron: 003:3449"],
            "en": ["A: law-2015", "all files, all regions",
                   "from 2016-11: A = 25 (years), B = 120 (years)", "B, source: 003:3449"],
        }
        for language, expected in words.items():
            text = self.diff("law-2015", "generalisation", "--lang", language).replace("\u00a0", " ")
            for words_of_it in expected:
                self.assertIn(words_of_it, text)

    def test_a_scenario_does_not_differ_from_itself_in_another_order(self):
        both = "no-sanctions+generalisation"
        self.assertIn("No difference", self.diff("generalisation+no-sanctions", both))
        self.assertEqual(json.loads(self.diff("law-2015+law-2016", "law-current", "--json"))["differences"], [])

    def test_reforms_stand_on_the_base_of_the_other_side_or_on_the_one_asked(self):
        def sides(*arguments):
            shown = json.loads(self.diff(*arguments, "--json"))
            return shown["a"], shown["b"]

        self.assertEqual(sides("law-current", "generalisation"), ("law-current", "law-current + generalisation"))
        self.assertEqual(sides("no-sanctions", "alternatives"), ("law-2015 + no-sanctions", "law-2015 + alternatives"))
        self.assertEqual(sides("no-sanctions", "alternatives", "--base", "law-current")[0],
                         "law-current + no-sanctions")

    def test_a_phase_in_is_told_step_by_step_in_plain_numbers(self):
        with tempfile.TemporaryDirectory() as folder:
            file = pathlib.Path(folder) / "mine.yaml"
            file.write_text(VALID.replace("subsidy/staff, op: set, value: 500",
                                          "subsidy/piis/general, op: set, value: 0.12, over_months: 3"), encoding="utf-8")
            text = self.diff("law-2015", str(file))
        for months, value in (("from 2016-11, until 2016-12 excluded", "0.04"),
                              ("from 2016-12, until 2017-01 excluded", "0.08"), ("from 2017-01", "0.12")):
            self.assertIn(f"{months}: A = 0 (share), B = {value} (share)", text)

    def test_every_reform_differs_from_its_base(self):
        for name in names_of("reform"):
            shown = json.loads(self.diff("law-2015", name, "--json"))
            self.assertTrue(shown["differences"], name)
            for difference in shown["differences"]:
                for value in difference["values"]:
                    self.assertNotEqual(value["a"], value["b"])
                    self.assertTrue(value["references_a"] and value["references_b"])

    def test_mistakes_on_both_sides_are_told_at_once(self):
        done = run("scenario", "diff", "no-sanction", "law-2015+law-current")
        self.assertEqual((done.returncode, done.stdout), (2, ""))
        self.assertIn("“no-sanctions”", done.stderr)
        self.assertIn("“law-current” does not fit here. Expected: a reform", done.stderr)


class New(unittest.TestCase):
    def setUp(self):
        self.temporary = tempfile.TemporaryDirectory(prefix="tremplin test ")
        self.folder = pathlib.Path(self.temporary.name)
        self.addCleanup(self.temporary.cleanup)

    def new(self, *arguments):
        return run("scenario", "new", *arguments, cwd=self.folder)

    def test_writes_a_file_that_is_valid_and_changes_nothing(self):
        for language in ("fr", "nl", "en"):
            name = f"mine-{language}"
            done = self.new(name, "--lang", language)
            self.assertEqual((done.returncode, done.stderr), (0, ""))
            self.assertIn(f"./tremplin scenario check {name}.yaml", done.stdout)
            self.assertEqual(run("scenario", "check", f"{name}.yaml", cwd=self.folder).returncode, 0)
            self.assertIn("No difference", run("scenario", "diff", "law-2015", f"{name}.yaml", cwd=self.folder).stdout)

    def test_a_line_without_its_mark_is_a_change(self):
        self.new("mine", "--at", "2017-01")
        file = self.folder / "mine.yaml"
        text = file.read_text(encoding="utf-8")
        file.write_text(text.replace("  # - {path: sanction/allowed, op: set, value: 1,",
                                     "  - {path: sanction/allowed, op: set, value: 0,"), encoding="utf-8")
        shown = json.loads(run("scenario", "diff", "law-2015", str(file), "--json").stdout)
        self.assertEqual([(d["path"], d["values"][0]["from"]) for d in shown["differences"]],
                         [("sanction/allowed", "2017-01")])

    def test_never_overwrites(self):
        (self.folder / "mine.yaml").write_text("kept", encoding="utf-8")
        done = self.new("mine")
        self.assertEqual((done.returncode, done.stdout), (2, ""))
        self.assertIn("mine.yaml: cannot be written: a file of that name exists already", done.stderr)
        self.assertEqual((self.folder / "mine.yaml").read_text(encoding="utf-8"), "kept")

    def test_mistakes_are_told_at_once_and_leave_nothing(self):
        done = self.new("mine.yaml", "--at", "2016-13")
        self.assertEqual((done.returncode, done.stdout), (2, ""))
        self.assertEqual(len(done.stderr.splitlines()), 2, done.stderr)
        for arguments in (["mine", "--out", "other.yaml"], ["mine", "--from", "generalisation"], ["a+b"], ["-"],
                          ["mine", "--out", "nowhere/mine.yaml"], ["mine", "--at", "1985-01"]):
            done = self.new(*arguments)
            self.assertEqual((done.returncode, done.stdout), (2, ""), arguments)
            self.assertEqual(len(done.stderr.splitlines()), 1, done.stderr)
        self.assertEqual(list(self.folder.iterdir()), [])

    def test_an_editor_finds_the_schema_from_the_file(self):
        self.new("mine")
        first = (self.folder / "mine.yaml").read_text(encoding="utf-8").splitlines()[0]
        path = first.removeprefix("# yaml-language-server: $schema=")
        self.assertTrue((self.folder / path).resolve().samefile(HOME / "scenarios/scenario.schema.json"), first)
        self.assertTrue(self.new("mine", "--out", "-").stdout.startswith("# "))


class StrictLoader(yaml.SafeLoader):
    """YAML 1.2 as editors read it: dates and `no` are texts."""


StrictLoader.yaml_implicit_resolvers = {
    first: [(tag, pattern) for tag, pattern in resolvers
            if tag not in ("tag:yaml.org,2002:timestamp", "tag:yaml.org,2002:bool")]
    for first, resolvers in yaml.SafeLoader.yaml_implicit_resolvers.items()}

StrictLoader.add_implicit_resolver("tag:yaml.org,2002:bool", re.compile("^(?:true|false)$"), list("tf"))

VALID = """
kind: reform
name: mine
title: {en: a}
summary: {en: b}
must_believe: {en: c}
authors: [me]
references: ["r"]
from: 2016-11
changes:
  - {path: subsidy/staff, op: set, value: 500, reference: "why"}
"""


class Schema(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.schema = json.loads(run("scenario", "schema").stdout)
        jsonschema.Draft202012Validator.check_schema(cls.schema)
        cls.validator = jsonschema.Draft202012Validator(cls.schema)

    def is_valid(self, text):
        return self.validator.is_valid(yaml.load(text, Loader=StrictLoader))

    def test_every_file_of_the_tree_is_valid(self):
        folders = ("bases", "reforms", "practices", "shocks")
        files = [file for folder in folders for file in (HOME / "scenarios" / folder).glob("*.yaml")]
        self.assertGreater(len(files), 25)
        for file in files:
            errors = self.validator.iter_errors(yaml.load(file.read_text(encoding="utf-8"), Loader=StrictLoader))
            self.assertEqual([error.message for error in errors], [], file.name)
        self.assertTrue(self.is_valid(run("scenario", "new", "mine", "--out", "-").stdout))

    def test_what_is_wrong_is_refused_and_the_program_refuses_it_too(self):
        change = "  - {path: subsidy/staff, op: set, value: 500, reference: \"why\"}"
        wrong = {
            "kind": VALID.replace("kind: reform", "kind: refrom"),
            "practice of law": VALID.replace("kind: reform", "kind: practice"),
            "shock of law": VALID.replace("kind: reform", "kind: shock"),
            "missing": VALID.replace("must_believe: {en: c}\n", ""),
            "unknown key": VALID + "colour: blue\n",
            "language": VALID.replace("title: {en: a}", "title: {de: a}"),
            "no language": VALID.replace("title: {en: a}", "title: {}"),
            "date": VALID.replace("2016-11", "2016-13"),
            "number for a date": VALID.replace("2016-11", "2016"),
            "lever": VALID.replace("subsidy/staff", "subsidy/stuff"),
            "operation": VALID.replace("op: set", "op: put"),
            "range": VALID.replace("value: 500", "value: -1"),
            "text for a number": VALID.replace("value: 500", "value: \"500\""),
            "factor": VALID.replace("op: set, value: 500", "op: scale, value: -1"),
            "fraction of a whole": VALID.replace(change, change.replace("subsidy/staff", "sanction/max_months")
                                                 .replace("500", "1.5")),
            "truth": VALID.replace(change, change.replace("subsidy/staff", "sanction/allowed").replace("500", "no")),
            "unit": VALID.replace("value: 500", "value: 500, unit: months"),
            "region": VALID.replace("value: 500", "value: 500, regions: [walonia]"),
            "no region": VALID.replace("value: 500", "value: 500, regions: []"),
            "size": VALID.replace("value: 500", "value: 500, sizes: [small]"),
            "cpas": VALID.replace("value: 500", "value: 500, cpas: [mons]"),
            "no cpas": VALID.replace("value: 500", "value: 500, cpas: []"),
            "group": VALID.replace(change, change.replace("subsidy/staff", "spi/amount")
                                   .replace("500", "500, groups: [young]")),
            "group of an office": VALID.replace("value: 500", "value: 500, groups: [under_25]"),
            "index": VALID.replace("value: 500", "value: 500, indexed: maybe"),
            "index of a count": VALID.replace(change, change.replace("subsidy/staff", "sanction/max_months")
                                              .replace("500", "1, indexed: true")),
            "scope": VALID.replace("value: 500", "value: 500, applies_to: newcomers"),
            "phase": VALID.replace("value: 500", "value: 500, over_months: 1"),
            "phase of a whole": VALID.replace(
                change, change.replace("subsidy/staff", "sanction/max_months").replace("500", "1, over_months: 6")),
            "no reference": VALID.replace(", reference: \"why\"", ""),
            "a base with a date": VALID.replace("kind: reform", "kind: base"),
        }
        self.assertTrue(self.is_valid(VALID))
        with tempfile.TemporaryDirectory() as folder:
            file = pathlib.Path(folder) / "mine.yaml"
            file.write_text(VALID, encoding="utf-8")
            self.assertEqual(run("scenario", "check", str(file)).returncode, 0)
            for more in ("cpas: [412, 585]", "indexed: true", "indexed: false", "sizes: [under_10k]",
                         "over_months: 6, indexed: true"):
                text = VALID.replace("value: 500", f"value: 500, {more}")
                self.assertTrue(self.is_valid(text), more)
                file.write_text(text, encoding="utf-8")
                self.assertEqual(run("scenario", "check", str(file)).returncode, 0, more)
            text = VALID.replace("subsidy/staff, op: set", "spi/amount, op: set, groups: [student, under_25]")
            self.assertTrue(self.is_valid(text))
            file.write_text(text, encoding="utf-8")
            self.assertEqual(run("scenario", "check", str(file)).returncode, 0)
            for what, text in wrong.items():
                with self.subTest(what):
                    self.assertNotEqual(text, VALID)
                    self.assertFalse(self.is_valid(text))
                    file.write_text(text, encoding="utf-8")
                    self.assertEqual(run("scenario", "check", str(file)).returncode, 2)


class Limits(unittest.TestCase):
    """Changes for some CPAS or some people."""

    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.file = pathlib.Path(folder.name) / "mine.yaml"

    def write(self, more, path="spi/amount"):
        self.file.write_text(VALID.replace("subsidy/staff, op: set, value: 500", f"{path}, op: set, value: 300, {more}"),
                             encoding="utf-8")

    def test_diff_and_show_say_where_and_for_whom_in_each_language(self):
        self.write("cpas: [585, 412], groups: [under_25, student], indexed: true")
        words = {
            "fr": ["CPAS n° 412, 585", "pour : moins de 25 ans; étudiants"],
            "nl": ["OCMW nr. 412, 585", "voor: jonger dan 25 jaar; studenten"],
            "en": ["CPAS no. 412, 585", "for: under 25; students"],
        }
        for language, expected in words.items():
            for command in (("diff", "law-2015", str(self.file)), ("show", str(self.file))):
                done = run("scenario", *command, "--lang", language)
                text = " ".join(done.stdout.replace("\u00a0", " ").split())
                for words_of_it in expected:
                    self.assertIn(words_of_it, text)
                for everywhere in ("toutes les régions", "alle gewesten", "all regions"):
                    self.assertNotIn(everywhere, text)  # a CPAS is in one
        shown = json.loads(run("scenario", "diff", "law-2015", str(self.file), "--json").stdout)["differences"]
        self.assertEqual([(d["cpas"], d["groups"]) for d in shown], [([412, 585], [["under_25", "student"]])])
        self.assertTrue(json.loads(run("scenario", "show", str(self.file), "--json").stdout)["changes"][0]["indexed"])

    def test_a_cpas_that_there_is_not_is_told_with_the_nearest(self):
        self.write("cpas: [412, 600]")
        for command in (("scenario", "check", str(self.file)), ("compare", "law-2015", str(self.file)),
                        ("scenario", "diff", "law-2015", str(self.file))):
            done = run(*command)
            self.assertEqual((done.returncode, done.stdout), (2, ""))
            self.assertIn("mine.yaml:11:5: cpas: there is no name “600”. Expected: 0 .. 588. "
                          "The nearest name is “588”.", done.stderr)

    def test_a_lever_of_the_cpas_itself_is_for_everybody(self):
        self.write("groups: [under_25]", "subsidy/staff")
        done = run("scenario", "check", str(self.file))
        self.assertEqual(done.returncode, 2)
        self.assertIn("this lever belongs to the CPAS itself", done.stderr)


class Check(unittest.TestCase):
    def test_all_faults_of_all_files_are_told_with_line_and_column(self):
        with tempfile.TemporaryDirectory() as folder:
            first, second = pathlib.Path(folder) / "first.yaml", pathlib.Path(folder) / "second.yaml"
            first.write_text(
                VALID.strip().replace("name: mine", "name: first").replace("subsidy/staff", "subsidy/stuff")
                .replace("from: 2016-11", "from: 2016-02-30").replace("authors: [me]", "autors: [me]"),
                encoding="utf-8")
            second.write_text(
                VALID.strip().replace("name: mine", "name: second").replace("value: 500", "value: 010")
                .replace("kind: reform", "kind: reform\nkind: base"), encoding="utf-8")
            done = run("scenario", "check", str(first), "generalisation", str(second))
        self.assertEqual((done.returncode, done.stdout), (2, "generalisation: valid\n"))
        places = [line.split(": ")[0].rsplit("/", 1)[1] for line in done.stderr.splitlines()]
        self.assertEqual(places, ["first.yaml:1:1", "first.yaml:6:1", "first.yaml:8:7", "first.yaml:10:12",
                                  "second.yaml:2:1", "second.yaml:11:43"], done.stderr)
        for words in ("The nearest name is “authors”", "Expected: YYYY-MM-DD", "The nearest name is “subsidy/staff”",
                      "this key stands twice", "Expected: a plain decimal number"):
            self.assertIn(words, done.stderr)


if __name__ == "__main__":
    PROGRAM = str(pathlib.Path(sys.argv.pop(1)).resolve())
    unittest.main(argv=sys.argv, verbosity=2)
