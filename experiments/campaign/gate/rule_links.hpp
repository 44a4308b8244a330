#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "core/record/gate.hpp"
#include "experiments/campaign/gate/commit_tree.hpp"
#include "experiments/campaign/gate/path_pattern.hpp"

namespace assay::campaign {

/// Files that judge, as globs.
struct RuleFiles {
  GateRuleKind kind;
  std::vector<std::string> globs;
};

/// How a rule reaches a file behind a link.
struct ReachedRule {
  GateRuleKind kind;
  std::string link;  ///< the first one on the way
  friend bool operator==(const ReachedRule&, const ReachedRule&) = default;
};

/// What the rules of a gate reach behind the symbolic links of a commit, from link to link.
class RuleLinks {
 public:
  /// The first of several kinds of files has precedence.
  RuleLinks(const CommitTree& tree, const std::vector<RuleFiles>& rules);

  /// How the file is reached; empty if only its own path can make it a rule.
  [[nodiscard]] std::optional<ReachedRule> reaching(const std::string& path) const;
  /// The same of a folder that has such files, or may get some.
  [[nodiscard]] std::optional<ReachedRule> reaching_through(const std::string& folder) const;
  /// Links whose targets are not looked at.
  [[nodiscard]] const std::vector<GateBlindSpot>& blind_spots() const { return blind_spots_; }
  [[nodiscard]] bool is_empty() const { return reached_.empty(); }
  /// Whether the rules reach the same in both commits.
  [[nodiscard]] bool reaches_the_same(const RuleLinks& other) const { return reached_ == other.reached_; }

 private:
  struct Step;
  std::map<PathPattern, ReachedRule> reached_;
  std::vector<GateBlindSpot> blind_spots_;
};

}  // namespace assay::campaign
