#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "core/block.hpp"
#include "core/machine.hpp"
#include "core/plan.hpp"
#include "core/result.hpp"

namespace assay {

/// The evidence of one attempt, enough to compute its result again. docs/formats/record.md gives its JSON.
struct Record {
  int number = 0;  ///< for people; never renumbered
  std::string program_version;
  std::int64_t created_ns = 0;  ///< Unix time
  std::string actor;
  std::vector<std::string> parents;  ///< SHA-256 of all heads known then, in byte order
  std::string plan_sha256;
  Plan plan;
  Machine machine;
  std::vector<std::int64_t> interruptions_ns;  ///< Unix times at which it was broken off or taken up again
  std::vector<Block> blocks;                   ///< every one, void ones too, in the order in which they ended
  AttemptResult result;
  friend bool operator==(const Record&, const Record&) = default;
};

/// "0007-readiness-poll": what the file of a record is called, less ".json".
[[nodiscard]] std::string record_name(int number, std::string_view subject);
[[nodiscard]] std::string record_name(const Record& record);

}  // namespace assay
