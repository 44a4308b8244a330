#include "core/host/machine/lineage.hpp"

#include <algorithm>
#include <cstdlib>

#include <fmt/format.h>

#include "core/error.hpp"

namespace assay::host {
namespace {

constexpr std::string_view kSeparator = ":";
constexpr std::ptrdiff_t kDeepest = 8;

/// The first digits tell the few experiments apart that can be inside each other.
std::string_view shortened(std::string_view hypothesis_sha256) {
  constexpr std::size_t kDigits = 16;
  return hypothesis_sha256.substr(0, kDigits);
}

/// ":" before each, outermost first; empty outside of any trial.
std::string lineage() {
  const char* value = std::getenv(kLineageVariable);
  return value == nullptr ? "" : value;
}

}  // namespace

std::string lineage_with(std::string_view hypothesis_sha256) {
  return fmt::format("{}{}{}", lineage(), kSeparator, shortened(hypothesis_sha256));
}

void refuse_recursion(std::string_view hypothesis_sha256) {
  const std::string around = lineage();
  if (around.find(fmt::format("{}{}", kSeparator, shortened(hypothesis_sha256))) != std::string::npos) {
    throw Error(
        "a trial of this experiment tries to run the experiment itself, which would never end: have the trial run only "
        "what it measures",
        ErrorKind::refused);
  }
  if (std::count(around.begin(), around.end(), kSeparator.front()) >= kDeepest) {
    throw Error(fmt::format("{} experiments are inside each other's trials: have the trials run only what they measure",
                            kDeepest),
                ErrorKind::refused);
  }
}

}  // namespace assay::host
