#pragma once

#include <string>
#include <vector>

namespace assay::attempt {

/// Why a plan may ask for less than earlier attempts did.
struct Allowance {
  std::vector<std::string> labels = {};  ///< of the changes that it covers: "check:same output"
  std::string why = {};
  friend bool operator==(const Allowance&, const Allowance&) = default;
};

}  // namespace assay::attempt
