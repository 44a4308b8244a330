#include "experiments/interop/imports/sample_comparison.hpp"

#include <algorithm>
#include <unordered_map>
#include <utility>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "core/error.hpp"
#include "core/text/spelling.hpp"
#include "core/text/utf8.hpp"

namespace assay::interop {
namespace {

/// The samples of a file by the name of their benchmark. They refer to the file.
class Benchmarks {
 public:
  explicit Benchmarks(const SampleFile& file) {
    for (const Sample& sample : file.samples) {
      std::vector<const Sample*>& samples = samples_[sample.name];
      if (samples.empty()) names_.push_back(sample.name);
      samples.push_back(&sample);
    }
  }
  /// In the order of the file.
  [[nodiscard]] const std::vector<std::string>& names() const { return names_; }
  [[nodiscard]] bool has(const std::string& name) const { return samples_.contains(name); }
  /// Those of one benchmark, its main metric first. \pre has(name).
  [[nodiscard]] const std::vector<const Sample*>& samples_of(const std::string& name) const {
    return samples_.find(name)->second;
  }

 private:
  std::vector<std::string> names_;
  std::unordered_map<std::string, std::vector<const Sample*>> samples_;
};

std::vector<std::string> metrics_in(const SampleFile& file) {
  std::vector<std::string> metrics;
  for (const Sample& sample : file.samples) {
    if (std::find(metrics.begin(), metrics.end(), sample.metric) == metrics.end()) metrics.push_back(sample.metric);
  }
  return metrics;
}

/// \throws Error that lists the metrics if the asked one is none of them.
void check_metric(const SampleFile& file, const std::optional<std::string>& asked) {
  const std::vector<std::string> metrics = metrics_in(file);
  if (!asked || std::find(metrics.begin(), metrics.end(), *asked) != metrics.end()) return;
  throw Error(fmt::format("no metric {}{}; there are: {}", in_quotes(*asked),
                          did_you_mean(*asked, {metrics.begin(), metrics.end()}), fmt::join(metrics, ", ")));
}

/// Which metrics of a benchmark are compared, and which of them one arm lacks.
class MetricChoice {
 public:
  MetricChoice(std::optional<std::string> asked, ComparedMetrics compared)
      : asked_(std::move(asked)), compared_(compared) {}

  /// Adds the pairs of one benchmark, or of two that are compared with each other. Notes what only one of them has: a
  /// unit that changed would be passed over.
  void add_pairs(const std::vector<const Sample*>& control, const std::vector<const Sample*>& treatment,
                 MatchedSamples& matched) const {
    for (const Sample* sample : chosen_of(control)) {
      if (const Sample* partner = partner_in(treatment, *sample)) matched.pairs.push_back({sample, partner});
    }
    note_lone(control, treatment, "control", matched);
    note_lone(treatment, control, "treatment", matched);
  }

 private:
  static const Sample* partner_in(const std::vector<const Sample*>& samples, const Sample& like) {
    const auto found = std::find_if(samples.begin(), samples.end(),
                                    [&](const Sample* sample) { return sample->metric == like.metric; });
    return found == samples.end() ? nullptr : *found;
  }

  [[nodiscard]] std::vector<const Sample*> chosen_of(const std::vector<const Sample*>& samples) const {
    if (!asked_ && compared_ == ComparedMetrics::all) return samples;
    if (!asked_) return {samples.front()};
    std::vector<const Sample*> chosen;
    for (const Sample* sample : samples) {
      if (sample->metric == *asked_) chosen.push_back(sample);
    }
    return chosen;
  }

  void note_lone(const std::vector<const Sample*>& samples, const std::vector<const Sample*>& others, const char* arm,
                 MatchedSamples& matched) const {
    std::vector<std::string> lone;
    for (const Sample* sample : chosen_of(samples)) {
      if (partner_in(others, *sample) == nullptr) lone.push_back(sample->metric);
    }
    if (lone.empty()) return;
    matched.notes.push_back(fmt::format("{}: only {} has {}, which {} left out", samples.front()->name, arm,
                                        fmt::join(lone, ", "), lone.size() == 1 ? "is" : "are"));
  }

