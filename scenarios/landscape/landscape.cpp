#include "scenarios/landscape/landscape.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>

#include "scenarios/landscape/rake.hpp"

namespace tremplin {

namespace {

constexpr std::array<std::string_view, n_regions> regions = {"flanders", "wallonia", "brussels"};
constexpr std::array<std::string_view, n_fine_sizes> sizes = {"under_10k", "from_10k", "from_15k", "from_20k",
                                                              "from_40k",  "from_50k", "over_140k"};
constexpr yaml::Range share{0, 1};
constexpr yaml::Range positive{1e-9, 1e9};
constexpr yaml::Range not_negative{0, 1e9};

template <std::size_t n>
std::array<double, n> array_of(const std::vector<double>& values) {
  std::array<double, n> all{};
  std::copy_n(values.begin(), n, all.begin());
  return all;
}

template <std::size_t n>
std::array<int, n> whole_array(const std::vector<double>& values) {
  std::array<int, n> all{};
  std::ranges::transform(values, all.begin(), [](double v) { return static_cast<int>(std::lround(v)); });
  return all;
}

// Numbers by region, scaled to sum to 1.
ByRegion<double> region_shares(FigureReader& read, std::string_view name) {
  auto values = array_of<n_regions>(read.column(name, regions, positive));
  const double sum = std::accumulate(values.begin(), values.end(), 0.0);
  for (double& value : values) value /= sum;
  return values;
}

void check_frame(FigureReader& read, const Frame& frame) {
  const auto total = [](const auto& counts) { return std::accumulate(counts.begin(), counts.end(), 0); };
  const int offices = total(frame.offices);
  const auto same = [&](std::string_view name, int sum, int wanted) {
    if (sum != wanted) read.report(name, "sum " + std::to_string(sum), "sum " + std::to_string(wanted));
  };
  same("offices/by_size", total(frame.sizes), offices);
  same("income/offices_by_group", total(frame.income_groups), offices);
  same("offices/cities_by_region", total(frame.cities), frame.sizes.back());
}

Frame read_frame(FigureReader& read) {
  Frame frame;
  frame.offices = whole_array<n_regions>(read.column("offices/by_region", regions, {1, 1000}));
  frame.cities = whole_array<n_regions>(read.column("offices/cities_by_region", regions, {0, 1000}));
  frame.sizes = whole_array<n_fine_sizes>(read.list("offices/by_size", n_fine_sizes, {0, 1000}));
  const auto bounds = read.table("sizes/bounds", sizes, 2, positive);
  for (std::size_t s = 0; s < n_fine_sizes; ++s) frame.bounds[s] = {bounds[s][0], bounds[s][1]};
  const auto seed = read.table("offices/region_by_size_seed", regions, n_fine_sizes, not_negative);
  for (std::size_t r = 0; r < n_regions; ++r) frame.seed[r] = array_of<n_fine_sizes>(seed[r]);
  frame.population = read.number("population/national", positive);
  frame.population_shares = region_shares(read, "population/by_region");
  frame.rate_per_1000 =
      array_of<n_income_groups>(read.list("income/rate_per_1000", n_income_groups, positive));
  frame.income_groups =
      whole_array<n_income_groups>(read.list("income/offices_by_group", n_income_groups, not_negative));
  frame.income_by_region = array_of<n_regions>(read.column("income/shift_by_region", regions, {-10, 10}));
  frame.income_by_size = array_of<n_fine_sizes>(read.list("income/shift_by_size", n_fine_sizes, {-10, 10}));
  frame.caseload = read.number("caseload/national_2013", positive);
  frame.caseload_shares = region_shares(read, "caseload/by_region");
  frame.caseload_spread = read.number("caseload/office_spread", {0, 3});
  frame.equivalent = read.number("equivalent/persons_in_2013", positive) /
                     read.number("equivalent/persons_per_monthly_mean", {1, 12});
  frame.equivalent_shares = region_shares(read, "equivalent/by_region");
  check_frame(read, frame);
  return frame;
}

Resources read_resources(FigureReader& read) {
  Resources resources;
  resources.files_per_worker =
      array_of<n_regions>(read.column("staff/files_per_worker", regions, {10, 1000}));
  resources.staff_spread = read.number("staff/spread", {0, 2});
  const auto range = read.list("staff/range", 2, {1, 1000});
  resources.staff_range = {range[0], range[1]};
  resources.second_line_ratio =
      array_of<n_size_classes>(read.list("staff/second_line_ratio", n_size_classes, {0, 5}));
  resources.article_60 =
      read.number("places/article_60_total", positive) * read.number("places/article_60_share", share);
  resources.article_60_shares = region_shares(read, "places/article_60_by_region");
  resources.jobs_per_1000 =
      array_of<n_income_groups>(read.list("places/jobs_per_1000", n_income_groups, positive));
  resources.size_elasticity = read.number("places/size_elasticity", {0, 2});
  resources.spread = read.number("places/spread", {0, 3});
  resources.common_part = read.number("places/common_part", share);
  resources.training = read.number("places/training_share", share);
  resources.social_activation = read.number("places/social_activation_share", share);
  resources.activation_by_offer =
      array_of<3>(read.list("places/social_activation_by_offer", 3, not_negative));
  resources.guidance = read.number("places/guidance_share", share);
  resources.childcare = array_of<n_regions>(read.column("childcare/by_region", regions, {-5, 5}));
  return resources;
}

void read_correlations(FigureReader& read, Habits& habits) {
  constexpr std::array<std::string_view, 6> latents = {"formalism",  "contractual", "guidance",
                                                       "strictness", "policy",      "offer"};
  const auto matrix = read.table("practice/correlations", latents, latents.size(), {-1, 1});
  habits.cholesky = cholesky(matrix);
  bool symmetric = true;
  for (std::size_t i = 0; i < latents.size(); ++i) {
    symmetric = symmetric && matrix[i][i] == 1;
    for (std::size_t j = 0; j < i; ++j) symmetric = symmetric && matrix[i][j] == matrix[j][i];
  }
  if (habits.cholesky.empty() || !symmetric) {
    read.report("practice/correlations", "not a correlation matrix",
                "symmetric, 1 on the diagonal, positive");
  }
  for (std::size_t i = 0; i < n_attitudes; ++i) {
    for (std::size_t j = 0; j < n_attitudes; ++j) habits.attitudes[i][j] = matrix[i][j];
  }
}

double variance(const Habits& habits, const Loading& loading) {
  double sum = 0;
  for (std::size_t i = 0; i < n_attitudes; ++i) {
    for (std::size_t j = 0; j < n_attitudes; ++j) sum += loading[i] * loading[j] * habits.attitudes[i][j];
  }
  return sum;
}

void read_loadings(FigureReader& read, Habits& habits) {
  Habits::Loadings& to = habits.loadings;
  const std::vector<std::pair<std::string_view, Loading*>> all = {{"sanctions", &to.sanctions},
                                                                  {"partial", &to.partial},
                                                                  {"three_months", &to.three_months},
                                                                  {"other", &to.other},
                                                                  {"evaluation", &to.evaluation},
                                                                  {"compliance", &to.compliance},
                                                                  {"young", &to.young},
                                                                  {"exempt_health", &to.exempt_health},
                                                                  {"exempt_equity", &to.exempt_equity},
                                                                  {"conditional", &to.conditional},
                                                                  {"summer", &to.summer},
                                                                  {"parallel", &to.parallel},
                                                                  {"trained", &to.trained},
                                                                  {"integration", &to.integration},
                                                                  {"order", &to.order},
                                                                  {"work_uses", &to.work_uses},
                                                                  {"group_uses", &to.group_uses},
                                                                  {"report", &to.report},
                                                                  {"volunteering", &to.volunteering},
                                                                  {"guard", &to.guard}};
  std::vector<std::string_view> names;
  for (const auto& [name, loading] : all) names.push_back(name);
  const auto table = read.table("practice/loadings", names, n_attitudes, {-1, 1});
  for (std::size_t i = 0; i < all.size(); ++i) {
    *all[i].second = array_of<n_attitudes>(table[i]);
    const double explained = variance(habits, *all[i].second);
    if (explained > 1) {
      read.report("practice/loadings", std::string(names[i]) + ": variance " + yaml::to_string(explained),
                  "variance <= 1");
    }
  }
}

void read_exemptions(FigureReader& read, Habits& habits) {
  constexpr std::array<std::string_view, 5> grounds = {"health", "over_50", "lone_parent", "homeless",
                                                       "student"};
  const auto medians = read.column("practice/exempt_median", grounds, {0.001, 0.999});
  habits.exempt = {medians[0], medians[1], medians[2], medians[3], medians[4]};
  habits.exempt_spread = read.number("practice/exempt_spread", {0, 5});
  habits.young_fifths = array_of<5>(read.list("practice/young_exempted", 5, not_negative));
  habits.young_median = read.number("practice/young_exempted_median", {0.001, 0.199});
}

void read_uses(FigureReader& read, Habits& habits) {
  constexpr std::array<std::string_view, 4> published = {"employment", "reinforced_guidance", "homeless",
                                                         "equivalent"};
  const auto shares = read.column("practice/contract_uses", published, share);
  habits.contract_uses = {shares[0], read.number("practice/contract_for_social_activation", share), shares[1],
                          shares[2], shares[3]};
  habits.uses_common = read.number("practice/contract_uses_common", share);
  habits.activation_any = read.number("practice/social_activation_any", share);
  habits.volunteering = array_of<n_regions>(read.column("practice/volunteering", regions, share));
}

Habits read_habits(FigureReader& read) {
  Habits habits;
  read_correlations(read, habits);
  read_loadings(read, habits);
  read_exemptions(read, habits);
  read_uses(read, habits);
  habits.report = array_of<3>(read.shares("practice/annual_report", 3));
  habits.report_written = array_of<3>(read.list("practice/annual_report_written", 3, share));
  habits.second_line_spread = read.number("practice/second_line_spread", {0, 2});
  habits.guarded = read.number("practice/guarded_sanctions", share);
  habits.size_shift = array_of<n_size_classes>(read.list("practice/size_shift", n_size_classes, {-5, 5}));
  habits.offer = array_of<3>(read.shares("practice/offer", 3));
  habits.policy = array_of<4>(read.shares("practice/policy", 4));
  habits.case_by_case = array_of<4>(read.list("practice/case_by_case", 4, {0.001, 0.999}));
  constexpr std::array<std::string_view, 4> kinds = {"partial", "one_month", "three_months", "other"};
  const auto table = read.table("practice/sanction_kinds", kinds, 4, share);
  for (std::size_t k = 0; k < kinds.size(); ++k) {
    habits.kinds[k] = array_of<4>(table[k]);
    const double sum = std::accumulate(table[k].begin(), table[k].end(), 0.0);
    if (std::abs(sum - 1) > 1e-9)
      read.report("practice/sanction_kinds", "sum " + yaml::to_string(sum), "sum 1");
  }
  habits.frequency_scale = array_of<4>(read.list("practice/frequency_scale", 4, not_negative));
  habits.evaluation_shares = array_of<3>(read.shares("practice/evaluation_shares", 3));
  habits.evaluation_regularity = array_of<3>(read.list("practice/evaluation_regularity", 3, share));
  habits.compliance_spread = read.number("practice/compliance_spread", {0, 5});
  habits.case_by_case_spread = read.number("practice/case_by_case_spread", {0, 5});
  habits.conditional = array_of<n_regions>(read.column("practice/conditional", regions, share));
  habits.parallel = read.number("practice/parallel", share);
  habits.summer = array_of<3>(read.shares("practice/summer", 3));
  habits.hours_spread = read.number("practice/hours_spread", {0, 2});
  habits.trained = read.number("practice/trained", {0.001, 0.999});
  habits.trained_spread = read.number("practice/trained_spread", {0, 5});
  habits.order = array_of<3>(read.shares("practice/order", 3));
  return habits;
}

PopulationMargins read_people(FigureReader& read) {
  PopulationMargins people;
  people.age = array_of<5>(read.shares("people/age", 5));
  people.age_equivalent = array_of<5>(read.shares("people/age_equivalent", 5));
  people.women = array_of<2>(read.list("people/women", 2, share));
  people.women_equivalent = array_of<2>(read.list("people/women_equivalent", 2, share));
  constexpr std::array<std::string_view, 2> ages = {"under_25", "from_25"};
  const auto category = read.table("people/category", ages, 3, share);
  for (std::size_t a = 0; a < ages.size(); ++a) people.category[a] = array_of<3>(category[a]);
  people.category_equivalent = array_of<3>(read.shares("people/category_equivalent", 3));
  people.homeless = read.number("people/homeless", share);
  people.lone_parent = read.number("people/lone_parent", share);
  people.child_under_3 = read.number("people/child_under_3", share);
  people.insured_before = read.number("people/insured_before", share);
  people.low_education = read.number("people/low_education", share);
  people.non_eu = read.number("people/non_eu", share);
  return people;
}

Timeline read_timeline(FigureReader& read, std::string_view name, yaml::Range range) {
  Timeline timeline;
  for (const FigureRow& row : read.rows(name)) {
    const auto year = yaml::parse_number(row.name);
    const bool in_order = year && (timeline.empty() || *year > timeline.back().first);
    if (!in_order || *year != std::floor(*year) || row.values.size() != 1) {
      read.report(name, row.name, "one number for each year, in order");
    } else if (row.values[0] < range.minimum || row.values[0] > range.maximum) {
      read.report(name, yaml::to_string(row.values[0]), yaml::to_string(range));
    } else {
      timeline.emplace_back(static_cast<int>(*year), row.values[0]);
    }
  }
  if (timeline.empty()) timeline.emplace_back(2013, range.minimum);  // the fault is noted
  return timeline;
}

Timelines read_timelines(FigureReader& read) {
  Timelines times;
  times.stock = read_timeline(read, "stock/integration_income", positive);
  times.jobs = read_timeline(read, "places/jobs_over_time", positive);
  times.activation = read_timeline(read, "places/activation_over_time/country", share);
  for (std::size_t g = 0; g < n_income_groups; ++g) {
    times.activation_by_group[g] =
        read_timeline(read, "places/activation_over_time/gr" + std::to_string(g + 1), share);
  }
  times.part_time = read_timeline(read, "work/share_over_time", share);
  times.students = read_timeline(read, "students/share_of_young", share);
  for (std::size_t r = 0; r < n_regions; ++r) {
    times.tightness[r] = read_timeline(read, "tightness/" + std::string(regions[r]), positive);
  }
  times.season = array_of<12>(read.list("inflow/season", 12, not_negative));
  const double sum = std::accumulate(times.season.begin(), times.season.end(), 0.0);
  if (std::abs(sum - 12) > 1e-9) read.report("inflow/season", "sum " + yaml::to_string(sum), "sum 12");
  times.inflow = read_timeline(read, "inflow/integration_income", not_negative);
  times.inflow_equivalent = read_timeline(read, "inflow/equivalent", not_negative);
  return times;
}

Landscape read_landscape(std::vector<Figure> figures, Faults& faults) {
  Landscape landscape;
  landscape.figures = std::move(figures);
  FigureReader read(landscape.figures, faults);
  landscape.frame = read_frame(read);
  landscape.resources = read_resources(read);
  landscape.habits = read_habits(read);
  landscape.people = read_people(read);
  landscape.timelines = read_timelines(read);
  read.finish();
  faults.throw_if_any();
  return landscape;
}

}  // namespace

Landscape load_landscape(std::span<const SourceText> files) {
  Faults faults;
  std::vector<Figure> figures = read_figures(files, faults);
  return read_landscape(std::move(figures), faults);
}

Landscape landscape_of(std::vector<Figure> figures) {
  Faults faults;
  return read_landscape(std::move(figures), faults);
}

}  // namespace tremplin
