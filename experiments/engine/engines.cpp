#include "experiments/engine/engines.hpp"

#include <algorithm>
#include <array>
#include <utility>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "core/error.hpp"
#include "experiments/engine/local_engine.hpp"
#include "experiments/engine/simulated_engine.hpp"
#include "experiments/engine/slurm/slurm_engine.hpp"

namespace assay::engine {
namespace {

template <class Made>
std::unique_ptr<Engine> make(EngineOptions options) {
  return std::make_unique<Made>(std::move(options));
}

constexpr std::string_view kSimulated = "simulated";

struct EngineMaker {
  std::string_view name;
  std::unique_ptr<Engine> (*make)(EngineOptions options);
  TrialHost host;
};

/// The table of engines. Plans hold the names, so they never change.
constexpr std::array kEngines = {
    EngineMaker{"local", make<LocalEngine>, TrialHost::this_host},
    EngineMaker{kSimulated, make<SimulatedEngine>, TrialHost::this_host},
    EngineMaker{"slurm", make<SlurmEngine>, TrialHost::cluster},
};

std::string_view engine_name(const Plan& plan) {
  return plan.simulation ? kSimulated : std::string_view(plan.engine);
}

const EngineMaker& maker_of(const Plan& plan) {
  const std::string_view name = engine_name(plan);
  const auto* const found =
      std::find_if(kEngines.begin(), kEngines.end(), [&](const EngineMaker& maker) { return maker.name == name; });
  if (found != kEngines.end()) return *found;
  throw Error(
      fmt::format("this assay has no engine \"{}\": expected one of {}", name, fmt::join(engine_names(), ", ")));
}

}  // namespace

std::unique_ptr<Engine> make_engine(EngineOptions options) {
  return maker_of(options.plan).make(std::move(options));
}

TrialHost trial_host(const Plan& plan) {
  return maker_of(plan).host;
}

std::vector<std::string_view> engine_names() {
  std::vector<std::string_view> names;
  for (const EngineMaker& maker : kEngines) names.push_back(maker.name);
  return names;
}

}  // namespace assay::engine
