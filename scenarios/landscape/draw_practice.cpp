// Practice profiles: attitudes from a multivariate normal, habits by rank so that the published margins
// hold over the 589 CPAS (003:689-695, 003:744-745, 003:846-855; 000:894).
#include <algorithm>
#include <cmath>

#include "scenarios/landscape/draw_offices.hpp"
#include "scenarios/landscape/rake.hpp"

namespace tremplin {

namespace {

double logistic(double x) { return 1 / (1 + portable::exp(-x)); }
double log_odds(double p) { return portable::log(p / (1 - p)); }

// Sets the four attitudes; returns the latents of reach of the contract and breadth of the offer.
std::pair<double, double> draw_attitudes(Office& office, const Habits& habits, const Luck& luck) {
  constexpr std::array decisions = {Decision::practice_formalism, Decision::practice_contract,
                                    Decision::practice_guidance,  Decision::practice_strictness,
                                    Decision::practice_policy,    Decision::practice_offer};
  std::array<double, decisions.size()> independent{};
  std::array<double, decisions.size()> latents{};
  for (std::size_t i = 0; i < decisions.size(); ++i) {
    independent[i] = Normals(luck, office.id, decisions[i])();
    for (std::size_t j = 0; j <= i; ++j) latents[i] += habits.cholesky[i][j] * independent[j];
  }
  office.practice.formalism = latents[0];
  office.practice.contractual = latents[1];
  office.practice.guidance = latents[2];
  office.practice.strictness = latents[3];
  return {latents[4], latents[5]};
}

// A standard normal latent: attitudes by their loadings, luck for the rest of the variance.
class Latent {
 public:
  Latent(const Habits& habits, const Loading& loading) : loading_(loading) {
    double explained = 0;
    for (std::size_t i = 0; i < n_attitudes; ++i) {
      for (std::size_t j = 0; j < n_attitudes; ++j)
        explained += loading[i] * loading[j] * habits.attitudes[i][j];
    }
    own_ = std::sqrt(std::max(0.0, 1 - explained));
  }
  double operator()(const Practice& practice, double noise) const {
    return loading_[0] * practice.formalism + loading_[1] * practice.contractual +
           loading_[2] * practice.guidance + loading_[3] * practice.strictness + own_ * noise;
  }

