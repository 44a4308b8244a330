#include <algorithm>
#include <string>
#include <tuple>
#include <type_traits>

#include <fmt/format.h>

#include "core/text/utf8.hpp"
#include "experiments/definition/mistakes/semantics.hpp"

namespace assay::definition {
namespace {

/// Collects what cannot be had of two trials at once.
class DuetMistakes {
 public:
  DuetMistakes(const Definition& definition, Mistakes& mistakes) : definition_(definition), mistakes_(mistakes) {}

  void find() {
    check_arms();
    for (std::size_t index = 0; index < definition_.workloads.size(); ++index) {
      check_workload(definition_.workloads[index], fmt::format("/workload/{}", index));
    }
    for (const State& state : definition_.states) check_state(state);
    for (std::size_t index = 0; index < definition_.checks.size(); ++index) {
      check_check(definition_.checks[index], fmt::format("/check/{}", index));
    }
    for (std::size_t index = 0; index < definition_.metrics.size(); ++index) {
      const Metric& metric = definition_.metrics[index];
      const auto* const file = std::get_if<FileSizeSource>(&metric.source);
      if (file != nullptr) check_file(fmt::format("/metric/{}/from", index), file->path);
    }
  }

 private:
  void refuse(const std::string& pointer, const std::string& text) { mistakes_.push_back({pointer, "duet: " + text}); }

  void check_arms() {
    const Variable& variable = definition_.variable;
    if (variable.levels.size() > 2 && variable.kind != VariableKind::level) {
      refuse("/variable", fmt::format("two trials run at once, on two CPUs, and there are {} arms: compare two, or "
                                      "leave design out",
                                      variable.levels.size()));
    }
    if (variable.kind == VariableKind::file) {
      refuse("/variable/kind", fmt::format("{} cannot stand there with both contents at once: leave design out",
                                           in_quotes(variable.name)));
    }
    if (variable.kind == VariableKind::state) {
      refuse("/variable/kind", "two trials at once share the caches, which cannot be in two states: leave design out");
    }
  }

  void check_workload(const Workload& workload, const std::string& pointer) {
    const std::vector<int>& cpus = workload.limits.cpus;
    if (!cpus.empty() && (cpus.size() != 2 || cpus[0] == cpus[1])) {
      refuse(
          pointer + "/limits/cpus",
          fmt::format("workload {} needs two CPUs, one for each arm, not {}: name two, or leave cpus out to have them "
                      "chosen",
                      in_quotes(workload.name), cpus.size() == 2 ? "one twice" : std::to_string(cpus.size())));
    }
    if (workload.standard_output == OutputTarget::file) check_file(pointer + "/output", workload.output_file);
    if (!workload.results.empty()) check_file(pointer + "/results", workload.results);
  }

  void check_state(const State& state) {
    const auto refuse_key = [&](const char* key) {
      refuse(pointer_to("/state", state.name) + "/" + key,
             fmt::format("two trials at once share the caches, so that neither's start can be proven to be {}: leave "
                         "design out",
                         in_quotes(state.name)));
    };
    if (!state.evict.empty()) {
      refuse_key("evict");
    } else if (!state.prove.empty()) {
      refuse_key("prove");
    }
  }

  void check_check(const Check& check, const std::string& pointer) {
    if (std::holds_alternative<NoLeaksCheck>(check.kind)) {
      refuse(pointer, fmt::format("what is left behind on this host could be either arm's, so {} could not tell: leave "
                                  "the check or design out",
                                  in_quotes(check.name)));
      return;
    }
    std::visit([&](const auto& kind) { check_files(kind, pointer); }, check.kind);
  }

  /// Every kind of check says with its keys which files a trial writes for it.
  template <class Kind>
  void check_files(const Kind& kind, const std::string& pointer) {
    std::apply([&](const auto&... keys) { (check_key(kind, keys, pointer), ...); }, kCheckKeys<Kind>);
  }

  template <class Kind, class Value>
  void check_key(const Kind& kind, const CheckKey<Kind, Value>& key, const std::string& pointer) {
    if constexpr (std::is_same_v<Value, std::string>) {
      const std::string& file = kind.*key.member;
      if (file.empty()) return;
      if (key.value == CheckValue::written_file) check_file(pointer + "/" + std::string(key.name), file);
      if constexpr (std::is_same_v<Kind, TestInventoryCheck>)
        check_file(pointer + "/" + std::string(to_string(kind.format)), file);
    }
  }

  /// Arms made of sources have a clone each, in which such files lie; all others have one place.
  [[nodiscard]] bool lies_in_clone(const std::string& path) const {
    const auto leaves_it = [](const std::string& part) {
      return part.starts_with('/') || part.find("..") != std::string::npos;
    };
    const std::vector<Workload>& workloads = definition_.workloads;
    return has_source(definition_.variable) && !leaves_it(path) &&
           std::none_of(workloads.begin(), workloads.end(),
                        [&](const Workload& workload) { return leaves_it(workload.working_directory); });
  }

  void check_file(const std::string& pointer, const std::string& path) {
    if (lies_in_clone(path)) return;
    refuse(pointer, fmt::format("both arms would write {} at once: have it printed to standard output, or leave design "
                                "out",
                                in_quotes(path)));
  }

  const Definition& definition_;
  Mistakes& mistakes_;
};

}  // namespace

void find_duet_mistakes(const Definition& definition, Mistakes& mistakes) {
  if (definition.protocol.design == Design::duet) DuetMistakes(definition, mistakes).find();
}

}  // namespace assay::definition
