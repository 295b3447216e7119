"""Result files as other programs see them: h5dump, h5py, xarray by h5netcdf and by netCDF4.
Usage: readers_test.py WRITE_SAMPLE H5DUMP. A reader that is not installed is a failure, not a skip."""
import hashlib
import os
import subprocess
import sys
import tempfile
import unittest

import h5py
import numpy as np
import xarray as xr

WRITE_SAMPLE, H5DUMP = sys.argv[1:3]
TABLES = ["tallies/values", "accounts/values", "workload/values", "cohort/paid_days", "offices/values",
          "offices/accounts"]


class Readers(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.folder = tempfile.TemporaryDirectory()
        cls.path = os.path.join(cls.folder.name, "run.h5")
        cls.digest = subprocess.run([WRITE_SAMPLE, cls.path], check=True, capture_output=True,
                                    text=True).stdout.strip()

    @classmethod
    def tearDownClass(cls):
        cls.folder.cleanup()

    def test_h5dump_shows_names_units_and_scales(self):
        text = subprocess.run([H5DUMP, "-A", self.path], check=True, capture_output=True, text=True).stdout
        for word in ["days since 1900-01-01", "DIMENSION_LIST", "flag_meanings", "/tallies", "1.2.3"]:
            self.assertIn(word, text.replace('GROUP "tallies"', "/tallies"))
        self.assertNotIn("H5T_ENUM", text)

    def test_every_axis_has_a_scale_in_the_same_group(self):
        def look(name, thing):
            if not isinstance(thing, h5py.Dataset) or thing.attrs.get("CLASS") == b"DIMENSION_SCALE":
                return
            for axis in thing.dims:
                self.assertEqual(len(axis), 1, name)
                self.assertEqual(axis[0].parent, thing.parent, name)
        with h5py.File(self.path) as file:
            file.visititems(look)

    def test_texts_are_variable_length_utf8(self):
        with h5py.File(self.path) as file:
            info = h5py.check_string_dtype(file["tallies/tally"].dtype)
            self.assertEqual((info.encoding, info.length), ("utf-8", None))
            self.assertEqual(file["scenarios/title_fr"].asstr()[1], "Généralisée")
            self.assertEqual(file.attrs["command"].split()[3], "généralisation")
            self.assertEqual(int(file.attrs["seed"]), 0xFEDCBA9876543210)

    def test_inputs_match_their_hashes(self):
        with h5py.File(self.path) as file:
            text = file["inputs/text"][0]
            self.assertEqual(hashlib.sha256(text).hexdigest(), file["inputs/sha256"].asstr()[0])

    def test_the_digest_is_recomputed_as_the_format_says(self):
        with h5py.File(self.path) as file:
            lines = ""
            for name in TABLES:
                values = file[name][...]
                digest = hashlib.sha256(values.astype("<i8").tobytes()).hexdigest()
                self.assertEqual(digest, file[name].attrs["sha256"])
                lines += f"{name} {'x'.join(map(str, values.shape))} {digest}\n"
            self.assertEqual(hashlib.sha256(lines.encode()).hexdigest(), file.attrs["digest"])
        self.assertEqual(hashlib.sha256(lines.encode()).hexdigest(), self.digest)

    def check_xarray(self, engine):
        with xr.open_dataset(self.path, group="tallies", engine=engine) as tallies:
            values = tallies["values"]
            self.assertEqual(values.dims, ("scenario", "replicate", "month", "stratum", "tally"))
            self.assertEqual(list(values.scenario.values), ["law-2015", "law-2015+generalisation"])
            self.assertEqual(values.month.values[1], np.datetime64("2003-02-01"))
            self.assertEqual(str(values.stratum.values[0]), "flanders/under_10k/GR1")
            for name in ["region", "size_class", "income_group", "weight", "unit", "kind", "scope", "meaning"]:
                self.assertIn(name, values.coords)
            self.assertEqual(str(values.unit.sel(tally="grants").values), "decision")
            self.assertEqual(list(np.atleast_1d(tallies["region"].attrs["flag_values"])), [0, 1, 2])
            self.assertEqual(tallies["region"].attrs["flag_meanings"].split()[2], "brussels")
            paid = values.sel(tally="paid", scenario="law-2015").sum(("stratum",))
            self.assertEqual(paid.dims, ("replicate", "month"))
            self.assertTrue(np.issubdtype(values.dtype, np.integer))
        with h5py.File(self.path) as file:
            with xr.open_dataset(self.path, group="workload", engine=engine) as workload:
                np.testing.assert_array_equal(workload["values"].values, file["workload/values"][...])
                minutes = workload["values"].sel(task="contract_general", measure="worked_minutes")
                self.assertEqual(minutes.dims, ("scenario", "replicate", "month", "stratum"))
        with xr.open_dataset(self.path, group="cohort", engine=engine) as cohort:
            self.assertEqual(int(cohort.days.values[-1]), 730)
        with xr.open_dataset(self.path, group="offices", engine=engine) as offices:
            self.assertEqual(offices["accounts"].dims, ("scenario", "replicate", "office", "account"))
            self.assertEqual(list(offices.office.values), list(range(11, 18)))
            self.assertIn("population", offices)
        with xr.open_dataset(self.path, group="parameters", engine=engine) as parameters:
            self.assertEqual(str(parameters.unit.sel(parameter="take_up").values), "probability")
        for group in ["accounts", "scenarios", "inputs", "effort", "registries/levers", "registries/parameters",
                      "registries/tallies", "registries/tasks", "registries/decisions",
                      "registries/office_columns"]:
            with xr.open_dataset(self.path, group=group, engine=engine) as opened:
                opened.load()

    def test_xarray_reads_it_by_h5netcdf(self):
        self.check_xarray("h5netcdf")

    def test_xarray_reads_it_by_netcdf4(self):
        self.check_xarray("netcdf4")

    def check_inference(self, engine):
        """Group by group, after ArviZ's InferenceData schema: chain and draw first, names as coordinates."""
        path = os.path.join(self.folder.name, "inference.h5")
        subprocess.run([WRITE_SAMPLE, path, "inference"], check=True, capture_output=True)
        with h5py.File(path) as file:
            self.assertEqual(sorted(file), ["observed_data", "point_fit", "posterior", "posterior_predictive",
                                            "prior", "profile", "sample_stats", "sensitivity"])
        for group in ["posterior", "prior"]:
            with xr.open_dataset(path, group=group, engine=engine) as draws:
                self.assertEqual(sorted(draws.data_vars), ["exit_job", "frailty_sd"])
                self.assertEqual(draws["exit_job"].dims, ("chain", "draw"))
                factor = 1 if group == "posterior" else 2
                np.testing.assert_array_equal(draws["frailty_sd"].values, factor * np.array([[1.2, 1.25, 1.3]]))
        with xr.open_dataset(path, group="sample_stats", engine=engine) as stats:
            self.assertAlmostEqual(float(np.exp(stats["log_weight"]).sum()), 1)
            self.assertEqual(stats.attrs["validation_spread"], 1.1)
        with xr.open_dataset(path, group="posterior_predictive", engine=engine) as predictive:
            self.assertEqual(predictive["figure"].dims, ("chain", "draw", "target"))
            self.assertEqual(float(predictive["figure"].sel(draw=2, target="stock/2013").values[0]), 99000)
        with xr.open_dataset(path, group="sensitivity", engine=engine) as sensitivity:
            self.assertEqual(float(sensitivity["total"].sel(parameter="frailty_sd", target="exits")), 1)
        with xr.open_dataset(path, group="point_fit", engine=engine) as fits:
            self.assertEqual(list(fits["fit"].values), ["maximum_likelihood, emulated",
                                                        "maximum_a_posteriori, simulated"])
            self.assertEqual(float(fits["value"].sel(parameter="frailty_sd")[0]), 1.22)
        with xr.open_dataset(path, group="profile", engine=engine) as profile:
            self.assertEqual(list(profile["shape"].values), ["closed", "flat"])
            self.assertEqual(float(profile["low"].sel(parameter="exit_job")), 0.072)
            self.assertTrue(np.isnan(profile["value"].sel(parameter="frailty_sd", point=2)))
        with xr.open_dataset(path, group="observed_data", engine=engine) as observed:
            self.assertEqual(list(observed["role"].values), ["fit", "validation"])
            self.assertEqual(float(observed["figure"].sel(target="stock/2013")), 98650)

    def test_xarray_reads_an_inference_by_h5netcdf(self):
        self.check_inference("h5netcdf")

    def test_xarray_reads_an_inference_by_netcdf4(self):
        self.check_inference("netcdf4")


if __name__ == "__main__":
    unittest.main(argv=sys.argv[:1], verbosity=2)
