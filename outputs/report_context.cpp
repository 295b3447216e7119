#include "outputs/report_context.hpp"

#include <array>
#include <optional>

namespace tremplin {

namespace {

// Indicators that have published figures, as a measure of tallies: over / under, or the mean of `over`.
struct Published {
  Indicator indicator;
  std::vector<Tally> over;
  std::vector<Tally> under;  // empty: a monthly mean
};

std::span<const Published> published_indicators() {
  using enum Tally;
  static const std::array all = {
      Published{Indicator::people_paid, {paid}, {}},
      Published{Indicator::coverage_registered, {contract_registered}, {on_integration_income}},
      Published{Indicator::activation_ratio,
                {in_article_60, in_article_61},
                {paid, paid_equivalent, in_article_60, in_article_61}},
  };
  return all;
}

bool is_national(const Selection& selection, const std::vector<Tally>& tallies) {
  return !selection.region && !selection.income_group && selection.tallies == tallies;
}

bool measures(const Target& target, const Published& published) {
  if (target.scale != 1) return false;
  if (const auto* mean = std::get_if<MeanOverMonths>(&target.measure))
    return published.under.empty() && is_national(mean->of, published.over);
  if (const auto* ratio = std::get_if<RatioOfSums>(&target.measure))
    return is_national(ratio->over, published.over) && is_national(ratio->under, published.under);
  return false;
}

ParameterClass class_of(Evidence evidence) {
  switch (evidence) {
    case Evidence::law:
    case Evidence::data:
      return ParameterClass::data;
    case Evidence::calibrated:
      return ParameterClass::calibrated;
    case Evidence::assumed:
      break;
  }
  return ParameterClass::assumed;
}

}  // namespace

Say say_of(TargetTheme theme) {
  static constexpr std::array says = {Say::theme_caseload,   Say::theme_people,  Say::theme_duration,
                                      Say::theme_activation, Say::theme_exits,   Say::theme_contracts,
                                      Say::theme_accounts,   Say::theme_workload};
  static_assert(says.size() == target_theme_names.size());
  return says[static_cast<std::size_t>(theme)];
}

ReportContext report_context(const Run& run, std::span<const Target> targets, const PriorTable& priors) {
  ReportContext context;
  if (!run.own) {
    for (const Target& target : targets)
      for (const Published& published : published_indicators())
        if (measures(target, published))
          context.published.push_back({published.indicator, {target.from, target.until}, target.value});
    context.fits = fit(targets, run.results.front(), run.stratum_weights);
    std::erase_if(context.fits, [](const TargetFit& line) { return !line.covered; });
  }
  for (const Prior& prior : priors) {
    context.parameter_classes.push_back(class_of(prior.evidence));
    context.parameter_sources.push_back(prior.source);
  }
  return context;
}

}  // namespace tremplin
