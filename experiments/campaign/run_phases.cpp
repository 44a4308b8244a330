#include "experiments/campaign/run_phases.hpp"

#include <chrono>
#include <filesystem>
#include <utility>
#include <vector>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "core/error.hpp"
#include "core/host/files/file_lock.hpp"
#include "core/host/files/files.hpp"
#include "experiments/campaign/json_text.hpp"
#include "experiments/decide/baseline/phase_figures.hpp"
#include "experiments/trial/metrics/phase_times.hpp"
#include "experiments/trial/metrics/span_formats.hpp"

namespace assay::campaign {
namespace {

using Document = nlohmann::ordered_json;

constexpr std::size_t kMostObjections = 3;

Document span_object(const RunSpan& span) {
  Document object = {{"name", span.name},
                     {"start_ns", span.run.start_ns},
                     {"end_ns", span.run.end_ns},
                     {"cpu_ns", span.run.use.cpu_ns}};
  if (span.run.use.io_ns) object["io_ns"] = *span.run.use.io_ns;
  if (span.run.use.memory_ns) object["memory_ns"] = *span.run.use.memory_ns;
  return object;
}

double seconds_of(const RunSpan& span) {
  return std::chrono::duration<double>(std::chrono::nanoseconds(span.run.end_ns - span.run.start_ns)).count();
}

std::string new_results(const RunSpan& span) {
  constexpr int kIndent = 2;
  const Document document = {{"spans", Document::array({span_object(span)})},
                             {"phases", {{span.name, seconds_of(span)}}}};
  return document.dump(kIndent) + '\n';
}

std::string with_span(std::string results, const RunSpan& span) {
  JsonObjectText text(std::move(results));
  text.append("spans", span_object(span));
  text.add("phases", span.name, seconds_of(span));
  return text.text();
}

}  // namespace

BaselineFigures run_phases(const std::string& file, const std::string& pointer) try {
  BaselineCell cell{.workload = file, .state = "one run", .trials = 1, .measured = 1};
  const trial::SpanRejection on_rejected = [&cell](const Error& error) {
    ++cell.refused_spans;
    if (cell.objections.size() < kMostObjections) cell.objections.emplace_back(error.what());
  };
  const trial::SpanLog log =
      trial::parse_any_spans(host::read_named_file(file, trial::kLargestSpanLog), pointer, on_rejected);
  const trial::TrialTime time = trial::time_of(log);
  BaselineTrial run;
  run.trial.outcome = Measured{};
  run.trial.usage.wall = time.wall;
  run.phases = trial::phase_times(log, time);
  cell.phases = decide::phase_figures({.all = {&run}, .measured = {&run}});
  cell.mean_wall_seconds = decide::seconds_of(time.wall);
  return {.cells = {std::move(cell)}, .timeouts = {}};
} catch (const Error& error) {
  throw error.within(file);
}

void add_to_results(const std::string& file, const RunSpan& span) try {
  const std::filesystem::path path = host::absolute_path(file);
  const host::FileLock lock((path.parent_path() / ("." + path.filename().string() + ".lock")).string());
  const bool is_there = std::filesystem::exists(path);
  host::write_file_atomically(path.string(),
                              is_there ? with_span(host::read_file(path.string()), span) : new_results(span));
} catch (const Error& error) {
  throw error.within(file);
}

}  // namespace assay::campaign
