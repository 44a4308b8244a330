#include <algorithm>
#include <map>
#include <optional>
#include <string>
#include <tuple>
#include <type_traits>
#include <variant>
#include <vector>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "core/engine/weight_room.hpp"
#include "core/text/utf8.hpp"
#include "experiments/definition/mistakes/semantics.hpp"
#include "experiments/formats/plan/plain_paths.hpp"

namespace assay::definition {
namespace {

/// Collects what cannot be had of several workloads at once.
class SideBySideMistakes {
 public:
  SideBySideMistakes(const Definition& definition, Mistakes& mistakes) : definition_(definition), mistakes_(mistakes) {}

  void find() {
    if (definition_.workloads.size() < 2) {
      refuse("/protocol/side_by_side", "there is one workload, and nothing to run beside it: leave side_by_side out");
    }
    check_protocol();
    check_variable();
    for (const State& state : definition_.states) check_state(state);
    for (std::size_t index = 0; index < definition_.workloads.size(); ++index) {
      check_workload(definition_.workloads[index], fmt::format("/workload/{}", index));
    }
    check_pairs();
    for (std::size_t index = 0; index < definition_.checks.size(); ++index) {
      check_check(definition_.checks[index], fmt::format("/check/{}", index));
    }
    for (std::size_t index = 0; index < definition_.metrics.size(); ++index) {
      const Metric& metric = definition_.metrics[index];
      const auto* const file = std::get_if<FileSizeSource>(&metric.source);
      if (file != nullptr) check_file(fmt::format("/metric/{}/from", index), file->path, metric.workloads);
    }
  }

 private:
  void refuse(const std::string& pointer, const std::string& text) {
    mistakes_.push_back({pointer, "side_by_side: " + text});
  }

  void check_protocol() {
    const Design design = definition_.protocol.design;
    if (design == Design::duet) {
      refuse("/protocol/design",
             "a duet runs both arms at once, and side by side all workloads run the same arm: "
             "leave one of them out");
    } else if (is_costly(design)) {
      refuse("/protocol/design", fmt::format("the design {} orders each trial of a workload by itself: use blocks or "
                                             "abba, or leave side_by_side out",
                                             in_quotes(to_string(design))));
    }
    if (definition_.engine != Plan{}.engine && !definition_.simulation) {
      refuse("/protocol/side_by_side", fmt::format("the engine {} runs one block of one workload in each task: run it "
                                                   "on this host, or leave side_by_side out",
                                                   in_quotes(definition_.engine)));
    }
    if (definition_.vigilant) {
      refuse("/protocol/side_by_side",
             "unannounced trials run alone, and say nothing about trials that had others "
             "beside them: leave --vigilant or side_by_side out");
    }
  }

  void check_variable() {
    const Variable& variable = definition_.variable;
    if (variable.kind == VariableKind::state) {
      refuse("/variable/kind",
             "workloads that run at once share the caches, which others would change while one "
             "depends on their state: leave side_by_side out");
    }
    if (variable.kind == VariableKind::level) {
      refuse("/variable/kind",
             "levels are dropped from the race of each workload by itself, so that the same arms "
             "would not run together: compare two arms, or leave side_by_side out");
    }
    if (variable.shares) {
      refuse("/variable/shares",
             "what the trials of one arm share, several workloads would change at once: leave "
             "side_by_side out");
    }
  }

  void check_state(const State& state) {
    const auto refuse_key = [&](const char* key) {
      refuse(pointer_to("/state", state.name) + "/" + key,
             fmt::format("workloads that run at once share the caches, so that no start can be proven to be {}: leave "
                         "side_by_side out",
                         in_quotes(state.name)));
    };
    if (!state.evict.empty()) {
      refuse_key("evict");
    } else if (!state.prove.empty()) {
      refuse_key("prove");
    }
  }

  void check_workload(const Workload& workload, const std::string& pointer) {
    if (workload.states.size() > 1) {
      refuse(pointer + "/states", fmt::format("workload {} is tried in {} states, which cannot be had beside each "
                                              "other: name one, or leave side_by_side out",
                                              in_quotes(workload.name), workload.states.size()));
    }
    check_weight(workload, pointer);
    check_cpus(workload, pointer);
    if (workload.standard_output == OutputTarget::file) check_file(pointer + "/output", workload.output_file, workload);
    if (!workload.results.empty()) check_file(pointer + "/results", workload.results, workload);
  }

  [[nodiscard]] WeightRoom room() const { return {definition_.budget.cpus, definition_.budget.memory}; }

  void check_weight(const Workload& workload, const std::string& pointer) {
    const WorkloadWeight weight = weight_of(workload);
    const Excess excess = excess_of(weight, room());
    if (excess == Excess{}) return;
    refuse(pointer + "/weight",
           fmt::format("workload {} weighs {}, and the budget has {}: declare what it takes, raise "
                       "the budget, or leave side_by_side out",
                       in_quotes(workload.name), describe_weight(weight, excess), describe_limits(room(), excess)));
  }

