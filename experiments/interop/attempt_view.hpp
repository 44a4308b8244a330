#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "core/block.hpp"
#include "core/plan.hpp"
#include "core/result/result.hpp"

namespace assay::interop {

/// What the command line of a comparison says of one arm beside its command. No record keeps it.
struct SaidOfArm {
  std::string name = {};                           ///< as it was given; empty: none
  std::map<std::string, std::string> values = {};  ///< of its parameters
  std::string values_without_place = {};           ///< " (threads = 4)": of those that neither name nor command shows
};

/// What the command line of a comparison says of its arms.
struct SaidOfArms {
  std::vector<SaidOfArm> arms;
  bool is_one_command = false;  ///< measured against itself, since only its figures are wanted
};

/// What an export is made of: one attempt, wherever it is kept. It must outlive the view.
struct AttemptView {
  const Plan& plan;
  const std::vector<Block>& blocks;
  const AttemptResult& result;
  const SaidOfArms* said = nullptr;  ///< null: nothing is known but the plan
  std::string_view time_unit = {};  ///< of tables that people read: "us", "ms", "s"; empty: one that fits the first arm
};

}  // namespace assay::interop
