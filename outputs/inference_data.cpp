#include "outputs/inference_data.hpp"

#include <algorithm>
#include <array>
#include <limits>
#include <numeric>
#include <stdexcept>
#include <string_view>
#include <utility>

#include "outputs/collect.hpp"
#include "outputs/hdf5/sheet.hpp"
#include "outputs/result_file.hpp"

namespace tremplin {

namespace {

using hdf5::Sheet;
using inference::Index;
using inference::Matrix;
using inference::Vector;

std::vector<std::int32_t> counted(Index n) {
  std::vector<std::int32_t> numbers(static_cast<std::size_t>(n));
  std::iota(numbers.begin(), numbers.end(), 0);
  return numbers;
}

std::vector<double> values_of(const Vector& vector) { return {vector.begin(), vector.end()}; }

std::vector<double> row_after_row(const Matrix& matrix) {
  std::vector<double> values;
  for (Index i = 0; i < matrix.rows(); ++i)
    for (Index j = 0; j < matrix.cols(); ++j) values.push_back(matrix(i, j));
  return values;
}

// One chain: draws have no order.
Sheet draws(hdf5::Group& root, const std::string& name, const std::vector<std::int32_t>& numbers) {
  Sheet sheet(root.create_group(name));
  sheet.axis("chain", counted(1), {"chain; there is one"});
  sheet.axis("draw", numbers, {"draw"});
  return sheet;
}

void write_parameters(hdf5::Group& root, const std::string& name, const std::vector<std::string>& parameters,
                      const Matrix& values) {
  Sheet sheet = draws(root, name, counted(values.rows()));
  for (std::size_t j = 0; j < parameters.size(); ++j)
    sheet.numbers(parameters[j], {"chain", "draw"}, values_of(values.col(static_cast<Index>(j))),
                  {"parameter"});
}

void write_predictive(hdf5::Group& root, const InferenceData& data) {
  Sheet sheet = draws(root, "posterior_predictive", data.predictive_draws);
  sheet.axis("target", data.figures, {"published figure, or another datum"});
  sheet.numbers("figure", {"chain", "draw", "target"}, row_after_row(data.predictive),
                {"simulated at this draw of the posterior"});
}

void write_observed(hdf5::Group& root, const InferenceData& data) {
  Sheet sheet(root.create_group("observed_data"));
  sheet.axis("target", data.figures, {"published figure, or another datum"});
  sheet.numbers("figure", {"target"}, values_of(data.observed), {"published"});
  sheet.numbers("standard_error", {"target"}, values_of(data.standard_error),
                {"of the published figure, or other datum"});
  sheet.texts("role", "target", data.roles, {"fit, or validation: kept out of the fit"});
}

void write_sensitivity(hdf5::Group& root, const InferenceData& data) {
  Sheet sheet(root.create_group("sensitivity"));
  sheet.axis("parameter", data.parameters, {"parameter"});
  sheet.axis("target", data.figures, {"published figure, or another datum"});
  sheet.numbers("learnt", {"parameter"}, values_of(data.learnt),
                {"1 - variance of the posterior over that of the prior, of the normal score", "1"});
  for (const auto& [name, indices] : data.sensitivity) {
    sheet.numbers(name, {"parameter", "target"}, row_after_row(indices),
                  {"Sobol' index of the figure over the prior: first order or total, and its 95 % interval"});
  }
}

// "maximum_likelihood, emulated": which estimate, and on what.
std::string name_of(const inference::PointFit& fit) {
  return std::string(fit.estimate == inference::Estimate::maximum_likelihood ? "maximum_likelihood"
                                                                             : "maximum_a_posteriori") +
         (fit.n_simulations > 0 ? ", simulated" : ", emulated");
}

void write_fits(hdf5::Group& root, const InferenceData& data) {
  Sheet sheet(root.create_group("point_fit"));
  sheet.axis("fit", texts_of(data.fits, name_of), {"estimate, and the likelihood it is of"});
  sheet.axis("parameter", data.parameters, {"parameter"});
  std::vector<double> values;
  for (const inference::PointFit& fit : data.fits)
    values.insert(values.end(), fit.parameters.begin(), fit.parameters.end());
  sheet.numbers("value", {"fit", "parameter"}, values, {"of the parameter"});
  const auto each = [&](const std::string& name, auto get, const hdf5::Meaning& meaning) {
    sheet.numbers(name, {"fit"}, tremplin::values_of<double>(data.fits, get), meaning);
  };
  using inference::PointFit;
  each("log_density", &PointFit::value, {"log likelihood, of a mode with the prior's log density of scores"});
  each("error", &PointFit::error, {"standard error of the log density"});
  each("converged", &PointFit::converged, {"1 if the search ended at a top", "1"});
  each("at_edge", &PointFit::at_edge, {"1 if the top lies at the end of what was searched", "1"});
  each("n_simulations", &PointFit::n_simulations,
       {"simulations of this fit alone, failed ones included", "1"});
  each("n_failed", &PointFit::n_failed, {"of these, failed", "1"});
}

constexpr std::array<std::string_view, 4> shapes = {"closed", "open_below", "open_above", "flat"};

void write_profiles(hdf5::Group& root, const InferenceData& data) {
  Index n_points = 0;
  for (const inference::Profile& profile : data.profiles)
    n_points = std::max(n_points, profile.values.size());
  const auto n = static_cast<Index>(data.profiles.size());
  Matrix values = Matrix::Constant(n, n_points, std::numeric_limits<double>::quiet_NaN());
  Matrix drops = values;
  for (Index j = 0; j < n; ++j) {
    const inference::Profile& profile = data.profiles[static_cast<std::size_t>(j)];
    values.row(j).head(profile.values.size()) = profile.values.transpose();
    drops.row(j).head(profile.values.size()) = profile.log_likelihood.transpose();
  }
  using inference::Profile;
  Sheet sheet(root.create_group("profile"));
  sheet.axis("parameter", data.parameters, {"parameter"});
  sheet.axis("point", counted(n_points), {"point of the grid, by rising value; NaN behind the last one"});
  sheet.numbers("value", {"parameter", "point"}, row_after_row(values), {"of the parameter"});
  sheet.numbers("log_likelihood", {"parameter", "point"}, row_after_row(drops),
                {"less that of the top, all else at its best"});
  const auto each = [&](const std::string& name, auto get, const hdf5::Meaning& meaning) {
    sheet.numbers(name, {"parameter"}, tremplin::values_of<double>(data.profiles, get), meaning);
  };
  each("best", &Profile::best, {"of the parameter at the top"});
  each("low", &Profile::low, {"lower end of the 95 % likelihood interval; NaN if open"});
  each("high", &Profile::high, {"upper end; NaN if open"});
  sheet.texts(
      "shape", "parameter",
      texts_of(data.profiles, [](const Profile& p) { return shapes.at(static_cast<std::size_t>(p.shape)); }),
      {"closed, open_below, open_above, or flat: open on both sides"});
}

void write_stats(hdf5::Group& root, const InferenceData& data) {
  Sheet sheet = draws(root, "sample_stats", counted(data.log_weights.size()));
  sheet.numbers("log_weight", {"chain", "draw"}, values_of(data.log_weights),
                {"logarithm of the draw's weight; weights sum to 1"});
  for (const auto& [name, value] : data.diagnostics) sheet.group().set_value(name, value);
}

void check_sizes(const InferenceData& data) {
  const auto n_parameters = static_cast<Index>(data.parameters.size());
  const auto n_figures = static_cast<Index>(data.figures.size());
  const auto holds = [&](const Matrix& m, Index columns) { return m.rows() == 0 || m.cols() == columns; };
  const bool fits = holds(data.posterior, n_parameters) && holds(data.prior, n_parameters) &&
                    holds(data.predictive, n_figures) && data.observed.size() == n_figures &&
                    data.standard_error.size() == n_figures && data.roles.size() == data.figures.size() &&
                    data.log_weights.size() == data.posterior.rows() &&
                    (data.profiles.empty() || data.profiles.size() == data.parameters.size()) &&
                    std::ranges::all_of(
                        data.fits, [&](const auto& fit) { return fit.parameters.size() == n_parameters; }) &&
                    (data.learnt.size() == 0 || data.learnt.size() == n_parameters) &&
                    static_cast<Index>(data.predictive_draws.size()) == data.predictive.rows();
  if (!fits) throw std::invalid_argument("inference data: sizes do not fit one another");
}

std::string joined_lines(const std::vector<std::string>& lines) {
  std::string text;
  for (const std::string& line : lines) text += line + "\n";
  return text;
}

std::vector<std::string> lines_of(const std::string& text) {
  std::vector<std::string> lines;
  for (std::size_t from = 0; from < text.size();) {
    const std::size_t end = text.find('\n', from);
    lines.push_back(text.substr(from, end - from));
    from = end + 1;
  }
  return lines;
}

Matrix read_parameters(const hdf5::Group& group, const std::vector<std::string>& names) {
  Matrix values;
  for (std::size_t j = 0; j < names.size(); ++j) {
    const std::vector<double> column = group.dataset(names[j]).read<double>();
    if (j == 0) values.resize(static_cast<Index>(column.size()), static_cast<Index>(names.size()));
    if (static_cast<Index>(column.size()) != values.rows()) throw hdf5::Error(names[j] + ": another length");
    values.col(static_cast<Index>(j)) = Eigen::Map<const Vector>(column.data(), values.rows());
  }
  return values;
}

Matrix read_rows(const hdf5::Group& group, const std::string& name, Index n_rows, Index n_columns) {
  const std::vector<double> values = group.dataset(name).read<double>();
  if (static_cast<Index>(values.size()) != n_rows * n_columns) throw hdf5::Error(name + ": another size");
  using RowMajor = Eigen::Matrix<double, Eigen::Dynamic, Eigen::Dynamic, Eigen::RowMajor>;
  return Eigen::Map<const RowMajor>(values.data(), n_rows, n_columns);
}

Vector read_vector(const hdf5::Group& group, const std::string& name) {
  const std::vector<double> values = group.dataset(name).read<double>();
  return Eigen::Map<const Vector>(values.data(), static_cast<Index>(values.size()));
}

void read_fits(const hdf5::Group& group, InferenceData& data) {
  const std::vector<std::string> names = group.dataset("fit").read_texts();
  const auto n = static_cast<Index>(names.size());
  const Matrix values = read_rows(group, "value", n, static_cast<Index>(data.parameters.size()));
  const auto column = [&](const std::string& name) { return read_rows(group, name, n, 1); };
  const Matrix density = column("log_density");
  const Matrix error = column("error");
  const Matrix converged = column("converged");
  const Matrix at_edge = column("at_edge");
  const Matrix n_simulations = column("n_simulations");
  const Matrix n_failed = column("n_failed");
  for (Index i = 0; i < n; ++i) {
    inference::PointFit fit;
    fit.estimate = names[static_cast<std::size_t>(i)].starts_with("maximum_likelihood")
                       ? inference::Estimate::maximum_likelihood
                       : inference::Estimate::maximum_a_posteriori;
    fit.parameters = values.row(i);
    fit.value = density(i);
    fit.error = error(i);
    fit.converged = converged(i) != 0;
    fit.at_edge = at_edge(i) != 0;
    fit.n_simulations = static_cast<Index>(n_simulations(i));
    fit.n_failed = static_cast<Index>(n_failed(i));
    data.fits.push_back(std::move(fit));
  }
}

void read_profiles(const hdf5::Group& group, InferenceData& data) {
  const auto n = static_cast<Index>(data.parameters.size());
  const auto n_points = static_cast<Index>(group.dataset("point").read<std::int32_t>().size());
  const Matrix values = read_rows(group, "value", n, n_points);
  const Matrix drops = read_rows(group, "log_likelihood", n, n_points);
  const Matrix best = read_rows(group, "best", n, 1);
  const Matrix low = read_rows(group, "low", n, 1);
  const Matrix high = read_rows(group, "high", n, 1);
  const std::vector<std::string> shape = group.dataset("shape").read_texts();
  for (Index j = 0; j < n; ++j) {
    inference::Profile profile;
    profile.name = data.parameters[static_cast<std::size_t>(j)];
    const Index used = n_points - values.row(j).array().isNaN().count();
    profile.values = values.row(j).head(used).transpose();
    profile.log_likelihood = drops.row(j).head(used).transpose();
    profile.best = best(j);
    profile.low = low(j);
    profile.high = high(j);
    const auto found = std::ranges::find(shapes, std::string_view(shape.at(static_cast<std::size_t>(j))));
    if (found == shapes.end()) throw hdf5::Error("profile: an unknown shape");
    profile.shape = static_cast<inference::ProfileShape>(found - shapes.begin());
    data.profiles.push_back(std::move(profile));
  }
}

}  // namespace

void write_inference_data(const InferenceData& data, const std::filesystem::path& path) {
  check_sizes(data);
  write_sealed(path, [&data] {
    hdf5::File file = hdf5::File::in_memory();
    hdf5::Group& root = file.root();
    root.set_text("Conventions", "CF-1.8");
    root.set_text("title", "Tremplin: posterior of parameters");
    root.set_text("format", std::string(posterior_format.name));
    root.set_value("format_version", posterior_format.version);
    root.set_text("inference_library", "tremplin");
    root.set_text("verdict", data.doubts.empty() ? "trusted" : "doubtful");
    root.set_text("doubts", joined_lines(data.doubts));
    for (const auto& [name, text] : data.origin) root.set_text("origin_" + name, text);
    write_parameters(root, "posterior", data.parameters, data.posterior);
    write_stats(root, data);
    if (data.prior.rows() > 0) write_parameters(root, "prior", data.parameters, data.prior);
    if (!data.figures.empty()) write_observed(root, data);
    if (data.predictive.rows() > 0) write_predictive(root, data);
    if (data.learnt.size() > 0) write_sensitivity(root, data);
    if (!data.fits.empty()) write_fits(root, data);
    if (!data.profiles.empty()) write_profiles(root, data);
    return file.bytes();
  });
}

InferenceData read_inference_data(const std::filesystem::path& path) {
  const hdf5::File file = open_sealed(path, posterior_format);
  InferenceData data;
  read_from(path, file, [&data](const hdf5::Group& root) {
    data.doubts = lines_of(root.text("doubts"));
    for (const std::string& name : root.attributes())
      if (name.starts_with("origin_")) data.origin[name.substr(7)] = root.text(name);
    const hdf5::Group posterior = root.group("posterior");
    for (const std::string& name : posterior.datasets())
      if (name != "chain" && name != "draw") data.parameters.push_back(name);
    data.posterior = read_parameters(posterior, data.parameters);
    const hdf5::Group stats = root.group("sample_stats");
    data.log_weights = read_vector(stats, "log_weight");
    for (const std::string& name : stats.attributes()) data.diagnostics[name] = stats.value<double>(name);
    if (root.has("prior")) data.prior = read_parameters(root.group("prior"), data.parameters);
    if (root.has("observed_data")) {
      const hdf5::Group observed = root.group("observed_data");
      data.figures = observed.dataset("target").read_texts();
      data.observed = read_vector(observed, "figure");
      data.standard_error = read_vector(observed, "standard_error");
      data.roles = observed.dataset("role").read_texts();
    }
    const auto n_figures = static_cast<Index>(data.figures.size());
    if (root.has("posterior_predictive")) {
      const hdf5::Group predictive = root.group("posterior_predictive");
      data.predictive_draws = predictive.dataset("draw").read<std::int32_t>();
      data.predictive =
          read_rows(predictive, "figure", static_cast<Index>(data.predictive_draws.size()), n_figures);
    }
    if (root.has("sensitivity")) {
      const hdf5::Group sensitivity = root.group("sensitivity");
      data.learnt = read_vector(sensitivity, "learnt");
      for (const std::string& name : sensitivity.datasets())
        if (name != "parameter" && name != "target" && name != "learnt")
          data.sensitivity[name] =
              read_rows(sensitivity, name, static_cast<Index>(data.parameters.size()), n_figures);
    }
    if (root.has("point_fit")) read_fits(root.group("point_fit"), data);
    if (root.has("profile")) read_profiles(root.group("profile"), data);
  });
  check_sizes(data);
  return data;
}

}  // namespace tremplin
