#include "experiments/interop/imports/sample_comparison.hpp"

#include <algorithm>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "core/error.hpp"
#include "core/text/spelling.hpp"
#include "core/text/utf8.hpp"

namespace assay::interop {
namespace {

void add_once(std::vector<std::string>& list, const std::string& text) {
  if (std::find(list.begin(), list.end(), text) == list.end()) list.push_back(text);
}

std::vector<std::string> names_in(const SampleFile& file) {
  std::vector<std::string> names;
  for (const Sample& sample : file.samples) add_once(names, sample.name);
  return names;
}

std::vector<std::string> metrics_in(const SampleFile& file) {
  std::vector<std::string> metrics;
  for (const Sample& sample : file.samples) add_once(metrics, sample.metric);
  return metrics;
}

const Sample* find_sample(const SampleFile& file, const std::string& name, const std::string& metric) {
  const auto found = std::find_if(file.samples.begin(), file.samples.end(),
                                  [&](const Sample& sample) { return sample.name == name && sample.metric == metric; });
  return found == file.samples.end() ? nullptr : &*found;
}

std::vector<std::string> compared_metrics(const ImportedFile& file, const std::optional<std::string>& asked) {
  std::vector<std::string> metrics = metrics_in(file.file);
  if (asked) {
    if (std::find(metrics.begin(), metrics.end(), *asked) != metrics.end()) return {*asked};
    throw Error(fmt::format("no metric {}{}; there are: {}", in_quotes(*asked),
                            did_you_mean(*asked, {metrics.begin(), metrics.end()}), fmt::join(metrics, ", ")));
  }
  if (file.format->compared == ComparedMetrics::first) metrics.resize(1);
  return metrics;
}

void add_pairs(MatchedSamples& matched, const SampleFile& control, const std::string& control_name,
               const SampleFile& treatment, const std::string& treatment_name,
               const std::vector<std::string>& metrics) {
  for (const std::string& metric : metrics) {
    const SamplePair pair{find_sample(control, control_name, metric), find_sample(treatment, treatment_name, metric)};
    if (pair.control != nullptr && pair.treatment != nullptr) matched.pairs.push_back(pair);
  }
}

/// Notes the metrics that one arm of a benchmark lacks, if all metrics are compared: a unit that changed would be
/// passed over.
void note_lone_metrics(MatchedSamples& matched, const SampleFile& control, const std::string& control_name,
                       const SampleFile& treatment, const std::string& treatment_name) {
  const auto note = [&](const SampleFile& file, const std::string& name, const SampleFile& other,
                        const std::string& other_name, const char* arm) {
    std::vector<std::string> lone;
    for (const Sample& sample : file.samples) {
      if (sample.name == name && find_sample(other, other_name, sample.metric) == nullptr)
        lone.push_back(sample.metric);
    }
    if (lone.empty()) return;
    matched.notes.push_back(fmt::format("{}: only {} has {}, which {} left out", name, arm, fmt::join(lone, ", "),
                                        lone.size() == 1 ? "is" : "are"));
  };
  note(control, control_name, treatment, treatment_name, "control");
  note(treatment, treatment_name, control, control_name, "treatment");
}

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
  const std::vector<std::string> before = names_in(control.file);
  const std::vector<std::string> after = names_in(treatment.file);
  const std::vector<std::string> metrics = compared_metrics(control, metric);
  const bool compares_all = !metric && control.format->compared == ComparedMetrics::all;
  MatchedSamples matched;
  const auto add = [&](const std::string& before_name, const std::string& after_name) {
    add_pairs(matched, control.file, before_name, treatment.file, after_name, metrics);
    if (compares_all) note_lone_metrics(matched, control.file, before_name, treatment.file, after_name);
  };
  if (before.size() == 1 && after.size() == 1) {
    add(before.front(), after.front());
  } else {
    for (const std::string& name : before) {
      if (std::find(after.begin(), after.end(), name) != after.end()) add(name, name);
    }
    const auto lacks = [](const std::vector<std::string>& names, const std::string& name) {
      return std::find(names.begin(), names.end(), name) == names.end();
    };
    for (const std::string& name : before) {
      if (lacks(after, name)) matched.only_in_control.push_back(name);
    }
    for (const std::string& name : after) {
      if (lacks(before, name)) matched.only_in_treatment.push_back(name);
    }
  }
  const bool share_a_name = (before.size() == 1 && after.size() == 1) || matched.only_in_control.size() < before.size();
  if (matched.pairs.empty() && share_a_name) {
    throw Error(
        fmt::format("the benchmarks of the two files have no metric in common: control has {}, treatment {}; "
                    "only values in the same unit are compared",
                    fmt::join(metrics, ", "), fmt::join(metrics_in(treatment.file), ", ")));
  }
  if (matched.pairs.empty()) {
    throw Error(fmt::format("the two files have no benchmark in common: control has {}, treatment {}",
                            fmt::join(before, ", "), fmt::join(after, ", ")));
  }
  return matched;
}

MatchedSamples match_names(const ImportedFile& file, const std::optional<std::string>& control,
                           const std::optional<std::string>& treatment, const std::optional<std::string>& metric) {
  const std::vector<std::string> names = names_in(file.file);
  if (names.size() < 2) {
    const std::string left_out = file.file.notes.empty() ? "" : fmt::format(" ({})", fmt::join(file.file.notes, "; "));
    throw Error(fmt::format("one benchmark, {}: give a second file to compare it with{}", in_quotes(names.front()),
                            printable(left_out)));
  }
  if (names.size() > 2 && (!control || !treatment)) {
    throw Error(fmt::format("several benchmarks: choose the two with control and treatment; there are: {}",
                            fmt::join(names, ", ")));
  }
  const std::string first = control ? benchmark_named(names, *control) : names[0];
  const std::string second = treatment ? benchmark_named(names, *treatment) : names[first == names[1] ? 0 : 1];
  if (first == second) throw Error(fmt::format("{} cannot be both control and treatment", in_quotes(first)));
  MatchedSamples matched;
  add_pairs(matched, file.file, first, file.file, second, compared_metrics(file, metric));
  if (!metric && file.format->compared == ComparedMetrics::all)
    note_lone_metrics(matched, file.file, first, file.file, second);
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
