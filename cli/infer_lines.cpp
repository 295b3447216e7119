#include "cli/infer_lines.hpp"

#include <cmath>
#include <nlohmann/json.hpp>

#include "cli/plain.hpp"
#include "cli/posterior_lines.hpp"
#include "cli/texts.hpp"
#include "outputs/collect.hpp"
#include "outputs/present.hpp"
#include "outputs/text_table.hpp"

namespace tremplin::cli {

namespace {

using Json = nlohmann::ordered_json;
using inference::Estimate;
using inference::Index;
using inference::PointFit;
using inference::Profile;
using inference::ProfileShape;
using outside::RunFault;

Phrase words_of(RunFault fault) {
  switch (fault) {
    case RunFault::not_finite:
      return Phrase::infer_not_finite;
    case RunFault::wrong_columns:
      return Phrase::infer_wrong_columns;
    case RunFault::garbled:
      return Phrase::infer_garbled;
    case RunFault::crashed:
      return Phrase::infer_crashed;
    case RunFault::timed_out:
      return Phrase::infer_timed_out;
    case RunFault::none:
    case RunFault::reported:
      break;
  }
  return Phrase::infer_reported;
}

Phrase words_of(const PointFit& fit) {
  const bool simulated = fit.n_simulations > 0;
  if (fit.estimate == Estimate::maximum_likelihood)
    return simulated ? Phrase::infer_likeliest_simulated : Phrase::infer_likeliest_emulated;
  return simulated ? Phrase::infer_mode_simulated : Phrase::infer_mode_emulated;
}

std::string failure_lines(const InferenceFound& found, Language language) {
  std::string text;
  if (!found.failures.empty()) text += say(language, Phrase::infer_failed) + "\n";
  for (const auto& [fault, runs] : found.failures) {
    std::string line = std::to_string(runs.n) + "  " + say(language, words_of(fault));
    if (!runs.example.empty()) line += " (" + say(language, Phrase::infer_for_instance, runs.example) + ")";
    text += wrapped("  " + line, text_table_width, 4);
  }
  if (found.n_restarts > 0)
    text += wrapped(say(language, Phrase::infer_restarts, found.n_restarts), text_table_width, 0);
  return text;
}

// One block for each fit: a simulator may have more parameters than a screen has columns.
std::string fit_lines(const InferenceFound& found, Language language) {
  std::string text;
  for (const PointFit& fit : found.inferred.fits) {
    text += "\n" +
            widened(say(language, Phrase::infer_fit) + colon(language) + say(language, words_of(fit)), 60) +
            say(language, Phrase::infer_log_density) + " " + short_number(fit.value, language) +
            (fit.error > 0 ? " ± " + short_number(fit.error, language) : "") + "\n";
    for (std::size_t j = 0; j < found.parameters.size(); ++j)
      text += "  " + widened(found.parameters[j], 28) +
              padded(short_number(fit.parameters[static_cast<Index>(j)], language), 14, true) + "\n";
    if (!fit.converged) text += "  " + say(language, Phrase::infer_not_converged) + "\n";
    if (fit.at_edge) text += "  " + say(language, Phrase::infer_at_edge) + "\n";
  }
  return text;
}

std::string bounds_text(const Profile& profile, Language language) {
  switch (profile.shape) {
    case ProfileShape::open_below:
      return say(language, Phrase::infer_open_below, short_number(profile.high, language));
    case ProfileShape::open_above:
      return say(language, Phrase::infer_open_above, short_number(profile.low, language));
    case ProfileShape::flat:
      return say(language, Phrase::infer_flat);
    case ProfileShape::closed:
      break;
  }
  return short_number(profile.low, language) + " – " + short_number(profile.high, language);
}

std::string profile_lines(const InferenceFound& found, Language language) {
  if (found.inferred.profiles.empty()) return {};
  std::string text = "\n" + widened(say(language, Phrase::infer_profile), 28) +
                     padded(say(language, Phrase::infer_best), 22, true) + "    " +
                     say(language, Phrase::infer_interval) + "\n";
  for (const Profile& profile : found.inferred.profiles)
    text += widened(profile.name, 28) + padded(short_number(profile.best, language), 22, true) + "    " +
            bounds_text(profile, language) + "\n";
  return text + wrapped(say(language, Phrase::infer_profile_legend), text_table_width, 0);
}

Json fits_json(const InferenceFound& found) {
  Json fits = Json::array();
  for (const PointFit& fit : found.inferred.fits) {
    Json one = {{"estimate", fit.estimate == Estimate::maximum_likelihood ? "maximum_likelihood"
                                                                          : "maximum_a_posteriori"},
                {"on", fit.n_simulations > 0 ? "simulator" : "emulator"},
                {"parameters", Json::object()},
                {"log_density", fit.value},
                {"error", fit.error},
                {"converged", fit.converged},
                {"at_edge", fit.at_edge},
                {"n_evaluations", fit.n_evaluations},
                {"n_simulations", fit.n_simulations},
                {"n_failed", fit.n_failed}};
    for (std::size_t j = 0; j < found.parameters.size(); ++j)
      one["parameters"][found.parameters[j]] = fit.parameters[static_cast<Index>(j)];
    fits.push_back(std::move(one));
  }
  return fits;
}

Json profiles_json(const InferenceFound& found) {
  constexpr std::array<const char*, 4> shapes = {"closed", "open_below", "open_above", "flat"};
  Json profiles = Json::array();
  const auto number = [](double value) { return std::isnan(value) ? Json() : Json(value); };
  for (const Profile& profile : found.inferred.profiles)
    profiles.push_back({{"name", profile.name},
                        {"best", profile.best},
                        {"low", number(profile.low)},
                        {"high", number(profile.high)},
                        {"shape", shapes.at(static_cast<std::size_t>(profile.shape))}});
  return profiles;
}

}  // namespace

std::string inference_lines(const InferenceFound& found, Language language) {
  const inference::Inferred& inferred = found.inferred;
  std::string text = wrapped(say(language, Phrase::infer_found, found.title,
                                 inference::method_names.at(static_cast<std::size_t>(found.method)),
                                 inferred.n_simulations, inferred.n_failed),
                             text_table_width, 0);
  text += failure_lines(found, language) + verdict_line(inferred.posterior, language) + "\n";
  std::vector<LearntParameter> parameters;
  for (std::size_t j = 0; j < found.parameters.size(); ++j)
    parameters.push_back({found.parameters[j], interval_of(inferred.prior, j),
                          interval_of(inferred.posterior.parameters, j),
                          inferred.learnt[static_cast<Index>(j)]});
  return text + learnt_lines(std::move(parameters), language, true) + fit_lines(found, language) +
         profile_lines(found, language) + "\n" +
         wrapped(say(language, Phrase::infer_legend), text_table_width, 0);
}

Json inference_json(const InferenceFound& found) {
  const inference::Inferred& inferred = found.inferred;
  Json json = {{"title", found.title},
               {"method", inference::method_names.at(static_cast<std::size_t>(found.method))},
               {"n_simulations", inferred.n_simulations},
               {"n_failed", inferred.n_failed},
               {"failures", Json::object()},
               {"n_restarts", found.n_restarts},
               {"trusted", inferred.posterior.trusted()},
               {"doubts", texts_of(inferred.posterior.doubts, &inference::Doubt::text)},
               {"diagnostics", Json::object()},
               {"parameters", Json::array()},
               {"point_fits", fits_json(found)},
               {"profiles", profiles_json(found)}};
  for (const auto& [fault, runs] : found.failures)
    json["failures"][std::string(name_of(fault))] = {{"n", runs.n}, {"example", runs.example}};
  for (const auto& [name, value] : inferred.posterior.diagnostics) json["diagnostics"][name] = value;
  for (std::size_t j = 0; j < found.parameters.size(); ++j)
    json["parameters"].push_back({{"name", found.parameters[j]},
                                  {"prior", interval_json(interval_of(inferred.prior, j))},
                                  {"posterior", interval_json(interval_of(inferred.posterior.parameters, j))},
                                  {"learnt", inferred.learnt[static_cast<Index>(j)]}});
  return json;
}

}  // namespace tremplin::cli
