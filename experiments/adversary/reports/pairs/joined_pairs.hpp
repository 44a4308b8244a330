#pragma once

#include <cstddef>
#include <string_view>
#include <vector>

#include "experiments/adversary/reports/reading/passages.hpp"
#include "experiments/adversary/reports/reading/statement.hpp"

namespace assay::adversary {

/// Two values of a passage and the part of its text that states them.
struct JoinedPair {
  std::size_t offset = 0;
  std::size_t size = 0;
  Statement statement = {};
};

/// Values that words join without "from" or an arrow, in either order: "118 MB before, 74 MB after", "1.1 ms (was
/// 4.7 ms)", "58 fps instead of 17 fps", "used to be 94 ms, now it is 21 ms", "takes 41 min. Before, it took 6 h 5
/// min". \param text  that of the passage, with line endings as blanks. Takes time by its length.
[[nodiscard]] std::vector<JoinedPair> joined_pairs(const Passage& passage, std::string_view text);

}  // namespace assay::adversary
