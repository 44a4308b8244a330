#pragma once

#include <optional>
#include <string_view>

namespace assay::adversary {

/// Which of two values that stand beside each other was there before.
enum class JoinOrder {
  old_first,  ///< "118 MB before, 74 MB after"
  new_first,  ///< "1.1 ms (was 4.7 ms)"
  compared,   ///< "8.9 s against 7.6 s": other words tell
};

/// The texts around two values in the same sentence.
struct JoinTexts {
  std::string_view ahead;    ///< of the first
  std::string_view between;  ///< both
  std::string_view behind;   ///< the second
};

/// How the words join two values.
struct Join {
  JoinOrder order = JoinOrder::old_first;
  bool is_strong = false;     ///< the words say that both are of one thing, even without a unit
  bool is_two_sided = false;  ///< each has a word for its side: "5 before, 3 now"
};
/// std::nullopt if they do not.
[[nodiscard]] std::optional<Join> join_of(const JoinTexts& texts);

/// Whether a sentence begins with words for what is ("Today the p50 is") or for what was ("Before, it took").
[[nodiscard]] bool begins_with_now(std::string_view sentence);
[[nodiscard]] bool begins_with_then(std::string_view sentence);
/// Whether a text says that something was so, and is no longer.
[[nodiscard]] bool says_past(std::string_view text);
[[nodiscard]] bool says_present(std::string_view text);

}  // namespace assay::adversary
