#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "core/block.hpp"
#include "core/plan.hpp"
#include "core/record/machine.hpp"
#include "core/result/result.hpp"

namespace assay {

/// The evidence of one attempt, sufficient to compute its result again. docs/formats/record.md describes its JSON.
struct Record {
  int number = 0;  ///< for people; never renumbered
  std::string program_version;
  std::int64_t created_ns = 0;  ///< Unix time
  std::string actor;
  std::string git_identity = {};     ///< git's user.email then; empty if it is the actor, or unknown
  std::vector<std::string> parents;  ///< SHA-256 of all heads known at that time, in byte order
  std::string plan_sha256;
  Plan plan;
  Machine machine;
  std::string revision = {};       ///< commit of the experiment's repository when its last session began; empty: none
  bool has_other_changes = false;  ///< tracked files differed from that commit; what assay renders does not count
  std::vector<std::int64_t> interruptions_ns;  ///< Unix times at which it was interrupted or resumed
  std::vector<Block> blocks;                   ///< all of them, including void ones, in the order in which they ended
  AttemptResult result;
  friend bool operator==(const Record&, const Record&) = default;
};

/// "0007-readiness-poll": the name of a record's file without ".json".
[[nodiscard]] std::string record_name(int number, std::string_view subject);
[[nodiscard]] std::string record_name(const Record& record);

}  // namespace assay
