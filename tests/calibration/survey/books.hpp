// The shipped codebook and landscape, and a small survey of the tests' own.
#pragma once

#include <algorithm>
#include <string>
#include <vector>

#include "calibration/survey/codebook.hpp"
#include "engine/base/errors.hpp"
#include "scenarios/landscape/figures.hpp"
#include "tests/calibration/files.hpp"

namespace tremplin::survey {

inline const std::vector<SurveyBook>& shipped_books() {
  static const std::vector<SurveyBook> books = load_codebook(test::shipped("calibration/codebook.yaml"));
  return books;
}

inline const std::vector<Figure>& shipped_figures() {
  static const std::vector<Figure> figures = [] {
    const std::vector<SourceText> files = {test::shipped("scenarios/landscape/offices.yaml")};
    Faults faults;
    std::vector<Figure> read = read_figures(files, faults);
    faults.throw_if_any();
    return read;
  }();
  return figures;
}

inline const char* const small_codebook = R"(
small:
  title: {fr: "essai", nl: "proef", en: "trial"}
  fieldwork: "never"
  frame: {cpas: 10, source: "the test"}
  missing: [NA]
  groups:
    region:
      label: {fr: "r", nl: "r", en: "region"}
      margin: offices/by_region
      codes:
        flanders: {label: {fr: "F", nl: "V", en: "F"}, of: [flanders]}
        wallonia: {label: {fr: "W", nl: "W", en: "W"}, of: [wallonia]}
  ratios:
    staff_per_file: {label: {fr: "x", nl: "x", en: "staff per file"}, over: staff, under: files}
  questions:
    useful:
      label: {fr: "utile", nl: "nuttig", en: "useful"}
      kind: choice
      codes:
        "yes": {fr: "oui", nl: "ja", en: "yes"}
        "no": {fr: "non", nl: "neen", en: "no"}
      asked_of: everyone
      source: "the test"
      published: {source: "the test", figures: [{answers: ["yes"], percent: 40}]}
    why:
      label: {fr: "pourquoi", nl: "waarom", en: "why"}
      kind: multiple
      codes:
        time: {fr: "t", nl: "t", en: "time"}
        money: {fr: "a", nl: "g", en: "money"}
        none: {fr: "rien", nl: "niets", en: "none"}
      asked_of: "who finds it useful"
      asked_if: {column: useful, is: ["yes"]}
      source: "the test"
    agree:
      label: {fr: "d’accord", nl: "akkoord", en: "agree"}
      kind: scale
      codes:
        "1": {fr: "non", nl: "neen", en: "no"}
        "2": {fr: "plutôt", nl: "eerder", en: "rather"}
        "3": {fr: "oui", nl: "ja", en: "yes"}
      asked_of: everyone
      source: "the test"
    staff:
      label: {fr: "ETP", nl: "VTE", en: "staff"}
      kind: number
      range: [0, 50]
      asked_of: everyone
      source: "the test"
    files:
      label: {fr: "dossiers", nl: "dossiers", en: "files"}
      kind: count
      range: [0, 1000]
      asked_of: everyone
      source: "the test"
)";

inline SurveyBook small_book() { return load_codebook({"codebook.yaml", small_codebook}).front(); }

// The faults that a call throws; none if it throws nothing.
template <class Call>
std::vector<Fault> faults_of(Call call) {
  try {
    call();
  } catch (const InputError& error) {
    return error.faults();
  }
  return {};
}

}  // namespace tremplin::survey
