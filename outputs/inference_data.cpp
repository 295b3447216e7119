#include "outputs/inference_data.hpp"

#include <algorithm>
#include <numeric>
#include <stdexcept>

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
                  {"parameter of calibration/parameters.yaml"});
}

void write_predictive(hdf5::Group& root, const InferenceData& data) {
  Sheet sheet = draws(root, "posterior_predictive", data.predictive_draws);
  sheet.axis("target", data.figures, {"published figure"});
  std::vector<double> rows;
  for (Index i = 0; i < data.predictive.rows(); ++i)
    for (Index t = 0; t < data.predictive.cols(); ++t) rows.push_back(data.predictive(i, t));
  sheet.numbers("figure", {"chain", "draw", "target"}, rows, {"simulated at this draw of the posterior"});
}

void write_observed(hdf5::Group& root, const InferenceData& data) {
  Sheet sheet(root.create_group("observed_data"));
  sheet.axis("target", data.figures, {"published figure"});
  sheet.numbers("figure", {"target"}, values_of(data.observed), {"published"});
  sheet.numbers("standard_error", {"target"}, values_of(data.standard_error), {"of the published figure"});
  sheet.texts("role", "target", data.roles, {"fit, or validation: kept out of the fit"});
}

void write_sensitivity(hdf5::Group& root, const InferenceData& data) {
  Sheet sheet(root.create_group("sensitivity"));
  sheet.axis("parameter", data.parameters, {"parameter of calibration/parameters.yaml"});
  sheet.axis("target", data.figures, {"published figure"});
  sheet.numbers("learnt", {"parameter"}, values_of(data.learnt),
                {"1 - variance of the posterior over that of the prior, of the normal score", "1"});
  for (const auto& [name, indices] : data.sensitivity) {
    std::vector<double> rows;
    for (Index i = 0; i < indices.rows(); ++i)
      for (Index t = 0; t < indices.cols(); ++t) rows.push_back(indices(i, t));
    sheet.numbers(name, {"parameter", "target"}, rows,
                  {"Sobol' index of the figure over the prior: first order or total, and its 95 % interval"});
  }
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
  });
  check_sizes(data);
  return data;
}

}  // namespace tremplin
