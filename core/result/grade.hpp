#pragma once

#include <array>
#include <string_view>

#include "core/enum_names.hpp"

namespace assay {

/// What measuring a claim again shows.
enum class Grade {
  confirmed,     ///< the near end of the interval reaches the claim, less a tenth of its gain
  exaggerated,   ///< there is an improvement, and it is smaller than claimed
  refuted,       ///< smaller than claimed, and no improvement is shown
  inconclusive,  ///< the data do not tell
  invalid,       ///< checks, the audit or the trials forbid a grade
};

template <>
struct EnumNames<Grade> {
  static constexpr std::array<std::string_view, 5> values = {"confirmed", "exaggerated", "refuted", "inconclusive",
                                                             "invalid"};
};

}  // namespace assay
