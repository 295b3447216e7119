#include "scenarios/landscape/own_office.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <limits>

#include "scenarios/landscape/draw_offices.hpp"

namespace tremplin {

namespace {

constexpr std::array<std::string_view, n_regions> regions = {"flanders", "wallonia", "brussels"};
constexpr std::array<std::string_view, n_income_groups> income_groups = {"GR1", "GR2", "GR3", "GR4"};
constexpr std::array<std::string_view, n_pools> pools = {"article_60", "training", "social_activation",
                                                         "guidance"};
constexpr std::array<std::string_view, 3> categories = {"cohabitant", "single", "family"};
// The environment is known until 2030; before 2003 the simulation only warms up.
constexpr Month first_reference{2003, 1};
constexpr Month last_reference{2030, 12};
constexpr yaml::Range people{0, 100'000};
constexpr yaml::Range workers{0.01, 10'000};

std::optional<double> optional_number(yaml::MapReader& map, std::string_view key, yaml::Range range) {
  if (!map.has(key)) return std::nullopt;
  return map.number(key, range);
}

// "2019-06", or "2019" for the mean of the year.
Reference read_reference(yaml::MapReader& map) {
  const yaml::Node* node = map.required("reference");
  if (node == nullptr) return {};
  const yaml::Place place = map.place_of("reference");
  Reference reference;
  const auto year = yaml::parse_number(node->scalar);
  const auto date = node->scalar.size() == 7 ? parse_date(node->scalar) : std::nullopt;
  if (node->kind == yaml::Node::Kind::scalar && year && *year == std::floor(*year) && *year >= 1900 &&
      *year < 2100) {
    reference = {static_cast<int>(*year), 0};
  } else if (node->kind == yaml::Node::Kind::scalar && date) {
    reference = {date->month.year(), date->month.of_year()};
  } else {
    place.report(FaultKind::bad_date, *node, node->scalar, std::string(expects::year_or_month));
    return {};
  }
  if (reference.from() < first_reference || last_reference + 1 < reference.until()) {
    place.report(FaultKind::out_of_range, *node, node->scalar,
                 fmt::format("{} .. {}", to_string(first_reference), to_string(last_reference)));
    return {};
  }
  return reference;
}

StatedStock read_stock(yaml::MapReader& root) {
  StatedStock stock;
  const yaml::Node* node = root.required("people");
  if (node == nullptr) return stock;
  yaml::MapReader map(*node, root.place_of("people"));
  if (const yaml::Node* split = map.optional("by_category")) {
    yaml::MapReader parts(*split, map.place_of("by_category"));
    std::array<double, 3> by_category{};
    for (std::size_t c = 0; c < categories.size(); ++c) by_category[c] = parts.number(categories[c], people);
    parts.finish();
    stock.by_category = by_category;
  }
  const double sum =
      stock.by_category ? (*stock.by_category)[0] + (*stock.by_category)[1] + (*stock.by_category)[2] : 0;
  const yaml::Node* paid = stock.by_category ? map.optional("paid") : map.required("paid");
  stock.paid = paid != nullptr ? yaml::number(*paid, map.place_of("paid"), {1, people.maximum}) : sum;
  if (paid != nullptr && stock.by_category && std::abs(sum - *stock.paid) > 0.5) {
    map.place_of("by_category")
        .report(FaultKind::inconsistent, *map.optional("by_category"), "sum " + yaml::to_string(sum),
                "sum " + yaml::to_string(*stock.paid));
  } else if (paid == nullptr && sum < 1) {
    map.place_of("by_category").report(FaultKind::out_of_range, *node, "sum " + yaml::to_string(sum), ">= 1");
  }
  stock.equivalent = optional_number(map, "equivalent", people);
  map.finish();
  return stock;
}

void read_staff_and_places(yaml::MapReader& root, OwnOffice& own) {
  if (const yaml::Node* node = root.optional("staff")) {
    yaml::MapReader map(*node, root.place_of("staff"));
    own.first_line = optional_number(map, "first_line", workers);
    own.second_line = optional_number(map, "second_line", {0, workers.maximum});
    map.finish();
  }
  if (const yaml::Node* node = root.optional("places")) {
    yaml::MapReader map(*node, root.place_of("places"));
    for (std::size_t pool = 0; pool < pools.size(); ++pool)
      own.places[pool] = optional_number(map, pools[pool], people);
    map.finish();
  }
}

void read_habits(yaml::MapReader& root, std::span<const Preset> presets, OwnOffice& own) {
  const yaml::Node* node = root.optional("practice");
  if (node == nullptr) return;
  yaml::MapReader map(*node, root.place_of("practice"));
  if (map.has("preset")) {
    std::vector<std::string_view> names;
    for (const Preset& preset : presets) names.push_back(preset.name);
    const Preset& preset = presets[map.one_of("preset", names)];
    own.preset = preset.name;
    own.practice = preset.practice;
  }
  for (const PracticeSetting& setting : read_practice(map)) {
    std::erase_if(own.practice, [&](const PracticeSetting& s) { return s.column == setting.column; });
    own.practice.push_back(setting);
  }
  map.finish();
}

// How far an office is from what is stated, from 0. A habit counts by how much it differs on its range, a
// size class as half a habit, the income group as a quarter: assumed, as no document says what goes with
// what.
double distance(const OwnOffice& own, const Office& office) {
  constexpr double a_size_class = 0.5;
  constexpr double an_income_group = 0.25;
  double sum = a_size_class *
               std::abs(static_cast<int>(size_class_of(own.population)) - static_cast<int>(office.size()));
  if (own.income_group) sum += an_income_group * std::abs(*own.income_group - office.income_group);
  for (const PracticeSetting& setting : own.practice) {
    const double apart = std::abs(setting.column->get(office) - setting.value);
    const bool ordered = setting.column->n_choices() == 0;
    const double range = setting.column->maximum - setting.column->minimum;
    sum += ordered ? std::min(1.0, apart / range) : (apart > 0 ? 1.0 : 0.0);
  }
  return sum;
}

// Of the donor, as the offer of one's own asks; of an average CPAS with that offer if the donor has none.
double social_activation_places(const Office& donor, const Office& own, const Landscape& landscape) {
  const Resources& resources = landscape.resources;
  const double asked = activation_weight(resources, own.practice);
  const double given = activation_weight(resources, donor.practice);
  if (given == 0) {
    double mean_weight = 0;
    for (std::size_t offer = 0; offer < landscape.habits.offer.size(); ++offer)
      mean_weight += landscape.habits.activation_any * landscape.habits.offer[offer] *
                     resources.activation_by_offer[offer];
    return resources.social_activation * donor.caseload_2013 * asked / mean_weight;
  }
  return donor.places[static_cast<std::size_t>(Pool::social_activation)] * asked / given;
}

}  // namespace

OwnOffice load_own_office(const SourceText& file, std::span<const Preset> presets) {
  Faults faults;
  OwnOffice own;
  if (const auto root = yaml::read_document(file, faults)) {
    yaml::MapReader map(*root, {file.name, &faults, {}});
    own.name = map.text("name", "");
    own.region = static_cast<Region>(map.one_of("region", regions));
    const OfficeColumn& population = office_column("population");
    own.population = map.number("population", {population.minimum, population.maximum});
    if (map.has("income_group"))
      own.income_group = static_cast<int>(map.one_of("income_group", income_groups));
    own.reference = read_reference(map);
    own.stock = read_stock(map);
    own.align = map.truth("align", true);
    read_staff_and_places(map, own);
    const OfficeColumn& childcare = office_column("childcare_tightness");
    own.childcare = optional_number(map, "childcare_tightness", {childcare.minimum, childcare.maximum});
    read_habits(map, presets, own);
    map.finish();
  }
  faults.throw_if_any();
  return own;
}

std::vector<const OfficeColumn*> left_out(const OwnOffice& own) {
  std::vector<const OfficeColumn*> columns;
  const auto unless = [&](bool stated, std::string_view column) {
    if (!stated) columns.push_back(&office_column(column));
  };
  unless(own.income_group.has_value(), "income_group");
  unless(own.stock.equivalent.has_value(), "equivalent_2013");
  unless(own.first_line.has_value(), "first_line_fte");
  unless(own.second_line.has_value(), "second_line_fte");
  for (std::size_t pool = 0; pool < pools.size(); ++pool)
    unless(own.places[pool].has_value(), fmt::format("places_{}", pools[pool]));
  unless(own.childcare.has_value(), "childcare_tightness");
  for (const OfficeColumn& column : office_columns()) {
    if (column.practice) {
      unless(std::ranges::find(own.practice, &column, &PracticeSetting::column) != own.practice.end(),
             column.name);
    }
  }
  return columns;
}

const Office& most_alike(const OwnOffice& own, std::span<const Office> donors, const Luck& luck) {
  const Office* best = nullptr;
  std::pair<double, std::uint32_t> least{std::numeric_limits<double>::infinity(), 0};
  for (const Office& office : donors) {
    if (office.region != own.region) continue;
    const std::pair score{distance(own, office),
                          office_draws(luck, office.id).word(Decision::landscape_donor)};
    if (best != nullptr && score >= least) continue;
    best = &office;
    least = score;
  }
  return *best;
}

Office complete(const OwnOffice& own, const Office& donor, const Landscape& landscape,
                double staff_elasticity) {
  Office office = donor;
  office.id = own_cpas_id;
  office.region = own.region;
  office.population = own.population;
  office.income_group = static_cast<std::uint8_t>(own.income_group.value_or(donor.income_group));
  // Equivalent income has no national level of its own: that of integration income (assumed).
  const double stock = stock_level(landscape, own.reference);
  office.caseload_2013 = *own.stock.paid / stock;
  const double scale = office.caseload_2013 / donor.caseload_2013;
  office.equivalent_2013 =
      own.stock.equivalent ? *own.stock.equivalent / stock : donor.equivalent_2013 * scale;

  const double staff = staff_level(landscape, staff_elasticity, own.reference);
  const double files =
      (office.caseload_2013 + office.equivalent_2013) / (donor.caseload_2013 + donor.equivalent_2013);
  office.first_line_fte = own.first_line ? *own.first_line / staff : donor.first_line_fte * files;
  office.second_line_fte = own.second_line
                               ? *own.second_line / staff
                               : office.first_line_fte * donor.second_line_fte / donor.first_line_fte;
  const double places = places_level(landscape, office.income_group, own.reference);
  for (std::size_t pool = 0; pool < pools.size(); ++pool)
    office.places[pool] = own.places[pool] ? *own.places[pool] / places : donor.places[pool] * scale;
  office.childcare_tightness = own.childcare.value_or(donor.childcare_tightness);
  tremplin::apply(own.practice, office.practice);  // not std::apply
  constexpr auto activation = static_cast<std::size_t>(Pool::social_activation);
  if (!own.places[activation]) {
    office.places[activation] = social_activation_places(donor, office, landscape) * scale;
  }
  return office;
}

}  // namespace tremplin
