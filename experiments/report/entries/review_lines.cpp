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

std::string signatures_text(const std::vector<ReviewSignature>& signatures) {
  constexpr std::size_t kShownDigits = 16;
  if (signatures.empty()) return "unsigned";
  std::vector<std::string> texts;
  for (const ReviewSignature& signature : signatures) {
    texts.push_back(fmt::format("{}, key {}", signature.signer, signature.public_key.substr(0, kShownDigits)));
  }
  return joined_text(texts);
}

std::string review_work_lines(const ReviewWork& work) {
  return review_line("claimant", work.claimant) + review_line("challenger", work.challenger) +
         review_line("challenge", work.challenge) + review_line("signature", work.signature) +
         review_line("environment", work.environment) + review_line("machine", work.machine) +
         review_line("revision", work.revision) + review_line("done again", work.again) +
         review_line("not done again", work.not_again);
}

}  // namespace assay::report