  /// What the budget of the file shows by itself. The machine and its environment may have less.
  void check_pairs() {
    std::vector<WorkloadWeight> weights;
    for (const Workload& workload : definition_.workloads) {
      weights.push_back(weight_of(workload));
      if (!fits(weights.back(), room())) return;  // that is a mistake of its own
    }
    const std::optional<Excess> excess = what_keeps_all_apart(weights, room());
    if (!excess) return;
    std::vector<std::string> parts;
    for (std::size_t index = 0; index < weights.size(); ++index) {
      parts.push_back(
          fmt::format("{} {}", in_quotes(definition_.workloads[index].name), describe_weight(weights[index], *excess)));
    }
    refuse(
        excess->of_cpus ? "/budget/cpus" : "/budget/memory",
        fmt::format("no two workloads fit together: the budget has {}, and they weigh {}: raise the budget, or leave "
                    "side_by_side out",
                    describe_limits(room(), *excess), fmt::join(parts, ", ")));
  }

  /// Named CPUs belong to one workload only, and are its weight.
  void check_cpus(const Workload& workload, const std::string& pointer) {
    const std::vector<int>& cpus = workload.limits.cpus;
    if (cpus.empty()) return;
    if (weight_of(workload).cpus != static_cast<double>(cpus.size())) {
      refuse(pointer + "/limits/cpus",
             fmt::format("workload {} may run on {} and weighs {}: name as many CPUs as it weighs",
                         in_quotes(workload.name), format_part(BudgetPart::cpus, static_cast<double>(cpus.size())),
                         format_part(BudgetPart::cpus, weight_of(workload).cpus)));
    }
    for (const int cpu : cpus) {
      const auto [owner, is_new] = owners_of_cpus_.emplace(cpu, workload.name);
      if (is_new) continue;
      refuse(pointer + "/limits/cpus", fmt::format("CPU {} is named for {} and for {}, which may run at once: name "
                                                   "different ones, or leave cpus out to have them chosen",
                                                   cpu, in_quotes(owner->second), in_quotes(workload.name)));
    }
  }

  void check_check(const Check& check, const std::string& pointer) {
    if (std::holds_alternative<NoLeaksCheck>(check.kind)) {
      refuse(pointer, fmt::format("what is left behind on this host could be that of any workload, so {} could not "
                                  "tell: leave the check or side_by_side out",
                                  in_quotes(check.name)));
      return;
    }
    std::visit([&](const auto& kind) { check_files(kind, pointer, check.workloads); }, check.kind);
  }

  /// Every kind of check says with its keys which files a trial writes for it.
  template <class Kind>
  void check_files(const Kind& kind, const std::string& pointer, const std::vector<std::string>& workloads) {
    std::apply([&](const auto&... keys) { (check_key(kind, keys, pointer, workloads), ...); }, kCheckKeys<Kind>);
  }

  template <class Kind, class Value>
  void check_key(const Kind& kind, const CheckKey<Kind, Value>& key, const std::string& pointer,
                 const std::vector<std::string>& workloads) {
    if constexpr (std::is_same_v<Value, std::string>) {
      const std::string& file = kind.*key.member;
      if (file.empty()) return;
      if (key.value == CheckValue::written_file) check_file(pointer + "/" + std::string(key.name), file, workloads);
      if constexpr (std::is_same_v<Kind, TestInventoryCheck>) {
        check_file(pointer + "/" + std::string(to_string(kind.format)), file, workloads);
      }
    }
  }

  void check_file(const std::string& pointer, const std::string& path, const std::vector<std::string>& workloads) {
    for (const Workload& workload : definition_.workloads) {
      if (applies_to(workloads, workload.name)) check_file(pointer, path, workload);
    }
  }

  /// One file that each trial of a workload writes.
  void check_file(const std::string& pointer, const std::string& path, const Workload& workload) {
    const std::string& folder = workload.working_directory;
    const std::string whole = path.starts_with('/') || folder.empty() ? path : folder + "/" + path;
    const auto [writer, is_new] = writers_.emplace(formats::plain_path_below("", whole), workload.name);
    if (is_new || writer->second == workload.name) return;
    refuse(pointer, fmt::format("{} and {} would write {} at once: give each a file or a working_directory of its own, "
                                "or leave side_by_side out",
                                in_quotes(writer->second), in_quotes(workload.name), in_quotes(path)));
  }

  const Definition& definition_;
  Mistakes& mistakes_;
  std::map<int, std::string> owners_of_cpus_;
  std::map<std::string, std::string> writers_;  ///< workload, by path
};

}  // namespace

void find_side_by_side_mistakes(const Definition& definition, Mistakes& mistakes) {
  if (definition.protocol.side_by_side) SideBySideMistakes(definition, mistakes).find();
}

}  // namespace assay::definition
