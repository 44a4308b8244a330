#include "experiments/campaign/gate/gate_rules.hpp"

#include <algorithm>
#include <iterator>
#include <set>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "core/error.hpp"
#include "experiments/definition/lab/gate_policy.hpp"

namespace assay::campaign {
namespace {

/// A longer diff belongs into a reviewer's tool.
constexpr std::size_t kMostDiffLines = 60;

/// Those of the base's policy, or of the one that the change introduces.
std::vector<std::string> experiment_globs(const GateRules& rules) {
  return rules.has_policy ? rules.policy.experiments : rules.introduced;
}

struct RuleFiles {
  GateRuleKind kind;
  std::vector<std::string> globs;
};

/// The first kind that a file matches is its own.
std::vector<RuleFiles> rule_files(const GateRules& rules) {
  std::vector<std::string> experiments = experiment_globs(rules);
  experiments.insert(experiments.end(), rules.experiments.begin(), rules.experiments.end());
  return {{GateRuleKind::policy, {kGatePolicyFile, ".assay/environments.toml"}},
          {GateRuleKind::experiment, std::move(experiments)},
          {GateRuleKind::workflow, {".github/workflows/**", ".github/actions/**"}},
          {GateRuleKind::judge, rules.policy.judges}};
}

bool holds(const std::vector<std::string>& sorted, const std::string& path) {
  return std::binary_search(sorted.begin(), sorted.end(), path);
}

/// What the change did to the base that it knew.
CommitPair own_changes(const BaseCopy& base) {
  return {.from = base.commits().control, .to = base.commits().change.commit};
}

/// Calls `take(path, kind)` for each file that judges and differs, once, in the order of the kinds.
template <class Take>
void each_differing(const BaseCopy& base, const GateRules& rules, const CommitPair& pair, const Take& take) {
  std::set<std::string> seen;
  for (const RuleFiles& files : rule_files(rules)) {
    std::vector<std::string> paths = base.differing(pair, files.globs);
    for (std::string& path : base.in_place_of_folders(pair, files.globs)) paths.push_back(std::move(path));
    for (std::string& path : paths) {
      if (seen.insert(path).second) take(std::move(path), files.kind);
    }
  }
}

GateRuleChange described(const BaseCopy& base, std::string path, GateRuleKind kind) {
  GateRuleChange change{.path = std::move(path), .kind = kind};
  if (base.control_files({change.path}).empty()) {
    change.change = FileChange::added;
  } else if (base.change_files({change.path}).empty()) {
    change.change = FileChange::removed;
  }
  change.diff = base.diff_of(own_changes(base), change.path);
  if (change.diff.size() > kMostDiffLines) {
    change.lines_left_out = static_cast<int>(change.diff.size() - kMostDiffLines);
    change.diff.resize(kMostDiffLines);
  }
  return change;
}

}  // namespace

namespace {

/// The globs of the policy that the change brings; empty if it brings none.
std::vector<std::string> introduced_experiments(const BaseCopy& base) {
  const std::optional<std::string> text = base.text_in_change(kGatePolicyFile);
  if (!text || !base.control_files({kGatePolicyFile}).empty()) return {};
  return definition::parse_gate_policy({fmt::format("{} of the change", kGatePolicyFile), *text}).experiments;
}

}  // namespace

GateRules read_rules(const BaseCopy& base, const std::vector<std::string>& files) {
  GateRules rules;
  if (const std::optional<std::string> text = base.text_of(kGatePolicyFile)) {
    rules.has_policy = true;
    rules.policy = definition::parse_gate_policy({fmt::format("{} of the base", kGatePolicyFile), *text});
  }
  if (!rules.has_policy && files.empty()) rules.introduced = introduced_experiments(base);
  const std::vector<std::string> globs = experiment_globs(rules);
  const std::vector<std::string> named = base.base_files(globs);
  if (files.empty()) {
    rules.experiments = named;
    if (globs.empty()) {
      throw Error(
          fmt::format("nothing to judge: name an experiment file, or list them in {} of the base", kGatePolicyFile));
    }
    if (named.empty() && base.change_files(globs).empty()) {
      throw Error(fmt::format("nothing to judge: no file of base or change matches the experiments of {} ({})",
                              kGatePolicyFile, fmt::join(globs, ", ")));
    }
    return rules;
  }
  for (const std::string& file : files) {
    if (!base.text_of(file) && base.change_files({file}).empty()) {
      throw Error(fmt::format("{} is neither in the base nor in the change: name a committed experiment file", file));
    }
  }
  rules.experiments = files;
  std::set_difference(named.begin(), named.end(), files.begin(), files.end(), std::back_inserter(rules.not_asked));
  return rules;
}

std::vector<GateRuleChange> changed_rules(const BaseCopy& base, const GateRules& rules) {
  std::vector<GateRuleChange> changes;
  each_differing(base, rules, own_changes(base), [&](std::string path, GateRuleKind kind) {
    changes.push_back(described(base, std::move(path), kind));
  });
  return changes;
}

std::vector<std::string> files_to_restore(const BaseCopy& base, const GateRules& rules, const std::string& commit) {
  std::vector<std::string> paths;
  each_differing(base, rules, {.from = base.commits().base.commit, .to = commit},
                 [&paths](std::string path, GateRuleKind) { paths.push_back(std::move(path)); });
  return paths;
}

std::vector<std::string> new_experiments(const BaseCopy& base, const GateRules& rules) {
  std::vector<std::string> globs = experiment_globs(rules);
  globs.insert(globs.end(), rules.experiments.begin(), rules.experiments.end());
  const std::vector<std::string> now = base.base_files(globs);
  const std::vector<std::string> before = base.control_files(globs);
  std::vector<std::string> added;
  for (std::string& path : base.change_files(globs)) {
    if (!holds(now, path) && !holds(before, path)) added.push_back(std::move(path));
  }
  return added;
}

}  // namespace assay::campaign
