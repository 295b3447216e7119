#!/usr/bin/env python3
"""Seeded violations are found, and what is allowed is left alone."""
import os
import tempfile
import unittest

import documents
import house


def found_in(check, files):
    return check({path: text + "\n" for path, text in files.items()})


class Direction(unittest.TestCase):
    def test_engine_may_not_include_scenarios(self):
        found = found_in(house.check_direction, {"engine/law/a.cpp": '#include "scenarios/law.hpp"'})
        self.assertEqual(found, ["engine/law/a.cpp:1: engine/ may not include scenarios/ (scenarios/law.hpp)"])

    def test_every_pair_against_the_direction_is_found(self):
        rooms = ["engine", "scenarios", "calibration", "outputs", "page", "cli"]
        for low in range(len(rooms)):
            for high in range(low + 1, len(rooms)):
                path = f"{rooms[low]}/simulate/a.cpp"
                with self.subTest(path=path, target=rooms[high]):
                    self.assertEqual(
                        len(found_in(house.check_direction, {path: f'#include "{rooms[high]}/a.hpp"'})), 1)
                    downwards = {f"{rooms[high]}/a.cpp": f'#include "{rooms[low]}/simulate/a.hpp"'}
                    self.assertEqual(found_in(house.check_direction, downwards), [])

    def test_page_and_python_do_not_include_each_other(self):
        self.assertEqual(len(found_in(house.check_direction, {"page/a.cpp": '#include "python/a.hpp"'})), 1)

    def test_the_order_of_the_engines_rooms_holds(self):
        found = found_in(house.check_direction, {"engine/cpas/a.hpp": '//\n#include "engine/trajectory/b.hpp"'})
        self.assertEqual(found, [
            "engine/cpas/a.hpp:2: against the order of the engine's rooms (engine/trajectory/b.hpp)"])

    def test_the_trajectory_may_count(self):
        files = {"engine/trajectory/a.cpp": '#include "engine/tally/tally.hpp"'}
        self.assertEqual(found_in(house.check_direction, files), [])
        files = {"engine/trajectory/a.cpp": '#include "engine/simulate/simulate.hpp"'}
        self.assertEqual(len(found_in(house.check_direction, files)), 1)

    def test_a_new_room_of_the_engine_must_be_placed(self):
        found = found_in(house.check_direction, {"engine/weather/a.hpp": '#include "engine/base/month.hpp"'})
        self.assertIn("no room of the engine", found[0])

    def test_includes_start_from_the_root(self):
        self.assertEqual(len(found_in(house.check_direction, {"outputs/a.cpp": '#include "store.hpp"'})), 1)

    def test_tests_may_include_everything(self):
        self.assertEqual(found_in(house.check_direction, {"tests/engine/a.cpp": '#include "cli/b.hpp"'}), [])


class Cycles(unittest.TestCase):
    def test_a_cycle_of_three_is_told_once(self):
        found = found_in(house.check_cycles, {
            "engine/base/a.hpp": '#include "engine/base/b.hpp"',
            "engine/base/b.hpp": '#include "engine/base/c.hpp"',
            "engine/base/c.hpp": '#include "engine/base/a.hpp"',
        })
        self.assertEqual(found, ["include cycle: engine/base/a.hpp -> engine/base/b.hpp -> engine/base/c.hpp"
                                 " -> engine/base/a.hpp"])

    def test_a_diamond_is_no_cycle(self):
        self.assertEqual(found_in(house.check_cycles, {
            "outputs/a.hpp": '#include "outputs/b.hpp"\n#include "outputs/c.hpp"',
            "outputs/b.hpp": '#include "outputs/d.hpp"',
            "outputs/c.hpp": '#include "outputs/d.hpp"',
            "outputs/d.hpp": "",
        }), [])


class Length(unittest.TestCase):
    def test_400_lines_pass_and_401_do_not(self):
        self.assertEqual(house.check_length({"cli/a.cpp": "x\n" * 400}), [])
        self.assertEqual(len(house.check_length({"cli/a.cpp": "x\n" * 401})), 1)

    def test_data_may_be_long(self):
        self.assertEqual(house.check_length({"scenarios/law/amounts.yaml": "x\n" * 900}), [])


class Portable(unittest.TestCase):
    def test_calls_of_libm_are_found_where_results_are_made(self):
        for call in ("std::exp(x)", "std::pow (x, 2)", "::log(x)", "y = tan(x)", "std::expf(x)", "1/cos(x)"):
            for path in ("engine/cpas/a.cpp", "scenarios/landscape/a.cpp", "calibration/priors.cpp"):
                with self.subTest(call=call, path=path):
                    self.assertEqual(len(found_in(house.check_portable, {path: call})), 1)

    def test_portable_and_exact_functions_pass(self):
        text = "portable::exp(x); std::sqrt(x); std::floor(x); catalog(x); row.log(x); row->log(x); exp_of(x)"
        self.assertEqual(found_in(house.check_portable, {"engine/cpas/a.cpp": text}), [])

    def test_comments_and_texts_do_not_count(self):
        text = '// exp(-x/64) by its series\nconst char* what = "log(x)"; /* std::pow(2,\n3) */'
        self.assertEqual(found_in(house.check_portable, {"engine/cpas/a.cpp": text}), [])

    def test_other_rooms_may_call_them(self):
        self.assertEqual(found_in(house.check_portable, {"outputs/report.cpp": "std::pow(10, x)"}), [])

    def test_the_definitions_themselves_pass(self):
        text = "double exp(double x) { return x; }"
        self.assertEqual(found_in(house.check_portable, {"engine/base/portable_math.cpp": text}), [])

    def test_standard_distributions_are_found(self):
        text = "#include <random>\nstd::normal_distribution<> n;\nstd::mt19937_64 g;"
        self.assertEqual(len(found_in(house.check_portable, {"engine/cpas/a.cpp": text})), 3)