 private:
  Loading loading_;
  double own_;
};

using Offices = std::vector<Office>;

std::vector<double> latents_of(const Offices& offices, const Habits& habits, const Loading& loading,
                               Decision decision, const Luck& luck) {
  const Latent latent(habits, loading);
  std::vector<double> values;
  for (const Office& office : offices) {
    values.push_back(latent(office.practice, Normals(luck, office.id, decision)()));
  }
  return values;
}

// Notes what decided a column, if anybody asked.
void note(LatentsByColumn* trace, std::string_view column, std::vector<double> latents) {
  if (trace != nullptr) trace->insert_or_assign(column, std::move(latents));
}

double size_shift(const Office& office, const Habits& habits) {
  return habits.size_shift[static_cast<std::size_t>(office.size())];
}

void draw_contracts(Offices& offices, const Habits& habits, std::span<const double> reach, const Luck& luck,
                    LatentsByColumn* trace) {
  const std::vector<int> policies = assign_by_rank(reach, habits.policy);
  const Latent compliance(habits, habits.loadings.compliance);
  std::vector<double> compliances;
  std::vector<double> choices;
  for (std::size_t i = 0; i < offices.size(); ++i) {
    Practice& practice = offices[i].practice;
    Normals normal(luck, offices[i].id, Decision::practice_policy);
    normal();  // the first is the latent of the policy itself
    const auto policy = static_cast<std::size_t>(policies[i]);
    practice.policy = static_cast<ContractPolicy>(policy);
    compliances.push_back(compliance(practice, normal()));
    practice.contract_compliance = habits.compliance_spread * compliances.back();
    choices.push_back(normal());
    practice.p_case_by_case =
        logistic(log_odds(habits.case_by_case[policy]) + habits.case_by_case_spread * choices.back());
  }
  note(trace, "policy", {reach.begin(), reach.end()});
  note(trace, "contract_compliance", std::move(compliances));
  note(trace, "p_case_by_case", std::move(choices));
}

// For whom the contract is used beyond the law (003:691-697). Who does nothing beyond the law comes first,
// who contracts with everyone last, but for equivalent income.
void draw_contract_uses(Offices& offices, const Habits& habits, const Luck& luck, LatentsByColumn* trace) {
  constexpr double beyond_all = 1000;
  constexpr std::array<std::string_view, n_contract_uses> columns = {
      "contracts_for_employment", "contracts_for_social_activation", "contracts_for_reinforced",
      "contracts_for_homeless", "contracts_for_equivalent"};
  const auto is_group = [](ContractUse use) {
    return use == ContractUse::homeless || use == ContractUse::equivalent;
  };
  const auto is_linked = [](ContractUse use) {  // 003:766-767
    return use == ContractUse::employment || use == ContractUse::social_activation;
  };
  std::array<std::vector<double>, n_contract_uses> own;  // without what the policy shifts
  std::array<std::vector<double>, n_contract_uses> latents;
  const Latent of_work(habits, habits.loadings.work_uses);
  const Latent of_groups(habits, habits.loadings.group_uses);
  for (const Office& office : offices) {
    Normals normal(luck, office.id, Decision::practice_contract_uses);
    const ContractPolicy policy = office.practice.policy;
    const double common = std::sqrt(habits.uses_common) * normal();
    for (std::size_t use = 0; use < n_contract_uses; ++use) {
      const auto which = static_cast<ContractUse>(use);
      const double luck_of_use =
          is_linked(which) ? common + std::sqrt(1 - habits.uses_common) * normal() : normal();
      const double latent = (is_group(which) ? of_groups : of_work)(office.practice, luck_of_use);
      const bool everyone = policy == ContractPolicy::everyone && which != ContractUse::equivalent;
      const double shift = policy == ContractPolicy::law_only ? -beyond_all : everyone ? beyond_all : 0;
      own[use].push_back(latent);
      latents[use].push_back(latent + shift);
    }
  }
  for (std::size_t use = 0; use < n_contract_uses; ++use) {
    const double share = habits.contract_uses[use];
    const auto classes = assign_by_rank(latents[use], std::array{1 - share, share});
    for (std::size_t i = 0; i < offices.size(); ++i) offices[i].practice.contract_uses[use] = classes[i] == 1;
    note(trace, columns[use], std::move(own[use]));
  }
}

// Young people exempted from the contract (003:689-690): published fifths by rank; within the first, a
// power of the rank with the assumed median, within the others evenly.
void draw_young(Offices& offices, const Habits& habits, const Luck& luck, LatentsByColumn* trace) {
  const auto latents = latents_of(offices, habits, habits.loadings.young, Decision::practice_young, luck);
  note(trace, "p_young_exempted", latents);
  const std::vector<int> counts = apportion(static_cast<int>(offices.size()), habits.young_fifths);
  const double power = portable::log(habits.young_median / 0.2) / portable::log(0.5);
  std::size_t fifth = 0;
  int rank = 0;
  for (const int i : ascending(latents)) {
    while (rank == counts[fifth]) {
      ++fifth;
      rank = 0;
    }
    const double within = (rank + 0.5) / counts[fifth];
    const double part = fifth == 0 ? portable::pow(within, power) : within;
    offices[static_cast<std::size_t>(i)].practice.p_young_exempted =
        0.2 * (static_cast<double>(fifth) + part);
    ++rank;
  }
}

void draw_exemptions(Offices& offices, const Habits& habits, const Luck& luck, LatentsByColumn* trace) {
  struct Ground {
    std::string_view column;
    double Practice::*accepted;
    double median;
    std::vector<double> latents;
  };
  const auto accept = [&](Ground& ground, Office& office, const Latent& latent, double noise) {
    ground.latents.push_back(latent(office.practice, noise));
    office.practice.*ground.accepted =
        logistic(log_odds(ground.median) + habits.exempt_spread * ground.latents.back());
  };
  Ground health{"p_exempt_health", &Practice::p_exempt_health, habits.exempt.health, {}};
  // Each equity ground has luck of its own: one lone mother is exempted here and not there (003:2131).
  std::array equity = {
      Ground{"p_exempt_over_50", &Practice::p_exempt_over_50, habits.exempt.over_50, {}},
      Ground{"p_exempt_lone_parent", &Practice::p_exempt_lone_parent, habits.exempt.lone_parent, {}},
      Ground{"p_exempt_homeless", &Practice::p_exempt_homeless, habits.exempt.homeless, {}},
      Ground{"p_exempt_student", &Practice::p_exempt_student, habits.exempt.student, {}}};
  const Latent latent_health(habits, habits.loadings.exempt_health);
  const Latent latent_equity(habits, habits.loadings.exempt_equity);
  for (Office& office : offices) {
    accept(health, office, latent_health, Normals(luck, office.id, Decision::practice_exempt_health)());
    Normals normal(luck, office.id, Decision::practice_exempt_equity);
    for (Ground& ground : equity) accept(ground, office, latent_equity, normal());
  }
  note(trace, health.column, std::move(health.latents));
  for (Ground& ground : equity) note(trace, ground.column, std::move(ground.latents));
}

// Sanction habits (003:846-855). How often a CPAS suspends for a month makes its habit; the CPAS that
// never do are those that never sanction at all, and come first among the 'never' of the other kinds.
void draw_sanctions(Offices& offices, const Habits& habits, const Luck& luck, LatentsByColumn* trace) {
  constexpr std::size_t n_kinds = 4;
  constexpr std::size_t one_month = 1;
  constexpr double below_all = 1000;
  const std::array loadings = {habits.loadings.partial, habits.loadings.sanctions,
                               habits.loadings.three_months, habits.loadings.other};
  const auto habit = latents_of(offices, habits, loadings[one_month], Decision::practice_sanction, luck);
  const auto month = assign_by_rank(habit, habits.kinds[one_month]);
  std::array<std::vector<double>, n_kinds> latents;
  std::array<std::vector<double>, n_kinds> own;  // without the shift of those that never sanction
  for (std::size_t i = 0; i < offices.size(); ++i) {
    Normals normal(luck, offices[i].id, Decision::practice_sanction_kind);
    for (std::size_t k = 0; k < n_kinds; ++k) {
      const double latent = Latent(habits, loadings[k])(offices[i].practice, normal());
      own[k].push_back(latent);
      latents[k].push_back(month[i] == 0 ? latent - below_all : latent);
    }
  }
  note(trace, "sanctions", habit);
  note(trace, "sanction_partial", std::move(own[0]));
  note(trace, "sanction_one_month", habit);
  note(trace, "sanction_three_months", std::move(own[2]));
  note(trace, "sanction_other", std::move(own[3]));
  std::array<double, n_kinds> mean{};  // of the CPAS that sanction
  for (std::size_t k = 0; k < n_kinds; ++k) {
    const auto frequency = k == one_month ? month : assign_by_rank(latents[k], habits.kinds[k]);
    for (std::size_t i = 0; i < offices.size(); ++i) {
      offices[i].practice.sanction_kinds[k] = habits.frequency_scale[static_cast<std::size_t>(frequency[i])];
    }
  }
  const auto normalise = [](std::array<double, n_kinds>& kinds) {
    const double sum = kinds[0] + kinds[1] + kinds[2] + kinds[3];
    for (double& kind : kinds) kind /= sum;
  };
  for (std::size_t i = 0; i < offices.size(); ++i) {
    Practice& practice = offices[i].practice;
    practice.sanctions = static_cast<SanctionHabit>(std::min(month[i], 2));
    if (month[i] == 0) continue;
    normalise(practice.sanction_kinds);
    for (std::size_t k = 0; k < n_kinds; ++k) mean[k] += practice.sanction_kinds[k];
  }
  // Where a reform makes a CPAS sanction that never did, it does as the others do on average.
  normalise(mean);
  for (Office& office : offices) {
    if (office.practice.sanctions == SanctionHabit::never) office.practice.sanction_kinds = mean;
  }
}

// Yes or no where the shares of regions are published: ranks are taken within each.
void draw_by_region(Offices& offices, std::span<const double> all, const ByRegion<double>& shares,
                    bool Practice::*habit) {
  for (std::size_t region = 0; region < n_regions; ++region) {
    std::vector<double> latents;
    std::vector<std::size_t> members;
    for (std::size_t i = 0; i < offices.size(); ++i) {
      if (static_cast<std::size_t>(offices[i].region) != region) continue;
      members.push_back(i);
      latents.push_back(all[i]);
    }
    const double share = shares[region];
    const auto classes = assign_by_rank(latents, std::array{1 - share, share});
    for (std::size_t m = 0; m < members.size(); ++m) {
      offices[members[m]].practice.*habit = classes[m] == 1;
    }
  }
}

// Social activation as a condition (000:894), and volunteering as a part of it (000:393).
void draw_activation(Offices& offices, const Habits& habits, const Luck& luck, LatentsByColumn* trace) {
  auto conditions =
      latents_of(offices, habits, habits.loadings.conditional, Decision::practice_conditional, luck);
  draw_by_region(offices, conditions, habits.conditional, &Practice::conditional_activation);
  note(trace, "conditional_activation", std::move(conditions));
  auto volunteers =
      latents_of(offices, habits, habits.loadings.volunteering, Decision::practice_volunteering, luck);
  draw_by_region(offices, volunteers, habits.volunteering, &Practice::volunteering);
  note(trace, "volunteering", std::move(volunteers));
}

void draw_organisation(Offices& offices, const Habits& habits, std::span<const double> breadth,
                       const Luck& luck, LatentsByColumn* trace) {
  // size: does the habit vary with size as orientation instruments do (000:591).
  const auto latents = [&](std::string_view column, const Loading& loading, Decision decision,
                           bool size = false) {
    auto values = latents_of(offices, habits, loading, decision, luck);
    for (std::size_t i = 0; size && i < offices.size(); ++i) values[i] += size_shift(offices[i], habits);
    note(trace, column, values);
    return values;
  };
  const auto& loadings = habits.loadings;
  const auto evaluation =
      assign_by_rank(latents("evaluation_regularity", loadings.evaluation, Decision::practice_evaluation),
                     habits.evaluation_shares);
  const auto summer =
      assign_by_rank(latents("students_summer", loadings.summer, Decision::practice_summer), habits.summer);
  const auto order =
      assign_by_rank(latents("queue_order", loadings.order, Decision::practice_order), habits.order);
  const auto parallels =
      assign_by_rank(latents("parallel_contracts", loadings.parallel, Decision::practice_parallel, true),
                     std::array{1 - habits.parallel, habits.parallel});
  const auto guarded = assign_by_rank(latents("guarded_sanctions", loadings.guard, Decision::practice_guard),
                                      std::array{1 - habits.guarded, habits.guarded});
  const auto report = assign_by_rank(
      latents("annual_report", loadings.report, Decision::practice_annual_report), habits.report);
  const auto trained = latents("trained_share", loadings.trained, Decision::practice_trained);
  const auto hours = latents("hours_factor", loadings.integration, Decision::practice_integration);
  std::vector<double> offer(breadth.begin(), breadth.end());
  for (std::size_t i = 0; i < offices.size(); ++i) offer[i] += size_shift(offices[i], habits);
  const auto offers = assign_by_rank(offer, habits.offer);
  // The very small ones, and among them the narrowest offers, organise no social activation (000:309-312).
  const auto any = assign_by_rank(offer, std::array{1 - habits.activation_any, habits.activation_any});
  note(trace, "activation_offer", offer);
  note(trace, "offer", std::move(offer));
  for (std::size_t i = 0; i < offices.size(); ++i) {
    Practice& practice = offices[i].practice;
    practice.evaluation_regularity = habits.evaluation_regularity[static_cast<std::size_t>(evaluation[i])];
    practice.students_summer = summer[i] + 1;
    practice.order = static_cast<QueueOrder>(order[i]);
    practice.offer = static_cast<Offer>(offers[i]);
    practice.parallel_contracts = parallels[i] == 1;
    practice.second_line_guidance =
        habits.second_line_spread * Normals(luck, offices[i].id, Decision::practice_second_line)();
    practice.guarded_sanctions = guarded[i] == 1;
    practice.annual_report = habits.report_written[static_cast<std::size_t>(report[i])];
    practice.activation_offer = any[i] == 1;
    practice.trained_share = logistic(log_odds(habits.trained) + habits.trained_spread * trained[i]);
    practice.hours_factor = portable::exp(habits.hours_spread * hours[i]);
  }
}

}  // namespace

void draw_practice(std::vector<Office>& offices, const Habits& habits, const Luck& luck,
                   LatentsByColumn* trace) {
  std::vector<double> reach;
  std::vector<double> breadth;
  for (Office& office : offices) {
    const auto [policy, offer] = draw_attitudes(office, habits, luck);
    reach.push_back(policy);
    breadth.push_back(offer);
  }
  draw_contracts(offices, habits, reach, luck, trace);
  draw_contract_uses(offices, habits, luck, trace);
  draw_young(offices, habits, luck, trace);
  draw_exemptions(offices, habits, luck, trace);
  draw_sanctions(offices, habits, luck, trace);
  draw_activation(offices, habits, luck, trace);
  draw_organisation(offices, habits, breadth, luck, trace);
}

}  // namespace tremplin
