#include <algorithm>
#include <set>

#include <fmt/format.h>

#include "core/text/spelling.hpp"
#include "core/text/utf8.hpp"
#include "experiments/definition/mistakes/semantics.hpp"

namespace assay::definition {
namespace {

/// One workload and where it stands.
struct WorkloadPlace {
  const Workload& workload;
  std::string pointer;
};

void check_states(const WorkloadPlace& place, const Definition& definition, Mistakes& mistakes) {
  const std::vector<std::string_view> known = names_of(definition.states);
  std::set<std::string> seen;
  for (std::size_t index = 0; index < place.workload.states.size(); ++index) {
    const std::string& name = place.workload.states[index];
    const std::string pointer = fmt::format("{}/states/{}", place.pointer, index);
    const std::string names_it =
        fmt::format("workload {} names the state {}", in_quotes(place.workload.name), in_quotes(name));
    if (std::find(known.begin(), known.end(), name) == known.end()) {
      mistakes.push_back({pointer, fmt::format("{}, which is not declared: add a table [state.NAME]{}", names_it,
                                               did_you_mean(shortened(name), known))});
    } else if (!seen.insert(name).second) {
      mistakes.push_back({pointer, names_it + " twice: keep one"});
    }
  }
}

/// A start that nothing proves to be cold may not be called so.
void check_state(const State& state, Mistakes& mistakes) {
  if (state.name == "cold" && state.evict.empty() && state.prove.empty()) {
    mistakes.push_back({"/state/cold",
                        "nothing would prove that a start is cold: name the files that must be out of memory, evict = "
                        "[\"data/**\"], or a command that proves it, prove = { command = [\"...\"] }, or give the "
                        "state a name that promises less"});
  }
  if (state.name == kWarm && !state.evict.empty()) {
    mistakes.push_back({"/state/warm/evict",
                        "a warm start has its files in memory: put them out of it in a state of another name, for "
                        "example \"cold\""});
  }
  if (state.reads < Percent{0} || state.reads > Percent{100}) {
    mistakes.push_back({pointer_to("/state", state.name) + "/reads",
                        fmt::format("{} % of the evicted bytes: expected 0% to 100%", state.reads.value)});
  } else if (state.reads != State{}.reads && state.evict.empty()) {
    mistakes.push_back({pointer_to("/state", state.name) + "/reads",
                        "means nothing without evict: it is a share of the evicted bytes"});
  }
}

void check_environment(const WorkloadPlace& place, Mistakes& mistakes) {
  const auto refuse = [&](const std::string& pointer, const std::string& name) {
    if (is_environment_name(name)) return;
    mistakes.push_back({pointer, fmt::format("workload {}: {} cannot be the name of an environment variable",
                                             in_quotes(place.workload.name), in_quotes(name))});
  };
  for (std::size_t index = 0; index < place.workload.pass.size(); ++index)
    refuse(fmt::format("{}/pass/{}", place.pointer, index), place.workload.pass[index]);
  for (const auto& [name, value] : place.workload.set) {
    const std::string pointer = pointer_to(place.pointer + "/set", name);
    refuse(pointer, name);
    if (name.starts_with("ASSAY_")) {
      mistakes.push_back(
          {pointer, fmt::format("{}: names that start with ASSAY_ belong to assay itself", in_quotes(name))});
    }
  }
}

/// All setups share one launcher, which ends whatever they left running.
void check_setups(const Definition& definition, Mistakes& mistakes) {
  const Workload* of_arm = nullptr;
  for (const Workload& workload : definition.workloads) {
    if (!workload.hooks.setup.empty() && !sets_up_each_trial(workload)) of_arm = &workload;
  }
  for (std::size_t index = 0; index < definition.workloads.size(); ++index) {
    const Workload& workload = definition.workloads[index];
    if (!sets_up_each_trial(workload)) continue;
    const std::string pointer = fmt::format("/workload/{}/setup", index);
    if (of_arm != nullptr) {
      mistakes.push_back({pointer, fmt::format("workload {} has a setup for each trial, whose end also ends what the "
                                               "setup of {} left running: give both per = \"trial\", or neither",
                                               in_quotes(workload.name), in_quotes(of_arm->name))});
    }
    if (definition.protocol.design == Design::duet) {
      mistakes.push_back({pointer, fmt::format("duet: both arms run at once, and workload {} asks with per = \"trial\" "
                                               "that they never do: leave per or design out",
                                               in_quotes(workload.name))});
    }
  }
}

}  // namespace

void find_workload_mistakes(const Definition& definition, Mistakes& mistakes) {
  if (definition.workloads.empty()) mistakes.push_back({"", "there is no workload: nothing would be run"});
  for (const State& state : definition.states) check_state(state, mistakes);
  check_setups(definition, mistakes);
  for (std::size_t index = 0; index < definition.workloads.size(); ++index) {
    const WorkloadPlace place{definition.workloads[index], fmt::format("/workload/{}", index)};
    check_states(place, definition, mistakes);
    check_environment(place, mistakes);
  }
}

}  // namespace assay::definition
