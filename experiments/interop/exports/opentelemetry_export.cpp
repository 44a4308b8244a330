#include "experiments/interop/exports/opentelemetry_export.hpp"

#include <algorithm>
#include <cstdint>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "core/design.hpp"
#include "core/host/files/digest.hpp"
#include "core/text/valid_text.hpp"
#include "core/version.hpp"
#include "experiments/formats/printed_json.hpp"
#include "experiments/interop/exports/arm_trials.hpp"

namespace assay::interop {
namespace {

using nlohmann::json;

/// What the specification numbers: SPAN_KIND_INTERNAL, STATUS_CODE_OK, STATUS_CODE_ERROR.
constexpr int kInternal = 1;
constexpr int kStatusOk = 1;
constexpr int kStatusError = 2;

json text_attribute(const std::string& key, const std::string& value) {
  return {{"key", key}, {"value", {{"stringValue", valid_text(value)}}}};
}
json whole_attribute(const std::string& key, std::int64_t value) {
  return {{"key", key}, {"value", {{"intValue", std::to_string(value)}}}};
}
json number_attribute(const std::string& key, double value) {
  return {{"key", key}, {"value", {{"doubleValue", value}}}};
}

/// Collects the spans of one trace.
class Trace {
 public:
  explicit Trace(const Plan& plan) : id_(host::sha256(plan.id + plan.seed.to_string()).substr(0, 32)) {}

  /// Returns the span, which stays valid until the next one is added. Times are Unix times in ns.
  json& add(const std::string& name, std::int64_t start_ns, std::int64_t end_ns, const json& parent) {
    json span = {{"traceId", id_},
                 {"spanId", fmt::format("{:016x}", spans_.size() + 1)},
                 {"name", valid_text(name)},
                 {"kind", kInternal},
                 {"startTimeUnixNano", std::to_string(start_ns)},
                 {"endTimeUnixNano", std::to_string(end_ns)},
                 {"attributes", json::array()},
                 {"status", {{"code", kStatusOk}}}};
    if (!parent.is_null()) span["parentSpanId"] = parent;
    spans_.push_back(std::move(span));
    return spans_.back();
  }

  [[nodiscard]] const json& spans() const { return spans_; }

 private:
  std::string id_;
  json spans_ = json::array();
};

void mark(json& span, const std::string& error) {
  if (!error.empty()) span["status"] = {{"code", kStatusError}, {"message", valid_text(error)}};
}

std::int64_t lead_of(const Trial& trial) {
  return trial.outside.prepare.count();
}
/// From the start of its prepare hooks to the end of its conclude hooks.
std::int64_t whole_time_of(const Trial& trial) {
  return (trial.outside.prepare + trial.usage.wall + trial.outside.after + trial.outside.conclude).count();
}

void add_trial(const Plan& plan, const Trial& trial, std::int64_t start_ns, const json& block, Trace& trace) {
  json& span = trace.add("trial " + plan.variable.levels.at(trial.arm).label, start_ns,
                         start_ns + trial.usage.wall.count(), block);
  if (!is_measured(trial.outcome)) mark(span, describe(trial.outcome));
  json& attributes = span["attributes"];
  attributes.push_back(whole_attribute("assay.arm", trial.arm));
  attributes.push_back(whole_attribute("process.cpu.time.user_ns", trial.usage.user.count()));
  attributes.push_back(whole_attribute("process.cpu.time.system_ns", trial.usage.system.count()));
  for (std::size_t metric = 0; metric < std::min(plan.metrics.size(), trial.values.size()); ++metric) {
    if (!trial.values[metric]) continue;
    attributes.push_back(number_attribute("assay.metric." + plan.metrics[metric].name, *trial.values[metric]));
  }
}

/// Returns when the block ended. In a duet all trials start at once.
std::int64_t add_block(const Plan& plan, const Block& block, const json& attempt, Trace& trace) {
  const bool at_once = plan.protocol.design == Design::duet;
  std::int64_t end = block.started_ns;
  std::vector<std::int64_t> starts;
  for (const Trial& trial : block.trials) {
    const std::int64_t begin = at_once ? block.started_ns : end;
    starts.push_back(begin + lead_of(trial));
    end = std::max(end, begin + whole_time_of(trial));
  }
  json& span = trace.add(fmt::format("block {}", block.number), block.started_ns, end, attempt);
  const json id = span["spanId"];
  const Cell cell = cells(plan)[block.cell];
  span["attributes"].push_back(text_attribute("assay.workload", workload_of(plan, cell).name));
  span["attributes"].push_back(whole_attribute("assay.block", block.number));
  if (!block.node.empty()) span["attributes"].push_back(text_attribute("host.name", block.node));
  if (is_void(block)) mark(span, "void");
  for (std::size_t place = 0; place < block.trials.size(); ++place) {
    add_trial(plan, block.trials[place], starts[place], id, trace);
  }
  return end;
}

}  // namespace

std::string opentelemetry_text(const AttemptView& attempt) {
  Trace trace(attempt.plan);
  const std::int64_t start = attempt.blocks.empty() ? 0 : attempt.blocks.front().started_ns;
  json& root = trace.add("attempt " + attempt.plan.id, start, start, nullptr);
  root["attributes"].push_back(text_attribute("assay.verdict", std::string(to_string(attempt.result.verdict))));
  root["attributes"].push_back(text_attribute("assay.decision", std::string(to_string(attempt.result.decision))));
  const json id = root["spanId"];
  std::int64_t end = start;
  for (const Block& block : attempt.blocks) end = std::max(end, add_block(attempt.plan, block, id, trace));
  json spans = trace.spans();
  spans.front()["endTimeUnixNano"] = std::to_string(end);
  const json resource = {{"attributes", json::array({text_attribute("service.name", "assay"),
                                                     text_attribute("service.version", std::string(program_version())),
                                                     text_attribute("assay.experiment", attempt.plan.id)})}};
  const json scope = {{"scope", {{"name", "assay"}}}, {"spans", std::move(spans)}};
  const json file = {{"resourceSpans", json::array({{{"resource", resource}, {"scopeSpans", json::array({scope})}}})}};
  return formats::printed_json(file, formats::JsonLayout::one_line);
}

}  // namespace assay::interop
