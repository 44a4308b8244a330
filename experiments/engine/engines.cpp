#include "experiments/engine/engines.hpp"

#include <algorithm>
#include <array>
#include <utility>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "core/error.hpp"
#include "experiments/engine/local_engine.hpp"
#include "experiments/engine/simulated_engine.hpp"

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
};

/// The table of engines. Plans hold the names, so they never change.
constexpr std::array kEngines = {
    EngineMaker{"local", make<LocalEngine>},
    EngineMaker{kSimulated, make<SimulatedEngine>},
};

std::string_view engine_name(const Plan& plan) {
  return plan.simulation ? kSimulated : std::string_view(plan.engine);
}

}  // namespace

std::unique_ptr<Engine> make_engine(EngineOptions options) {
  const std::string_view name = engine_name(options.plan);
  const auto* const found =
      std::find_if(kEngines.begin(), kEngines.end(), [&](const EngineMaker& maker) { return maker.name == name; });
  if (found != kEngines.end()) return found->make(std::move(options));
  throw Error(
      fmt::format("this assay has no engine \"{}\": expected one of {}", name, fmt::join(engine_names(), ", ")));
}

std::vector<std::string_view> engine_names() {
  std::vector<std::string_view> names;
  for (const EngineMaker& maker : kEngines) names.push_back(maker.name);
  return names;
}

}  // namespace assay::engine
