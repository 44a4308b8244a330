#include "experiments/report/entries/review_lines.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "experiments/report/markdown.hpp"

namespace assay::report {

std::string review_line(std::string_view name, std::string_view text) {
  return text.empty() ? "" : fmt::format("- {}: {}\n", name, markdown_text(text));
}

std::string joined_text(const std::vector<std::string>& texts) {
  return fmt::format("{}", fmt::join(texts, "; "));
}

std::string_view independence_text(Independence independence) {
  return independence == Independence::other_actor ? "another actor" : "a self-check, which does not count as verified";
}

std::string signature_text(const ReviewSignature& signature) {
  constexpr std::size_t kShownDigits = 16;
  if (signature.signer.empty()) return "unsigned";
  return fmt::format("{}, key {}", signature.signer, signature.public_key.substr(0, kShownDigits));
}

}  // namespace assay::report
