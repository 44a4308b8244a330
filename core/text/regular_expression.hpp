#pragma once

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace re2 {
class RE2;
}  // namespace re2

namespace assay {

/// A regular expression whose search takes time by the length of the text, whatever the expression (RE2). So what would
/// need backtracking is no part of it: look-around and references to groups.
///
/// Text and expression are bytes: "." and "[^0-9]" match one byte, and a character of UTF-8 matches itself.
class RegularExpression {
 public:
  /// \throws Error that names the construct that is refused or malformed.
  explicit RegularExpression(const std::string& pattern);

  /// The number of groups ( ) that keep what they match.
  [[nodiscard]] int groups() const;
  /// What the first group matched in the first place of the text that matches, which is empty if that group took no
  /// part; std::nullopt if nothing matches. There must be a group.
  [[nodiscard]] std::optional<std::string_view> first_group(std::string_view text) const;
  /// The first place of the text that matches, followed by what each group matched there: parts of the text. Groups
  /// that took no part are empty. std::nullopt if nothing matches.
  [[nodiscard]] std::optional<std::vector<std::string_view>> first_match(std::string_view text) const;

 private:
  std::shared_ptr<const re2::RE2> expression_;
};

}  // namespace assay