class Silence(unittest.TestCase):
    def test_printing_and_exiting_are_found_outside_cli(self):
        for call in ("std::cout << 1", "printf(x)", "std::exit(1)", "fmt::print(x)", "abort()"):
            with self.subTest(call=call):
                self.assertEqual(len(found_in(house.check_silence, {"outputs/a.cpp": call})), 1)
                self.assertEqual(found_in(house.check_silence, {"cli/a.cpp": call}), [])

    def test_formatting_into_a_buffer_is_no_print(self):
        self.assertEqual(found_in(house.check_silence, {"outputs/a.cpp": "std::snprintf(b, 1, x)"}), [])


class MachinePaths(unittest.TestCase):
    def test_machine_paths_are_found_in_any_file(self):
        for path in ("/wor" + "k/x", "/roo" + "t/.cache", "/hom" + "e/someone/x"):
            with self.subTest(path=path):
                self.assertEqual(len(found_in(house.check_machine_paths, {"docs/a.md": f"see {path}"})), 1)

    def test_system_paths_pass(self):
        text = "/usr/include/x /proc/self/exe /usr/bin/python3 build/release"
        self.assertEqual(found_in(house.check_machine_paths, {"docs/a.md": text}), [])


class Decisions(unittest.TestCase):
    def test_a_decision_that_nobody_asks_is_found(self):
        registry = ('// DECISION(number, name, meaning)\nDECISION(0, exit, "x")\n'
                    'RETIRED_DECISION(1, old, "y")\nDECISION(2, day, "z")')
        files = {"engine/base/decisions.def": registry, "engine/trajectory/a.cpp": "draws.word(Decision::exit)"}
        self.assertEqual(found_in(house.check_decisions, files),
                         ["engine/base/decisions.def:4: nobody asks day: retire it"])


class Oracles(unittest.TestCase):
    def test_a_verification_without_an_oracle_at_its_head_is_found(self):
        for text in ("// What it does.\n#include <a>\n// Oracle: too late", "// An oracle.", "", "// Oracle:"):
            with self.subTest(text=text):
                self.assertEqual(
                    found_in(house.check_oracles, {"tests/verification/a_test.cpp": text}),
                    ["tests/verification/a_test.cpp:1: the comment at its head names no oracle: what is it held against?"])

    def test_one_that_names_it_and_what_is_no_test_are_left_alone(self):
        self.assertEqual(found_in(house.check_oracles, {
            "tests/verification/a_test.cpp": "// What it does.\n// Oracle: the law.\n\n#include <a>",
            "tests/verification/b_test.cpp": "// Two of them. Oracles: this and that.",
            "tests/verification/ledger.cpp": "", "tests/engine/a_test.cpp": ""}), [])


class OnDisk(unittest.TestCase):
    def test_a_tree_without_git_is_read_without_its_build(self):
        with tempfile.TemporaryDirectory() as root:
            for path in ("engine/base/a.hpp", "build/dev/b.hpp"):
                os.makedirs(os.path.dirname(os.path.join(root, path)))
                with open(os.path.join(root, path), "w", encoding="utf-8") as file:
                    file.write('#include "cli/options.hpp"\n')
            self.assertEqual(len(house.violations(house.read(root))), 1)


class Documents(unittest.TestCase):
    PROGRAM = {"cli/program.cpp": 'Command{"compare", f}, Command{"law show", f},',
               "cli/arguments.cpp": '"--at", "--seed"',
               "scenarios/bases/law-2015.yaml": "", "scenarios/reforms/no-sanctions.yaml": "",
               "docs/a picture.png": "", "docs/report.png": ""}

    def found(self, text):
        return found_in(documents.check_documents, {**self.PROGRAM, "README.md": text})

    def test_what_exists_is_left_alone(self):
        self.assertEqual(self.found("# A head: of `it`\n[a](docs/report.png) [b](docs) [c](#a-head-of-it) "
                                    "[d](https://x.be/none) `docs/report.png` `docs/` `docs/*.md`"), [])
        self.assertEqual(self.found("./tremplin compare law-2015 no-sanctions+no-sanctions my.yaml --seed 1  # x\n"
                                    "`./tremplin law show ris/amount --at 2013-09`, ./tremplin law, ./tremplin --help, "
                                    "./tremplin compare BASE REFORM"), [])

    def test_links_to_nothing_are_found(self):
        self.assertEqual(self.found("\n[a](none.md)"), ["README.md:2: no such file: none.md"])
        self.assertEqual(self.found("[a](#nowhere)"), ["README.md:1: no such heading: #nowhere"])
        self.assertEqual(self.found("`docs/none.md`"), ["README.md:1: no such file: docs/none.md"])

    def test_commands_that_are_none_are_found(self):
        self.assertEqual(self.found("./tremplin comparre law-2015"),
                         ["README.md:1: no such command: comparre law-2015"])
        self.assertEqual(self.found("./tremplin mpi -n 4 comparre law-2015"),
                         ["README.md:1: no such command: comparre law-2015"])
        self.assertEqual(self.found("./tremplin law dump"), ["README.md:1: no such command: law dump"])
        self.assertEqual(self.found("./tremplin compare law-2015 --sed 1"), ["README.md:1: no such option: --sed"])
        self.assertEqual(self.found("./tremplin compare law-2015 none"), ["README.md:1: no such scenario: none"])


if __name__ == "__main__":
    unittest.main()
