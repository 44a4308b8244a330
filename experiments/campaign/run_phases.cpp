#include "experiments/campaign/run_phases.hpp"

#include <filesystem>
#include <utility>
#include <vector>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "core/error.hpp"
#include "core/host/files/file_lock.hpp"
#include "core/host/files/files.hpp"
#include "experiments/decide/baseline/phase_figures.hpp"
#include "experiments/trial/metrics/phase_times.hpp"
#include "experiments/trial/metrics/span_formats.hpp"

namespace assay::campaign {
namespace {

using Document = nlohmann::ordered_json;

constexpr std::size_t kMostObjections = 3;

Document document_of(const std::string& file) {
  if (!std::filesystem::exists(file)) return Document::object();
  Document document = Document::parse(host::read_file(file), nullptr, false);
  if (!document.is_object()) throw Error("it is no JSON object, so no span can be added to it");
  return document;
}

Document span_object(const RunSpan& span) {
  Document object = {{"name", span.name},
                     {"start_ns", span.run.start_ns},
                     {"end_ns", span.run.end_ns},
                     {"cpu_ns", span.run.use.cpu_ns}};
  if (span.run.use.io_ns) object["io_ns"] = *span.run.use.io_ns;
  if (span.run.use.memory_ns) object["memory_ns"] = *span.run.use.memory_ns;
  return object;
}

void add_span(Document& document, const RunSpan& span) {
  Document& spans = document["spans"];
  if (spans.is_null()) spans = Document::array();
  if (!spans.is_array()) throw Error("its \"spans\" are not a list");
  spans.push_back(span_object(span));
  Document& phases = document["phases"];
  if (phases.is_null()) phases = Document::object();
  if (!phases.is_object()) throw Error("its \"phases\" are not an object");
  const double seconds =
      std::chrono::duration<double>(std::chrono::nanoseconds(span.run.end_ns - span.run.start_ns)).count();
  const auto earlier = phases.find(span.name);
  if (earlier != phases.end() && !earlier->is_number()) {
    throw Error(fmt::format("its phase \"{}\" is not a number of seconds", span.name));
  }
  phases[span.name] = (earlier == phases.end() ? 0.0 : earlier->get<double>()) + seconds;
}

}  // namespace

BaselineFigures run_phases(const std::string& file, const std::string& pointer) try {
  BaselineCell cell{.workload = file, .state = "one run", .trials = 1, .measured = 1};
  const trial::SpanObjection object = [&cell](const Error& error) {
    ++cell.refused_spans;
    if (cell.objections.size() < kMostObjections) cell.objections.emplace_back(error.what());
  };
  const trial::SpanLog log =
      trial::parse_any_spans(host::read_named_file(file, trial::kLargestSpanLog), pointer, object);
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
  Document document = document_of(path.string());
  add_span(document, span);
  constexpr int kIndent = 2;
  host::write_file_atomically(path.string(), document.dump(kIndent) + "\n");
} catch (const Error& error) {
  throw error.within(file);
}

}  // namespace assay::campaign
