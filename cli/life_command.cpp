// life PERSON: one life beside its counterfactual; life --list OFFICE: people worth looking at. Only the
// person's own office is simulated.
#include <algorithm>
#include <array>
#include <ostream>

#include "cli/chronicle_text.hpp"
#include "cli/commands.hpp"
#include "cli/loading.hpp"
#include "cli/plain.hpp"
#include "cli/presentation.hpp"
#include "cli/texts.hpp"
#include "engine/base/errors.hpp"
#include "engine/simulate/life_sums.hpp"
#include "outputs/present.hpp"
#include "scenarios/yaml/faults.hpp"

namespace tremplin::cli {
namespace {

using Json = nlohmann::ordered_json;

Fault bad_option(const std::string& option, std::string found, std::string expected,
                 std::string nearest = {}) {
  return {.kind = FaultKind::bad_option,
          .source = option,
          .key = option,
          .found = std::move(found),
          .expected = std::move(expected),
          .nearest = std::move(nearest)};
}

// Two scenarios, one replicate, one office.
class OneOffice {
 public:
  OneOffice(const Task& task, Arguments arguments)
      : options_(run_options(arguments)), loaded_(load(task, arguments)) {
    const Plan& plan = options_.plan;
    parameters_ = loaded_.parameters_of(plan.luck.replicate);
    world_ = draw_world(loaded_.landscape, plan.luck.seed, plan.burn_in_from, plan.report_until);
    world_.environment.staff =
        staff_path(loaded_.landscape, parameters_.staff_elasticity, plan.burn_in_from, plan.report_until);
    constants_ = make_constants(world_, parameters_);
  }

  // `option` is where its number was typed. Throws InputError.
  [[nodiscard]] const Office& office(CpasId id, const std::string& option, const std::string& found) const {
    const auto office = std::ranges::find(world_.offices, id, &Office::id);
    if (office != world_.offices.end()) return *office;
    const auto [first, last] = std::ranges::minmax(world_.offices, {}, &Office::id);
    throw InputError(bad_option(
        option, found, fmt::format("{} .. {}", static_cast<int>(first.id), static_cast<int>(last.id))));
  }
  [[nodiscard]] Life life(const PersonName& name, const Office& office, std::size_t scenario) const {
    return live(world_, office, parameters_, constants_, loaded_.rules[scenario], options_.plan, name.local);
  }
  [[nodiscard]] std::vector<OfficeLives> everybody(const Office& office) const {
    OfficeScratch scratch;
    return lives_of_office(world_, office, parameters_, constants_, {&loaded_.rules[0], &loaded_.rules[1]},
                           options_.plan, scratch);
  }
  [[nodiscard]] const Loaded& loaded() const { return loaded_; }
  [[nodiscard]] std::size_t n_listed() const { return options_.n_listed; }
  [[nodiscard]] const Plan& plan() const { return options_.plan; }

 private:
  Loaded load(const Task& task, Arguments& arguments) const {
    if (arguments.base.empty()) arguments.base = default_own_base;
    if (arguments.against.empty()) {
      throw InputError(Fault{.kind = FaultKind::missing_key, .source = "life", .key = "--against"});
    }
    arguments.reforms = {arguments.against};
    return load_inputs(task.home, arguments, options_, options_.plan.report_until);
  }

