#include "experiments/session/runner_strata.hpp"

#include <algorithm>
#include <utility>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "experiments/formats/canonical_json.hpp"
#include "experiments/formats/described.hpp"
#include "experiments/formats/result/result_fields.hpp"

namespace assay::session {
namespace {

std::vector<ClusterNode> kept_runners(const host::Journal& journal, host::AttemptId attempt) {
  std::vector<ClusterNode> runners;
  for (const std::string& text : journal.runners(attempt)) {
    const nlohmann::json document = formats::parse_json(text, "runner of the journal");
    runners.push_back(formats::read_as<ClusterNode>(formats::Field(document)));
  }
  return runners;
}

bool is_same_machine(const ClusterNode& one, const ClusterNode& other) {
  return one.hostname == other.hostname && one.boot_id == other.boot_id;
}

/// Runners of a CI may all have one host name.
std::string name_among(const std::vector<ClusterNode>& runners, const ClusterNode& runner) {
  constexpr std::size_t kShownOfBoot = 8;
  const bool is_taken = std::any_of(runners.begin(), runners.end(),
                                    [&runner](const ClusterNode& other) { return other.name == runner.hostname; });
  return is_taken ? fmt::format("{} (boot {})", runner.hostname, runner.boot_id.substr(0, kShownOfBoot))
                  : runner.hostname;
}

}  // namespace

void keep_first_runner(host::Journal& journal, host::AttemptId attempt, const ClusterNode& runner) {
  if (journal.runners(attempt).empty()) journal.keep_runner(attempt, formats::text_of(runner));
}

RunnerStrata::RunnerStrata(host::Journal& journal, host::AttemptId attempt, const Plan& plan,
                           std::optional<ClusterNode> here) {
  // A record by the rules of 0.1.0 is what 0.1.0 would have written.
  if (!here || plan.rules == kOldestRules) return;
  runners_ = kept_runners(journal, attempt);
  const auto known = std::find_if(runners_.begin(), runners_.end(),
                                  [&here](const ClusterNode& runner) { return is_same_machine(runner, *here); });
  here_ = static_cast<std::size_t>(known - runners_.begin());
  if (known != runners_.end()) return;
  here->name = name_among(runners_, *here);
  journal.keep_runner(attempt, formats::text_of(*here));
  runners_.push_back(*std::move(here));
}

bool RunnerStrata::is_on_another_host() const {
  return !runners_.empty() && runners_[here_].hostname != runners_.front().hostname;
}

void RunnerStrata::name_in_earlier(Block& block) const {
  if (runners_.size() > 1 && block.node.empty()) block.node = runners_.front().name;
}

void RunnerStrata::name_in(Block& block) const {
  if (runners_.size() > 1) block.node = runners_[here_].name;
}

std::vector<ClusterNode> RunnerStrata::nodes_of(const std::vector<Block>& blocks) const {
  std::vector<ClusterNode> nodes;
  for (const ClusterNode& runner : runners_) {
    const bool ran =
        std::any_of(blocks.begin(), blocks.end(), [&runner](const Block& block) { return block.node == runner.name; });
    if (ran) nodes.push_back(runner);
  }
  std::sort(nodes.begin(), nodes.end(),
            [](const ClusterNode& left, const ClusterNode& right) { return left.name < right.name; });
  return nodes;
}

}  // namespace assay::session
