#include "engine/simulate/life.hpp"

#include <algorithm>

namespace tremplin {

namespace {

class LifeRecorder : public Witness, public Ledger {
 public:
  explicit LifeRecorder(LocalId who) : who_(who) {}

  void decided(Decision decision, double p, double u, bool happened) override {
    month_.draws.push_back({decision, true, happened, p, u});
  }
  void chose(Decision decision, double u) override { month_.draws.push_back({decision, false, true, 0, u}); }

  void begin(const Person& person, const OfficeMonth& tally) override {
    if (person.id != who_) return;
    before_ = tally.tallies;
    // A person may be visited twice, the second time after a change.
    if (month_.groups.empty()) month_.groups = groups_of(person, now_, Month(person.requested_in));
  }
  void month_begins(Month month) { now_ = month; }

  void end(const Person& person, Month, const OfficeMonth& tally, int days_paid) override {
    if (person.id != who_) return;
    for (std::size_t i = 0; i < n_tallies; ++i) month_.tallies[i] += tally.tallies[i] - before_[i];
    month_.days_paid += days_paid;
  }

  // What was told since the last month, closed with the record.
  LifeMonth close(Month month, const Person& person) {
    LifeMonth told = std::move(month_);
    month_ = LifeMonth{};
    told.month = month;
    told.person = person;
    if (told.groups.empty()) told.groups = groups_of(person, month, month);  // no file is open
    return told;
  }

 private:
  LocalId who_;
  Month now_;
  LifeMonth month_;
  std::array<std::int64_t, n_tallies> before_{};
};

std::uint32_t n_alike(const OfficeState& state, LocalId who) {
  const auto kind = static_cast<std::uint32_t>(who) & ~serials;
  return static_cast<std::uint32_t>(std::ranges::count_if(state.people, [&](const Person& person) {
    return (static_cast<std::uint32_t>(person.id) & ~serials) == kind;
  }));
}

}  // namespace

Life live(const World& world, const Office& office, const Parameters& parameters, const Constants& constants,
          const RulesTable& table, const Plan& plan, LocalId who) {
  const Month appears = appeared_in(who);
  OfficeRun run(world, office, parameters, constants, table, plan);
  OfficeScratch scratch;
  Life life;
  LifeRecorder recorder(who);
  while (run.next_month() < plan.report_until) {
    const Month month = run.next_month();
    if (month == appears) {
      run.follow(who, &recorder);
      run.keep(&recorder);
    }
    recorder.month_begins(month);
    run.step(scratch);
    if (month < appears) continue;
    if (month == appears) life.n_alike = n_alike(run.state(), who);
    const auto found = std::ranges::find(run.state().people, who, &Person::id);
    if (found == run.state().people.end()) break;  // forgotten: died, moved away, or will not be back
    life.months.push_back(recorder.close(month, *found));
  }
  return life;
}

}  // namespace tremplin
