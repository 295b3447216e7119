#include "outputs/snapshot.hpp"

#include <gtest/gtest.h>

#include <algorithm>

#include "engine/base/errors.hpp"
#include "outputs/sha256.hpp"
#include "outputs/snapshot_columns.hpp"
#include "outputs/snapshot_origin.hpp"
#include "tests/engine/small_world.hpp"
#include "tests/outputs/stored_run.hpp"

namespace tremplin {
namespace {

const Month fork{2005, 1};

// A run of a small world that stops at the fork, and what its file needs.
struct Past {
  World world = test::small_world(5);
  RulesTable rules = test::table_of(test::rules_of_2002());
  Parameters parameters = test::small_parameters();
  Run run;

  Past() {
    run.program_version = "0.1.0";
    run.command = "./tremplin snapshot law-2015 --at 2005-01";
    run.plan = test::small_plan();
    run.inputs = {{"scenarios/a.yaml", "a: 1\n", sha256("a: 1\n"), false}};
    run.scenarios = {{"law-2015", {}, run.plan.report_until}};
  }
  [[nodiscard]] SnapshotOrigin origin() const { return origin_of(run, world, rules, fork); }
  [[nodiscard]] Snapshot at(Month month) const {
    test::Silent silent;
    return *simulate_until(month, world, parameters, rules, run.plan, silent, {});
  }
  void write(const std::filesystem::path& path) const {
    SnapshotWriter writer(origin(), run);
    writer.add(at(fork), parameters);
    writer.write(path);
  }
};

// The names of what differs, or nothing if the file belongs to the run.
std::vector<std::string> refused_for(const SnapshotFile& file, const Past& past) {
  std::vector<std::string> names;
  try {
    file.check(past.origin());
  } catch (const InputError& error) {
    for (const Fault& fault : error.faults()) {
      EXPECT_EQ(fault.kind, FaultKind::other_past);
      names.push_back(fault.key);
    }
  }
  return names;
}

TEST(SnapshotFile, GivesBackEveryBit) {
  const test::Folder folder;
  const Past past;
  past.write(folder / "past.snapshot.h5");
  EXPECT_EQ(folder.n_files(), 1U);
  const SnapshotFile file(folder / "past.snapshot.h5");
  EXPECT_EQ(file.month(), fork);
  EXPECT_EQ(file.n_replicates(), 1U);
  EXPECT_EQ(refused_for(file, past), std::vector<std::string>());
  EXPECT_TRUE(file.read(0, past.parameters, past.world, past.run.plan) == past.at(fork));
}

TEST(SnapshotFile, OfAMomentBeforeAnybodyCameGivesBackEveryBit) {
  const test::Folder folder;
  const Past past;
  const Month start = past.run.plan.burn_in_from;
  SnapshotWriter writer(origin_of(past.run, past.world, past.rules, start), past.run);
  writer.add(past.at(start), past.parameters);
  writer.write(folder / "empty.h5");
  EXPECT_TRUE(SnapshotFile(folder / "empty.h5").read(0, past.parameters, past.world, past.run.plan) ==
              past.at(start));
}

TEST(SnapshotFile, ScenariosGoOnFromItWithTheBitsOfARunFromTheStart) {
  const test::Folder folder;
  const Past past;
  past.write(folder / "past.h5");
  RulesTable reform = past.rules;
  test::change_rules_from(reform, fork, 0, [](Rules& rules) { rules.piis_under_age = 120; });
  const std::vector<const RulesTable*> scenarios = {&past.rules, &reform};
  test::Silent silent;
  const Snapshot snapshot =
      SnapshotFile(folder / "past.h5").read(0, past.parameters, past.world, past.run.plan);
  EXPECT_TRUE(simulate_from(snapshot, past.world, past.parameters, scenarios, past.run.plan, silent, {}) ==
              test::run(past.world, past.parameters, scenarios, past.run.plan));
}

TEST(SnapshotFile, TheSamePastGivesTheSameBytes) {
  const test::Folder folder;
  const Past past;
  past.write(folder / "one.h5");
  past.write(folder / "two.h5");
  EXPECT_TRUE(test::content_of(folder / "one.h5") == test::content_of(folder / "two.h5"));
}

TEST(SnapshotFile, OfAnotherPastIsRefusedWithWhatDiffers) {
  const test::Folder folder;
  Past().write(folder / "past.h5");
  const SnapshotFile file(folder / "past.h5");
  using Names = std::vector<std::string>;
  Past other;
  other.run.program_version = "0.2.0";
  EXPECT_EQ(refused_for(file, other), Names{"tremplin"});
  other = Past();
  other.run.plan.luck.seed = 99;
  other.run.plan.report_from = Month(2004, 1);
  EXPECT_EQ(refused_for(file, other), (Names{"--seed", "--from"}));
  other = Past();
  other.run.plan.report_until = Month(2006, 1);
  EXPECT_EQ(refused_for(file, other), Names{"--to"});
  other = Past();
  other.run.fixed_parameters = true;
  EXPECT_EQ(refused_for(file, other), Names{"--fixed-parameters"});
  other = Past();
  other.world.offices[2].practice.trained_share += 0.125;
  EXPECT_EQ(refused_for(file, other), Names{"scenarios/landscape"});
  other = Past();
  other.world.margins.non_eu += 0.125;
  EXPECT_EQ(refused_for(file, other), Names{"scenarios/landscape"});
}

TEST(SnapshotFile, AsksOnlyForTheLawOfTheMonthsBeforeIt) {
  const test::Folder folder;
  Past().write(folder / "past.h5");
  const SnapshotFile file(folder / "past.h5");
  Past other;
  const auto more = [](Rules& rules) { rules.ris_single += 1; };
  test::change_rules(other.rules, fork, {}, 0, more);
  EXPECT_EQ(refused_for(file, other), std::vector<std::string>());
  test::change_rules(other.rules, fork - 1, {}, 0, more);
  EXPECT_EQ(refused_for(file, other), std::vector<std::string>{"scenarios/law"});
}

TEST(SnapshotFile, OfOtherParametersIsRefused) {
  const test::Folder folder;
  const Past past;
  past.write(folder / "past.h5");
  const SnapshotFile file(folder / "past.h5");
  Parameters others = past.parameters;
  others.exit_job += 0.001;
  EXPECT_THROW((void)file.read(0, others, past.world, past.run.plan), InputError);
  EXPECT_THROW((void)file.read(1, past.parameters, past.world, past.run.plan), InputError);  // no such one
}

TEST(SnapshotFile, DamagedOrForeignIsRefused) {
  const test::Folder folder;
  Past().write(folder / "past.h5");
  std::string bytes = test::content_of(folder / "past.h5");
  bytes[bytes.size() / 2] = static_cast<char>(bytes[bytes.size() / 2] ^ 1);
  test::put(folder / "damaged.h5", bytes);
  EXPECT_THROW(SnapshotFile(folder / "damaged.h5"), InputError);
  test::put(folder / "text.h5", "no snapshot");
  EXPECT_THROW(SnapshotFile(folder / "text.h5"), InputError);
  EXPECT_THROW(SnapshotFile(folder / "absent.h5"), InputError);
}

TEST(SnapshotColumns, KeepEveryFieldOfAPerson) {
  // Each column alone is moved away from its default and must come back, and no other with it.
  int n_columns = 0;
  for_each_person_column([&]<typename Value>(const snapshot::Column<Person, Value>& column) {
    Person moved;
    const auto value = static_cast<Value>(column.get(moved) == Value{1} ? 0 : 1);
    column.set(moved, value);
    EXPECT_EQ(column.get(moved), value) << column.name;
    EXPECT_FALSE(moved == Person()) << column.name;
    column.set(moved, column.get(Person()));
    EXPECT_TRUE(moved == Person()) << column.name;
    ++n_columns;
  });
  EXPECT_EQ(n_columns, 58 + 2 * 12);  // fields of a person but for the contracts, and of both contracts
}

TEST(SnapshotColumns, StatesThatDoNotHoldTogetherAreSeen) {
  const OfficeState sound = Past().at(fork).offices.front();
  ASSERT_TRUE(is_sound(sound));
  OfficeState state = sound;
  state.active.push_back(static_cast<std::uint32_t>(state.people.size()));
  EXPECT_FALSE(is_sound(state));
  state = sound;
  state.calendar.back() = static_cast<std::uint32_t>(state.people.size());
  EXPECT_FALSE(is_sound(state));
  state = sound;
  const std::uint32_t slot = state.active.front();
  state.people[slot].next = slot;  // a list without end
  state.calendar.back() = slot;
  EXPECT_FALSE(is_sound(state));
}

}  // namespace
}  // namespace tremplin