  RunOptions options_;
  Loaded loaded_;
  Parameters parameters_;
  World world_;
  Constants constants_;
};

// What `--who` may ask, each of the first life unless it compares both.
struct Filter {
  std::string_view name;
  bool (*fits)(const LifeSums& first, const LifeSums& second, Month from);
};
constexpr std::array filters = {
    Filter{"young",
           [](const LifeSums& a, const LifeSums&, Month from) { return from.index - a.born < 25 * 12; }},
    Filter{"exempted", [](const LifeSums& a, const LifeSums&, Month) { return a.exempted; }},
    Filter{"sanctioned", [](const LifeSums& a, const LifeSums& b,
                            Month) { return a[LifeSum::sanctions] + b[LifeSum::sanctions] > 0; }},
    Filter{"more",
           [](const LifeSums& a, const LifeSums& b, Month) { return b[LifeSum::cents] > a[LifeSum::cents]; }},
    Filter{"fewer", [](const LifeSums& a, const LifeSums& b, Month) {
             return b[LifeSum::cents] < a[LifeSum::cents];
           }}};

std::vector<Filter> filters_asked(const std::string& text) {
  std::vector<Filter> asked;
  std::vector<Fault> faults;
  std::vector<std::string_view> names;
  for (const Filter& filter : filters) names.push_back(filter.name);
  std::size_t start = 0;
  while (!text.empty() && start <= text.size()) {
    const std::size_t end = std::min(text.find(',', start), text.size());
    std::string word = text.substr(start, end - start);
    std::erase(word, ' ');
    const auto* found = std::ranges::find(filters, word, &Filter::name);
    if (found != filters.end()) {
      asked.push_back(*found);
    } else {
      faults.push_back(
          bad_option("--who", word, fmt::format("{}", fmt::join(names, ", ")), nearest_name(word, names)));
    }
    start = end + 1;
  }
  if (!faults.empty()) throw InputError(std::move(faults));
  return asked;
}

CpasId office_asked(const std::string& text) {
  const bool digits = !text.empty() && text.size() <= 4 &&
                      std::ranges::all_of(text, [](char c) { return c >= '0' && c <= '9'; });
  if (!digits) throw InputError(bad_option("--list", text, "1 .. 589"));
  return static_cast<CpasId>(std::stoi(text));
}

int list_people(const Task& task) {
  const Screen& screen = task.screen;
  const std::vector<Filter> asked = filters_asked(task.arguments.who);
  const CpasId id = office_asked(task.arguments.list);
  const OneOffice simulation(task, task.arguments);
  const Office& office = simulation.office(id, "--list", task.arguments.list);
  const std::vector<OfficeLives> lives = simulation.everybody(office);
  Json json = Json::array();
  std::size_t shown = 0;
  for (const auto& [local, first] : lives[0]) {
    const auto other = lives[1].find(local);
    const LifeSums second = other == lives[1].end() ? LifeSums{} : other->second;
    const bool fits = std::ranges::all_of(asked, [&](const Filter& filter) {
      return filter.fits(first, second, simulation.plan().report_from);
    });
    if (!fits || shown == simulation.n_listed()) continue;
    if (++shown == 1 && !task.arguments.json) {
      const auto& scenarios = simulation.loaded().run.scenarios;
      screen.out << wrapped(
          say(screen.language, Phrase::life_list_heading, scenarios[0].name, scenarios[1].name), 100, 0);
    }
    const std::string name = to_string(PersonName{id, local});
    json.push_back({{"person", name},
                    {"months", {first[LifeSum::months], second[LifeSum::months]}},
                    {"cents", {first[LifeSum::cents], second[LifeSum::cents]}},
                    {"sanctions", {first[LifeSum::sanctions], second[LifeSum::sanctions]}}});
    if (task.arguments.json) continue;
    const auto euro = [&](const LifeSums& sums) {
      return format_number(static_cast<double>(sums[LifeSum::cents]) / 100, 0, screen.language);
    };
    screen.out << padded(name, 20, false)
               << say(screen.language, Phrase::life_listed, first[LifeSum::months], second[LifeSum::months],
                      euro(first), euro(second), first[LifeSum::sanctions], second[LifeSum::sanctions])
               << '\n';
  }
  if (task.arguments.json) {
    print_json(screen.out, json);
  } else if (shown == 0) {
    screen.out << say(screen.language, Phrase::life_nobody) << '\n';
  }
  return 0;
}

}  // namespace

int life_command(const Task& task) {
  if (!task.arguments.list.empty()) return list_people(task);
  const PersonName name = parse_person(task.arguments.name);
  const Words words = load_words(task.home);
  const OneOffice simulation(task, task.arguments);
  const Office& office = simulation.office(name.office, "PERSON", task.arguments.name);
  const Life first = simulation.life(name, office, 0);
  const Life second = simulation.life(name, office, 1);
  if (first.months.empty()) {
    throw InputError(bad_option("PERSON", task.arguments.name,
                                say(task.screen.language, Phrase::life_serials, first.n_alike)));
  }
  const Run& run = simulation.loaded().run;
  const LivedUnder under{&simulation.loaded().rules[0], &simulation.loaded().rules[1], office.jurisdiction()};
  const TwoLives lives{name,
                       office,
                       run.scenarios[0],
                       run.scenarios[1],
                       first,
                       second,
                       under,
                       parting_of(first, second, under)};
  if (task.arguments.json) {
    print_json(task.screen.out, chronicle_json(lives));
  } else {
    task.screen.out << chronicle_text(lives, words.labels, task.screen.language);
  }
  return 0;
}

}  // namespace tremplin::cli
