#pragma once

#include <string>
#include <string_view>
#include <vector>

#include <fmt/format.h>

#include "core/record/challenge_entry.hpp"
#include "experiments/report/entries/challenge_text.hpp"

namespace assay::report {

// Lines that the sections of REVIEW.md share.

/// "- claimant: ada"; empty if there is nothing to say.
[[nodiscard]] std::string review_line(std::string_view name, std::string_view text);
/// "a fresh clone; 2 clean builds".
[[nodiscard]] std::string joined_text(const std::vector<std::string>& texts);
[[nodiscard]] std::string_view independence_text(Independence independence);
/// "bob, key 0123456789abcdef; carol, key 89abcdef01234567", or "unsigned".
[[nodiscard]] std::string signatures_text(const std::vector<ReviewSignature>& signatures);

/// Says who challenged the claim of which actor, where, and what was done afresh.
struct ReviewWork {
  std::string_view claimant;
  std::string challenger;  ///< "bob (another actor)"
  std::string challenge;   ///< "number 2 of this claim"
  std::string signature;
  std::string_view environment;
  std::string_view machine;
  std::string_view revision;
  std::string again;
  std::string not_again;
};
/// \param content  a challenge, or a review  \param subject  "claim"
template <class Content>
[[nodiscard]] ReviewWork review_work(const Entry& entry, const Content& content, const ReviewContext& context,
                                     std::string_view subject) {
  return {.claimant = content.claimant,
          .challenger = fmt::format("{} ({})", entry.actor, independence_text(content.independence)),
          .challenge = fmt::format("number {} of this {}", content.number, subject),
          .signature = signatures_text(context.signatures),
          .environment = content.environment_name,
          .machine = content.machine,
          .revision = content.revision,
          .again = joined_text(content.again),
          .not_again = joined_text(content.not_again)};
}
/// The lines with which every section begins, after what it is about.
[[nodiscard]] std::string review_work_lines(const ReviewWork& work);

}  // namespace assay::report
