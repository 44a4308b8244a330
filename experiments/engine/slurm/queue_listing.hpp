#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace assay::engine {

/// What the cluster's queue says about a task. None of it is proof: a restored controller reports finished tasks as
/// running and forgets others. Only a result proves success.
enum class QueueState {
  waiting,  ///< not started, or started and to be started again
  held,     ///< waiting until somebody releases it
  running,  ///< also while it is being set up
  ending,   ///< its processes were told to end, and the cluster cleans up after it
  ended,    ///< however it ended
};

/// One task in the cluster's queue.
struct QueueRow {
  std::string job_name;  ///< of the array
  std::size_t task = 0;  ///< its index in the array
  std::string array_id;  ///< of the array; a hint, since ids are handed out again
  QueueState state = QueueState::waiting;
  std::string state_name;   ///< as the cluster calls it: "NODE_FAIL"
  std::string node;         ///< empty while it waits
  std::string reason;       ///< why it waits, or how it ended
  bool ended_well = false;  ///< it ended, and the cluster says that it completed
  friend bool operator==(const QueueRow&, const QueueRow&) = default;
};

/// The `-O` argument of squeue(1) whose output `parse_queue` reads. The suffix keeps fields from being cut off, and the
/// reason, which is free text, comes last.
inline constexpr std::string_view kQueueFields = "Name:|,ArrayTaskID:|,ArrayJobID:|,State:|,NodeList:|,Reason:";

/// One row for each task of an array. Rows of jobs that are no array are passed over.
/// \returns nothing if a line is not of that form, so that nothing is concluded from it.
[[nodiscard]] std::optional<std::vector<QueueRow>> parse_queue(std::string_view text);

/// The value of a key in the output of `scontrol show config`: "MaxArraySize            = 1001".
[[nodiscard]] std::optional<std::string> configured_value(std::string_view text, std::string_view key);

}  // namespace assay::engine
