#include "experiments/campaign/gate/gate_rules.hpp"

#include <algorithm>
#include <iterator>
#include <set>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "core/error.hpp"
#include "experiments/campaign/gate/rule_links.hpp"
#include "experiments/definition/lab/gate_policy.hpp"

namespace assay::campaign {
namespace {

/// A longer diff belongs into a reviewer's tool.
constexpr std::size_t kMostDiffLines = 60;

/// Those of the base's policy, or of the one that the change introduces.
std::vector<std::string> experiment_globs(const GateRules& rules) {
  return rules.has_policy ? rules.policy.experiments : rules.introduced;
}

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

/// What is to be said of a file that judges.
struct ChangedFile {
  std::string path;
  GateRuleKind kind;
  std::string link = {};
  bool only_reached_now = false;  ///< the file itself may be as it was
};

GateRuleChange described(const BaseCopy& base, ChangedFile file) {
  GateRuleChange change{.path = std::move(file.path), .kind = file.kind, .link = std::move(file.link)};
  CommitPair pair = own_changes(base);
  if (file.only_reached_now) pair.from = base.nothing();
  if (file.only_reached_now || base.control_files({change.path}).empty()) {
    change.change = FileChange::added;
  } else if (!base.change_tree().has_file(change.path)) {
    change.change = FileChange::removed;
  }
  change.diff = base.diff_of(pair, change.path);
  if (change.diff.size() > kMostDiffLines) {
    change.lines_left_out = static_cast<int>(change.diff.size() - kMostDiffLines);
    change.diff.resize(kMostDiffLines);
  }
  return change;
}

/// What rules reach behind the links of base, change and control, for one comparison.
class LinkedChanges {
 public:
  LinkedChanges(const BaseCopy& base, const GateRules& rules)
      : base_(base),
        in_base_(base.base_tree(), rule_files(rules)),
        in_change_(base.change_tree(), rule_files(rules)),
        in_control_(base.tree_of(base.commits().control), rule_files(rules)) {}

  /// Adds the files behind links that the change alters, or lets judge, and that are not among `told`.
  void add_to(std::vector<GateRuleChange>& changes, std::set<std::string> told, const std::set<std::string>& named) {
    if (in_base_.is_empty() && in_change_.is_empty()) return;
    for (std::string& path : base_.differing(own_changes(base_), {"**"})) {
      const std::optional<ReachedRule> rule = rule_of(path);
      if (!rule || !told.insert(path).second) continue;
      changes.push_back(described(base_, {std::move(path), rule->kind, rule->link}));
    }
    if (in_change_.reaches_the_same(in_control_)) return;
    for (const std::string& path : base_.change_tree().files()) {
      const auto rule = in_change_.reaching(path);
      if (!rule || named.contains(path) || told.contains(path) || in_control_.reaching(path)) continue;
      changes.push_back(described(base_, {path, rule->kind, rule->link, true}));
    }
  }

  [[nodiscard]] std::vector<GateBlindSpot> blind_spots() const {
    std::vector<GateBlindSpot> all = in_base_.blind_spots();
    for (const GateBlindSpot& spot : in_change_.blind_spots()) {
      if (std::find(all.begin(), all.end(), spot) == all.end()) all.push_back(spot);
    }
    return all;
  }

 private:
  [[nodiscard]] std::optional<ReachedRule> rule_of(const std::string& path) const {
    std::optional<ReachedRule> rule = in_base_.reaching(path);
    if (!rule) rule = in_change_.reaching(path);
    if (!rule && base_.base_tree().has_folder(path)) rule = in_base_.reaching_through(path);
    return rule;
  }

  const BaseCopy& base_;
  RuleLinks in_base_;
  RuleLinks in_change_;
  RuleLinks in_control_;
};

/// Every file of the change that a rule names.
std::set<std::string> named_files(const BaseCopy& base, const GateRules& rules) {
  std::set<std::string> named;
  for (const RuleFiles& files : rule_files(rules)) {
    for (std::string& path : base.change_files(files.globs)) named.insert(std::move(path));
  }
  return named;
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

RuleChanges changed_rules(const BaseCopy& base, const GateRules& rules) {
  RuleChanges changed;
  std::set<std::string> told;
  each_differing(base, rules, own_changes(base), [&](std::string path, GateRuleKind kind) {
    told.insert(path);
    changed.changes.push_back(described(base, {std::move(path), kind}));
  });
  LinkedChanges linked(base, rules);
  linked.add_to(changed.changes, std::move(told), named_files(base, rules));
  changed.blind_spots = linked.blind_spots();
  return changed;
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
