#pragma once

#include "experiments/engine/engine.hpp"

namespace assay::engine {

/// Ends what the engine started, however the session ends.
class EngineUse {
 public:
  explicit EngineUse(Engine& engine) : engine_(engine) {}
  ~EngineUse() { engine_.finish(); }
  EngineUse(const EngineUse&) = delete;
  EngineUse& operator=(const EngineUse&) = delete;

 private:
  Engine& engine_;
};

}  // namespace assay::engine
