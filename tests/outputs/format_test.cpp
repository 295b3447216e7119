#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <stdexcept>

#include "outputs/hdf5/file.hpp"
#include "outputs/odd.hpp"
#include "outputs/registries.hpp"
#include "outputs/store.hpp"
#include "tests/outputs/stored_run.hpp"
#include "tests/scenarios/landscape/files.hpp"

namespace tremplin {
namespace {

std::string document() {
  return test::content_of(std::filesystem::path(TREMPLIN_SOURCE_DIR) / "outputs/FORMAT.md");
}

TEST(FormatDocument, HoldsTheRegistriesAsTheyAreNow) {
  const std::string found = document();
  const std::string expected = format_document(found);
  // The first line that differs says enough; the whole is long.
  const auto [at, wanted] = std::ranges::mismatch(found, expected);
  const auto line_at = [](const std::string& text, auto place) {
    const auto offset = static_cast<std::size_t>(place - text.begin());
    const std::size_t start = offset == 0 ? 0 : text.rfind('\n', offset - 1) + 1;
    return text.substr(start, text.find('\n', start) - start);
  };
  EXPECT_TRUE(found == expected) << "outputs/FORMAT.md has   " << line_at(found, at)
                                 << "\nthe registries have     " << line_at(expected, wanted)
                                 << "\nReplace what follows its line 'From here on generated' by the output "
                                    "of `tremplin registry`.";
}

TEST(ModelDescription, HoldsTheRegistriesAndParametersAsTheyAreNow) {
  const std::filesystem::path root = TREMPLIN_SOURCE_DIR;
  const PriorTable priors =
      load_priors({"parameters.yaml", test::content_of(root / "calibration/parameters.yaml")});
  const std::string found = test::content_of(root / "docs/ODD.md");
  const std::vector<Figure>& figures = test::shipped_landscape().figures;
  EXPECT_TRUE(found == odd_document(found, priors, figures))
      << "Replace the generated part of docs/ODD.md by the output of `tremplin registry --odd`.";
  EXPECT_THROW(odd_document("# ODD\n", priors, figures), std::invalid_argument);
}

TEST(FormatDocument, NeedsTheLineThatOpensItsGeneratedPart) {
  EXPECT_THROW(format_document("# Format\n"), std::invalid_argument);
}

TEST(FormatTables, NameEveryEntryOfEveryRegistry) {
  const std::string tables = format_tables();
  for (const Registry& registry : registries()) {
    for (const std::string& name : std::get<std::vector<std::string>>(registry.columns.front().cells)) {
      EXPECT_NE(tables.find("| `" + name + "` |"), std::string::npos) << registry.name << " " << name;
    }
  }
}

// Adds what the document does not name between backquotes.
void find_unnamed(const hdf5::Group& group, const std::string& text, std::vector<std::string>& unnamed) {
  const auto look_for = [&](const std::string& name) {
    if (text.find("`" + name + "`") == std::string::npos) unnamed.push_back(name);
  };
  // What the dimension scales of HDF5 itself add.
  const std::vector<std::string> of_scales = {"CLASS", "NAME", "REFERENCE_LIST", "DIMENSION_LIST"};
  const auto look_at_attributes = [&](const hdf5::Object& object) {
    for (const std::string& name : object.attributes()) {
      if (std::ranges::find(of_scales, name) == of_scales.end()) look_for(name);
    }
  };
  look_at_attributes(group);
  for (const std::string& name : group.datasets()) {
    look_for(name);
    look_at_attributes(group.dataset(name));
  }
  for (const std::string& name : group.groups()) {
    look_for(name);
    find_unnamed(group.group(name), text, unnamed);
  }
}

TEST(FormatDocument, NamesEveryGroupArrayAndAttributeOfAFile) {
  const test::Folder folder;
  for (const tremplin::Run& run : {test::stored_run(), test::own_run()}) {
    write_run(run, folder / "run.h5");
    const hdf5::File file = hdf5::File::open(folder / "run.h5");
    std::vector<std::string> unnamed;
    find_unnamed(file.root(), document(), unnamed);
    EXPECT_EQ(unnamed, std::vector<std::string>());
  }
}

}  // namespace
}  // namespace tremplin
