#include "experiments/trial/metrics/metric_reader.hpp"

#include <algorithm>
#include <cmath>
#include <filesystem>
#include <map>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "core/error.hpp"
#include "core/text/regular_expression.hpp"
#include "experiments/trial/arm_setup.hpp"
#include "experiments/trial/metrics/reading.hpp"
#include "experiments/trial/metrics/span_log.hpp"

namespace assay::trial {
namespace {

using Json = nlohmann::json;

std::optional<std::string> why_outside(double value, MetricKind kind) {
  if (!std::isfinite(value)) return fmt::format("{} is not finite", value);
  if (kind == MetricKind::positive && value <= 0) {
    return fmt::format(R"({} is not above 0, as a metric of kind "positive" must be; kind = "difference" takes it)",
                       value);
  }
  if (kind == MetricKind::proportion && (value < 0 || value > 1)) {
    return fmt::format("{} is not within 0 to 1, as a proportion must be", value);
  }
  return std::nullopt;
}

RegularExpression compile(const Metric& metric, const std::string& pattern) {
  try {
    RegularExpression expression(pattern);
    if (expression.groups() == 0) {
      throw Error(fmt::format("the expression \"{}\" has no group ( ) around the value", pattern));
    }
    return expression;
  } catch (const Error& error) {
    throw error.within("metric " + metric.name);
  }
}

Json::json_pointer pointer_of(const Metric& metric, const std::string& pointer) {
  try {
    return Json::json_pointer(pointer);
  } catch (const Json::exception&) {
    throw Error(
        fmt::format("metric {}: \"{}\" is not a JSON pointer; one looks like /phases/0/seconds", metric.name, pointer));
  }
}

/// What is compiled once for all trials, by the metric's name.
struct Sources {
  std::map<std::string, RegularExpression> expressions;
  std::map<std::string, Json::json_pointer> pointers;
};

/// Reads one metric of one trial; parses the text and the spans at most once.
class MetricValueReader {
 public:
  MetricValueReader(const TrialOutput& output, const Sources& sources) : output_(output), sources_(sources) {}

  Reading read(const PlannedMetric& planned) {
    planned_ = &planned;
    return std::visit(*this, planned.metric.source);
  }

  Reading operator()(const BuiltInSource& source) {
    const std::optional<double> value = built_in_value(source.name, output_.usage);
    if (!value) return std::string("this machine does not report it");
    return *value;
  }
  Reading operator()(const JsonSource& source) {
    if (output_.text_missing) return *output_.text_missing;
    if (!document_) document_ = Json::parse(output_.text, nullptr, false);
    if (document_->is_discarded()) return output_.text_name + " is not JSON";
    const Json::json_pointer& pointer = sources_.pointers.at(planned_->metric.name);
    if (!document_->contains(pointer)) return fmt::format("{} has nothing at {}", output_.text_name, source.pointer);
    const Json& value = document_->at(pointer);
    const Metric& metric = planned_->metric;
    return metric.statistic ? statistic_of(value, source.pointer, *planned_)
                            : number_of(value, source.pointer, metric.kind);
  }
  Reading operator()(const RegexSource&) {
    if (output_.text_missing) return *output_.text_missing;
    return matches_of(sources_.expressions.at(planned_->metric.name), *planned_, output_.text, output_.text_name);
  }
  Reading operator()(const FileSizeSource& source) {
    const auto& untouched = output_.untouched_files;
    if (std::find(untouched.begin(), untouched.end(), source.path) != untouched.end()) {
      return fmt::format("{} was not written by this trial", source.path);
    }
    std::error_code failure;
    const auto size = std::filesystem::file_size(path_in(output_.folder, source.path), failure);
    if (failure) return fmt::format("{}: {}", source.path, failure.message());
    return static_cast<double>(size);
  }
  Reading operator()(const SpanSource& source) {
    try {
      if (!spans_) {
        spans_ = read_span_log(output_.spans_file);
        if (output_.time) require_within(*spans_, *output_.time);
      }
      if (!planned_->metric.statistic) return span_figure(*spans_, source);
      const std::vector<double> seconds = span_seconds(*spans_, source.name);
      return statistic_of(*planned_, {seconds.begin(), seconds.end()});
    } catch (const Error& error) {
      return std::string(error.what());
    }
  }

 private:
  const TrialOutput& output_;
  const Sources& sources_;
  const PlannedMetric* planned_ = nullptr;
  std::optional<Json> document_;
  std::optional<SpanLog> spans_;
};

bool may_be_missing(const Metric& metric) {
  return metric.role == MetricRole::observed && std::holds_alternative<BuiltInSource>(metric.source);
}

}  // namespace

struct MetricReader::State {
  std::vector<Metric> metrics;
  Sources sources;
};

MetricReader::MetricReader(const Plan& plan) : state_(std::make_unique<State>()) {
  state_->metrics = plan.metrics;
  for (const Metric& metric : plan.metrics) {
    if (const auto* source = std::get_if<RegexSource>(&metric.source)) {
      state_->sources.expressions.emplace(metric.name, compile(metric, source->pattern));
    } else if (const auto* pointed = std::get_if<JsonSource>(&metric.source)) {
      state_->sources.pointers.emplace(metric.name, pointer_of(metric, pointed->pointer));
    }
  }
}

MetricReader::~MetricReader() = default;
MetricReader::MetricReader(MetricReader&&) noexcept = default;
MetricReader& MetricReader::operator=(MetricReader&&) noexcept = default;

std::vector<std::string> MetricReader::sized_files(const Workload& workload) const {
  std::vector<std::string> files;
  for (const Metric& metric : state_->metrics) {
    const auto* source = std::get_if<FileSizeSource>(&metric.source);
    if (source != nullptr && applies_to(metric.workloads, workload.name)) files.push_back(source->path);
  }
  return files;
}

MetricReading MetricReader::read(const Workload& workload, const TrialOutput& output) const {
  MetricValues measured;
  MetricValueReader reader(output, state_->sources);
  for (std::size_t index = 0; index < state_->metrics.size(); ++index) {
    const Metric& metric = state_->metrics[index];
    std::optional<double>& value = measured.values.emplace_back();
    if (!applies_to(metric.workloads, workload.name)) continue;
    Reading reading = reader.read({metric, index});
    if (auto* series = std::get_if<SteadySeries>(&reading)) {
      const double number = series->values.front().value;
      measured.steady.push_back(std::move(*series));
      reading = number;
    }
    if (const double* number = std::get_if<double>(&reading)) {
      const std::optional<std::string> outside = why_outside(*number, metric.kind);
      if (!outside) {
        value = *number;
      } else if (!may_be_missing(metric)) {
        return CheckFailed{"metric " + metric.name, *outside};
      }
    } else if (!may_be_missing(metric)) {
      return CheckFailed{"metric " + metric.name, std::get<std::string>(reading)};
    }
  }
  return measured;
}

}  // namespace assay::trial