  std::optional<std::string> asked_;
  ComparedMetrics compared_;
};

std::string benchmark_named(const std::vector<std::string>& names, const std::string& asked) {
  if (std::find(names.begin(), names.end(), asked) != names.end()) return asked;
  throw Error(fmt::format("no benchmark {}{}; there are: {}", in_quotes(asked),
                          did_you_mean(asked, {names.begin(), names.end()}), fmt::join(names, ", ")));
}

bool is_positive(const SamplePair& pair) {
  const auto above_zero = [](const Sample* sample) {
    return std::all_of(sample->values.begin(), sample->values.end(), [](double value) { return value > 0; });
  };
  return above_zero(pair.control) && above_zero(pair.treatment);
}

UnpairedQuestion question_of(const SamplePair& pair, double alpha, Seed seed) {
  UnpairedQuestion question{.metric = {}, .alpha = alpha, .seed = seed};
  question.metric.name = pair.control->metric;
  question.metric.unit = pair.control->unit;
  question.metric.direction = pair.control->direction;
  question.metric.kind = is_positive(pair) ? MetricKind::positive : MetricKind::difference;
  question.metric.role = MetricRole::primary;
  return question;
}

SampleComparison compare(const SamplePair& pair, double alpha, Seed seed) {
  SampleComparison comparison{pair.control->name, pair.treatment->name, pair.control->metric,
                              question_of(pair, alpha, seed), std::string()};
  try {
    if (pair.control->unit != pair.treatment->unit) {
      throw Error(fmt::format("control is in {} and treatment in {}", in_quotes(pair.control->unit),
                              in_quotes(pair.treatment->unit)));
    }
    comparison.outcome = compare_unpaired({pair.control->values, pair.treatment->values}, comparison.question);
  } catch (const Error& error) {
    comparison.outcome = error.what();
  }
  return comparison;
}

}  // namespace

MatchedSamples match_files(const ImportedFile& control, const ImportedFile& treatment,
                           const std::optional<std::string>& metric) {
  check_metric(control.file, metric);
  const Benchmarks before(control.file);
  const Benchmarks after(treatment.file);
  const MetricChoice choice(metric, control.format->compared);
  const bool are_single = before.names().size() == 1 && after.names().size() == 1;
  MatchedSamples matched;
  if (are_single) {
    choice.add_pairs(before.samples_of(before.names().front()), after.samples_of(after.names().front()), matched);
  } else {
    for (const std::string& name : before.names()) {
      if (after.has(name)) {
        choice.add_pairs(before.samples_of(name), after.samples_of(name), matched);
      } else {
        matched.only_in_control.push_back(name);
      }
    }
    for (const std::string& name : after.names()) {
      if (!before.has(name)) matched.only_in_treatment.push_back(name);
    }
  }
  const bool share_a_name = are_single || matched.only_in_control.size() < before.names().size();
  if (matched.pairs.empty() && share_a_name) {
    throw Error(
        fmt::format("the benchmarks of the two files have no metric in common: control has {}, treatment {}; "
                    "only values in the same unit are compared",
                    metric ? *metric : fmt::format("{}", fmt::join(metrics_in(control.file), ", ")),
                    fmt::join(metrics_in(treatment.file), ", ")));
  }
  if (matched.pairs.empty()) {
    throw Error(fmt::format("the two files have no benchmark in common: control has {}, treatment {}",
                            fmt::join(before.names(), ", "), fmt::join(after.names(), ", ")));
  }
  return matched;
}

MatchedSamples match_names(const ImportedFile& file, const std::optional<std::string>& control,
                           const std::optional<std::string>& treatment, const std::optional<std::string>& metric) {
  const Benchmarks benchmarks(file.file);
  const std::vector<std::string>& names = benchmarks.names();
  if (names.size() < 2) {
    const std::string left_out = file.file.notes.empty() ? "" : fmt::format(" ({})", fmt::join(file.file.notes, "; "));
    throw Error(fmt::format("one benchmark, {}: give a second file to compare it with{}", in_quotes(names.front()),
                            printable(left_out)));
  }
  if (names.size() > 2 && (!control || !treatment)) {
    throw Error(fmt::format("several benchmarks: choose the two with control and treatment; there are: {}",
                            fmt::join(names, ", ")));
  }
  check_metric(file.file, metric);
  const std::string first = control ? benchmark_named(names, *control) : names[0];
  const std::string second = treatment ? benchmark_named(names, *treatment) : names[first == names[1] ? 0 : 1];
  if (first == second) throw Error(fmt::format("{} cannot be both control and treatment", in_quotes(first)));
  MatchedSamples matched;
  MetricChoice(metric, file.format->compared)
      .add_pairs(benchmarks.samples_of(first), benchmarks.samples_of(second), matched);
  if (matched.pairs.empty()) throw Error("the two benchmarks have no metric in common");
  return matched;
}

std::vector<SampleComparison> compare_samples(const MatchedSamples& matched, double alpha, Seed seed) {
  const auto together = static_cast<double>(matched.pairs.size());
  std::vector<SampleComparison> comparisons;
  comparisons.reserve(matched.pairs.size());
  for (const SamplePair& pair : matched.pairs) {
    comparisons.push_back(compare(pair, alpha / together, seed));
    auto* const result = std::get_if<UnpairedResult>(&comparisons.back().outcome);
    if (result != nullptr) result->p = std::min(1.0, together * result->p);
  }
  return comparisons;
}

ComparedFiles compare_files(const std::vector<ImportedFile>& files, const SampleQuestion& question) {
  MatchedSamples matched = files.size() == 2
                               ? match_files(files[0], files[1], question.metric)
                               : match_names(files[0], question.control, question.treatment, question.metric);
  ComparedFiles compared{.format = files.front().format->name,
                         .only_in_control = {},
                         .only_in_treatment = {},
                         .comparisons = compare_samples(matched, question.alpha, question.seed),
                         .notes = std::move(matched.notes)};
  compared.only_in_control = std::move(matched.only_in_control);
  compared.only_in_treatment = std::move(matched.only_in_treatment);
  for (const ImportedFile& file : files) {
    compared.notes.insert(compared.notes.end(), file.file.notes.begin(), file.file.notes.end());
  }
  return compared;
}

bool has_figures(const ComparedFiles& compared) {
  return std::any_of(compared.comparisons.begin(), compared.comparisons.end(), [](const SampleComparison& comparison) {
    return std::holds_alternative<UnpairedResult>(comparison.outcome);
  });
}

}  // namespace assay::interop
