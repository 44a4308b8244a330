#include "core/text/choice.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "core/text/spelling.hpp"

namespace assay {

std::string not_one_of(std::string_view text, const std::vector<std::string_view>& accepted) {
  return fmt::format("\"{}\" is not one of {}{}", text, fmt::join(accepted, ", "), did_you_mean(text, accepted));
}

}  // namespace assay
