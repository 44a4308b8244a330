#include "experiments/campaign/gate/rule_links.hpp"

#include <deque>
#include <set>
#include <utility>

namespace assay::campaign {
namespace {

/// As git takes it: a path without wildcards also stands for a folder with everything in it.
std::vector<PathPattern> patterns_of(const std::string& glob) {
  std::vector<PathPattern> patterns = {PathPattern(glob)};
  if (glob.find_first_of("*?[\\") == std::string::npos) patterns.emplace_back(glob + "/**");
  return patterns;
}

/// What a pattern reaches behind a link to a path of the same tree.
std::vector<PathPattern> patterns_behind(const CommitTree& tree, const PathPattern& pattern, const std::string& link,
                                         const std::string& target) {
  std::vector<PathPattern> patterns = pattern.behind(link, target);
  if (pattern.matches(link)) {
    patterns.push_back(PathPattern::of_path(target));
    if (tree.has_folder(target)) patterns.push_back(PathPattern::below(target));
  }
  return patterns;
}

bool holds_itself(const std::string& folder, const std::string& link) {
  return folder.empty() || link.starts_with(folder + "/");
}

}  // namespace

/// A pattern whose links are still to be followed.
struct RuleLinks::Step {
  PathPattern pattern;
  ReachedRule rule;  ///< without a link if a rule names it
};

RuleLinks::RuleLinks(const CommitTree& tree, const std::vector<RuleFiles>& rules) {
  std::deque<Step> steps;
  for (const RuleFiles& files : rules) {
    for (const std::string& glob : files.globs) {
      for (PathPattern& pattern : patterns_of(glob)) steps.push_back({std::move(pattern), {files.kind, ""}});
    }
  }
  std::set<std::string> blind;
  for (; !steps.empty(); steps.pop_front()) {
    const Step step = steps.front();
    for (const auto& [link, target] : tree.links()) {
      if (!step.pattern.matches(link) && !step.pattern.leads_through(link)) continue;
      const FollowedPath place = tree.followed(link);
      if (place.is_outside || holds_itself(place.path, link)) {
        if (blind.insert(link).second) blind_spots_.push_back({link, target, place.is_outside});
        continue;
      }
      const ReachedRule rule{step.rule.kind, step.rule.link.empty() ? link : step.rule.link};
      for (const std::string& passed : place.links) reached_.emplace(PathPattern::of_path(passed), rule);
      for (PathPattern& pattern : patterns_behind(tree, step.pattern, link, place.path)) {
        if (reached_.emplace(pattern, rule).second) steps.push_back({std::move(pattern), rule});
      }
    }
  }
}

std::optional<ReachedRule> RuleLinks::reaching(const std::string& path) const {
  for (const auto& [pattern, rule] : reached_) {
    if (pattern.matches(path)) return rule;
  }
  return std::nullopt;
}

std::optional<ReachedRule> RuleLinks::reaching_through(const std::string& folder) const {
  for (const auto& [pattern, rule] : reached_) {
    if (pattern.leads_through(folder)) return rule;
  }
  return std::nullopt;
}

}  // namespace assay::campaign
