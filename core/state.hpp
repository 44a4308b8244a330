#pragma once

#include <string>

namespace assay {

/// How caches and services stand when a trial starts.
struct State {
  std::string name = "warm";
  int warmup = 1;  ///< discarded trials per arm before the first block; 0 or more
  friend bool operator==(const State&, const State&) = default;
};

}  // namespace assay
