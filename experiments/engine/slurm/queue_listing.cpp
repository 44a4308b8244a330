#include "experiments/engine/slurm/queue_listing.hpp"

#include <algorithm>
#include <array>
#include <charconv>

#include "core/text/trimmed.hpp"

namespace assay::engine {
namespace {

constexpr std::size_t kFields = 6;

/// All states of squeue(1) in which a task has no end yet. Whatever else it says is an end.
constexpr std::array<std::string_view, 2> kWaiting = {"PENDING", "REQUEUED"};
constexpr std::array<std::string_view, 7> kRunning = {"RUNNING",   "CONFIGURING", "SUSPENDED",    "STOPPED",
                                                      "SIGNALING", "RESIZING",    "RESV_DEL_HOLD"};
constexpr std::array<std::string_view, 2> kEnding = {"COMPLETING", "STAGE_OUT"};
constexpr std::array<std::string_view, 3> kHeld = {"REQUEUE_HOLD", "SPECIAL_EXIT", "REQUEUE_FED"};

constexpr std::string_view kEndedWell = "COMPLETED";

template <std::size_t count>
bool is_one_of(const std::array<std::string_view, count>& names, std::string_view name) {
  return std::find(names.begin(), names.end(), name) != names.end();
}

/// The words that Slurm ends the reason of a task with that it holds after its start failed.
bool is_held_after_failure(std::string_view reason) {
  return reason.find("requeued held") != std::string_view::npos;
}

QueueState state_of(std::string_view name, std::string_view reason) {
  if (is_one_of(kHeld, name)) return QueueState::held;
  if (is_one_of(kRunning, name)) return QueueState::running;
  if (is_one_of(kEnding, name)) return QueueState::ending;
  if (!is_one_of(kWaiting, name)) return QueueState::ended;
  return is_held_after_failure(reason) ? QueueState::held : QueueState::waiting;
}

std::optional<std::array<std::string_view, kFields>> fields_of(std::string_view line) {
  std::array<std::string_view, kFields> fields;
  for (std::size_t field = 0; field + 1 < kFields; ++field) {
    const std::size_t end = line.find('|');
    if (end == std::string_view::npos) return std::nullopt;
    fields[field] = trimmed(line.substr(0, end));
    line.remove_prefix(end + 1);
  }
  fields.back() = trimmed(line);
  return fields;
}

std::optional<std::size_t> index_in(std::string_view text) {
  std::size_t index = 0;
  const auto [end, failure] = std::from_chars(text.data(), text.data() + text.size(), index);
  if (failure != std::errc() || end != text.data() + text.size()) return std::nullopt;
  return index;
}

}  // namespace

std::optional<std::vector<QueueRow>> parse_queue(std::string_view text) {
  std::vector<QueueRow> rows;
  while (!text.empty()) {
    const std::size_t end = std::min(text.find('\n'), text.size());
    const std::string_view line = text.substr(0, end);
    text.remove_prefix(std::min(end + 1, text.size()));
    if (trimmed(line).empty()) continue;
    const auto fields = fields_of(line);
    if (!fields) return std::nullopt;
    const auto& [name, task, array, state, node, reason] = *fields;
    if (task == "N/A") continue;
    const std::optional<std::size_t> index = index_in(task);
    if (!index) return std::nullopt;
    rows.push_back({.job_name = std::string(name),
                    .task = *index,
                    .array_id = std::string(array),
                    .state = state_of(state, reason),
                    .state_name = std::string(state),
                    .node = std::string(node),
                    .reason = std::string(reason),
                    .ended_well = state == kEndedWell});
  }
  return rows;
}

std::optional<std::string> configured_value(std::string_view text, std::string_view key) {
  while (!text.empty()) {
    const std::size_t end = std::min(text.find('\n'), text.size());
    const std::string_view line = text.substr(0, end);
    text.remove_prefix(std::min(end + 1, text.size()));
    const std::size_t sign = line.find('=');
    if (sign == std::string_view::npos || trimmed(line.substr(0, sign)) != key) continue;
    return std::string(trimmed(line.substr(sign + 1)));
  }
  return std::nullopt;
}

}  // namespace assay::engine
