#include "experiments/trial/metrics/metric_reader.hpp"

#include <algorithm>
#include <cmath>
#include <filesystem>
#include <map>

#include <fmt/format.h>

#include "core/error.hpp"
#include "core/text/regular_expression.hpp"
#include "experiments/trial/arm_setup.hpp"
#include "experiments/trial/metrics/own_spans.hpp"
#include "experiments/trial/metrics/reading.hpp"
#include "experiments/trial/metrics/span_log.hpp"

namespace assay::trial {
namespace {

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

CheckFailed unread(const Metric& metric, std::string why) {
  return {"metric " + metric.name, std::move(why), metric.role == MetricRole::primary};
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

definition::JsonSelector selector_of(const Metric& metric, const std::string& pointer) {
  try {
    return definition::parse_json_selector(pointer);
  } catch (const Error&) {
    throw Error(
        fmt::format("metric {}: \"{}\" is not a JSON pointer; one looks like /phases/0/seconds", metric.name, pointer));
  }
}

/// What is compiled once for all trials, by the metric's name.
struct Sources {
  std::map<std::string, RegularExpression> expressions;
  std::map<std::string, definition::JsonSelector> selectors;
};

/// Reads one metric of one trial; parses the text and the spans at most once.
class MetricValueReader {
 public:
  MetricValueReader(const TrialOutput& output, const Sources& sources, SeenAround& seen)
      : output_(output), sources_(sources), seen_(seen) {}

  Reading read(const PlannedMetric& planned) {
    planned_ = &planned;
    return std::visit(*this, planned.metric.source);
  }

  Reading operator()(const BuiltInSource& source) {
    const std::optional<double> value = built_in_value(source.name, output_.usage);
    if (value) return *value;
    const auto known = output_.uncounted.find(source.name);
    return known != output_.uncounted.end() ? known->second : std::string(absence_of(source.name).why);
  }
  Reading operator()(const JsonSource& source) {
    const OutputText& text = searched_text();
    if (text.missing) return *text.missing;
    std::optional<ResultsDocument>& document = documents_[planned_->metric.stream];
    try {
      if (!document) document = read_results_document(text.text);
      if (!document->passed_over.empty()) {
        seen_.notes.try_emplace(text.name,
                                fmt::format("{} holds a number that JSON or a double does not have, and that only a "
                                            "metric that asks for it fails by, {}",
                                            text.name, document->passed_over));
      }
    } catch (const Error& error) {
      return fmt::format("{} is not JSON: {}", text.name, error.what());
    }
    return value_in(*document, sources_.selectors.at(planned_->metric.name),
                    {source.pointer, *planned_, text.name, seen_});
  }
  Reading operator()(const RegexSource&) {
    const OutputText& text = searched_text();
    if (text.missing) return *text.missing;
    return matches_of(sources_.expressions.at(planned_->metric.name), *planned_, {text.text, text.name}, seen_);
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
  Reading operator()(const TestSource& source) const {
    const std::optional<double> share = passed_share(output_.tests, source.pattern);
    if (!share) return fmt::format("no report says that a test {} was run", source.pattern);
    return *share;
  }
  Reading operator()(const SpanSource& source) {
    try {
      if (!spans_) {
        spans_ = read_span_log(output_.spans_file);
        if (output_.time) {
          require_within(*spans_, *output_.time);
          add_own_spans();
        }
      }
      if (!planned_->metric.statistic) return span_figure(*spans_, source);
      const std::vector<double> seconds = span_seconds(*spans_, source.name);
      return statistic_of(*planned_, {seconds.begin(), seconds.end()});
    } catch (const Error& error) {
      return std::string(error.what());
    }
  }

 private:
  /// Results may hold more than spans, so whatever is none fails no trial.
  void add_own_spans() {
    const SpanRejection ignore = [](const Error&) {};
    SpanLog own;
    trial::add_own_spans(own, output_.own_spans, *output_.time, unix_time_ahead(), ignore);
    keep_within(own, *output_.time, ignore);
    for (const auto& [name, spans] : own) {
      std::vector<Span>& all = (*spans_)[name];
      all.insert(all.end(), spans.begin(), spans.end());
    }
  }

  [[nodiscard]] const OutputText& searched_text() const {
    return planned_->metric.stream == MetricStream::results ? output_.results : output_.standard_error;
  }

  const TrialOutput& output_;
  const Sources& sources_;
  SeenAround& seen_;
  const PlannedMetric* planned_ = nullptr;
  std::map<MetricStream, std::optional<ResultsDocument>> documents_;
  std::optional<SpanLog> spans_;
};

/// What the machine does not report of one trial is no failure of that trial. A guard without it stays open.
bool may_be_missing(const Metric& metric) {
  return metric.role != MetricRole::primary && std::holds_alternative<BuiltInSource>(metric.source);
}

}  // namespace

std::vector<UnavailableMetric> unavailable_metrics(const Plan& plan, const Workload& workload,
                                                   const host::ProcessResult& result) {
  std::vector<UnavailableMetric> unavailable;
  for (std::size_t index = 0; index < plan.metrics.size(); ++index) {
    const Metric& metric = plan.metrics[index];
    const auto* const source = std::get_if<BuiltInSource>(&metric.source);
    if (source == nullptr || !applies_to(metric.workloads, workload.name)) continue;
    if (built_in_value(source->name, result.usage)) continue;
    const auto known = result.uncounted.find(source->name);
    const bool is_for_good = known != result.uncounted.end();
    const bool decides = metric.role == MetricRole::guard || (metric.role == MetricRole::primary && is_for_good);
    if (decides) unavailable.push_back({index, is_for_good ? known->second : std::string()});
  }
  return unavailable;
}

struct MetricReader::State {
  std::vector<Metric> metrics;
  Sources sources;
  SeenAround seen;  ///< by the trials so far
};

MetricReader::MetricReader(const Plan& plan) : state_(std::make_unique<State>()) {
  state_->metrics = plan.metrics;
  for (const Metric& metric : plan.metrics) {
    if (const auto* source = std::get_if<RegexSource>(&metric.source)) {
      state_->sources.expressions.emplace(metric.name, compile(metric, source->pattern));
    } else if (const auto* pointed = std::get_if<JsonSource>(&metric.source)) {
      state_->sources.selectors.emplace(metric.name, selector_of(metric, pointed->pointer));
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

std::vector<std::string> MetricReader::notes() const {
  std::vector<std::string> notes;
  for (const auto& [text, note] : state_->seen.notes) notes.push_back(note);
  return notes;
}

MetricReading MetricReader::read(const Workload& workload, const TrialOutput& output) const {
  MetricValues measured;
  MetricValueReader reader(output, state_->sources, state_->seen);
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
        return unread(metric, *outside);
      }
    } else if (!may_be_missing(metric)) {
      return unread(metric, std::get<std::string>(reading));
    }
  }
  return measured;
}

}  // namespace assay::trial
