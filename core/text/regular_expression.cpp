#include "core/text/regular_expression.hpp"

#include <array>
#include <re2/re2.h>

#include <fmt/format.h>

#include "core/assert.hpp"
#include "core/error.hpp"
#include "core/text/utf8.hpp"

namespace assay {
namespace {

struct Construct {
  std::string_view sign;
  std::string_view name;
};

constexpr std::array kLookAround = {
    Construct{"(?<=", "a look-behind"},         Construct{"(?<!", "a negative look-behind"},
    Construct{"(?=", "a look-ahead"},           Construct{"(?!", "a negative look-ahead"},
    Construct{"\\k", "a reference to a group"},
};

/// The construct that begins at the front of the rest of a pattern; its sign is empty if there is none.
Construct construct_at(std::string_view rest) {
  for (const Construct& construct : kLookAround) {
    if (rest.starts_with(construct.sign)) return construct;
  }
  const bool is_reference = rest.size() > 1 && rest[0] == '\\' && rest[1] >= '1' && rest[1] <= '9';
  if (is_reference) return {rest.substr(0, 2), "a reference to a group"};
  return {};
}

/// The first construct in the pattern that needs backtracking.
Construct backtracking_in(std::string_view pattern) {
  bool in_set = false;
  for (std::size_t at = 0; at < pattern.size(); ++at) {
    const Construct found = in_set ? Construct{} : construct_at(pattern.substr(at));
    if (!found.sign.empty()) return found;
    if (pattern[at] == '\\') {
      ++at;
    } else if (pattern[at] == '[') {
      in_set = true;
    } else if (pattern[at] == ']') {
      in_set = false;
    }
  }
  return {};
}

Error refusal(const std::string& pattern, const std::string& reason) {
  const Construct found = backtracking_in(pattern);
  if (!found.sign.empty()) {
    return Error(
        fmt::format("{} has {}, {}, whose search may never end: write the expression without it, for example with the "
                    "text around the number outside of the group ( )",
                    in_quotes(pattern), found.sign, found.name));
  }
  return Error(fmt::format("{} is not a regular expression: {}", in_quotes(pattern), reason));
}

}  // namespace

RegularExpression::RegularExpression(const std::string& pattern) {
  re2::RE2::Options options(re2::RE2::Latin1);
  options.set_log_errors(false);
  const re2::RE2 as_written(pattern, options);  // behind a group, "*a" would be an expression, too
  if (!as_written.ok()) throw refusal(pattern, as_written.error());
  // Without the empty group, RE2 looks for the byte that all matches begin with, and never finds one above 127: `é|ê`.
  expression_ = std::make_shared<const re2::RE2>("(?:)" + pattern, options);
  if (!expression_->ok()) throw refusal(pattern, expression_->error());
}

int RegularExpression::groups() const {
  return expression_->NumberOfCapturingGroups();
}

std::optional<std::string_view> RegularExpression::first_group(std::string_view text) const {
  ASSAY_ASSERT(groups() > 0);
  std::array<re2::StringPiece, 2> found;
  const re2::StringPiece whole(text.data(), text.size());
  if (!expression_->Match(whole, 0, text.size(), re2::RE2::UNANCHORED, found.data(), found.size())) return std::nullopt;
  return std::string_view(found[1].data(), found[1].size());
}

std::optional<std::vector<std::string_view>> RegularExpression::first_match(std::string_view text) const {
  std::vector<re2::StringPiece> found(static_cast<std::size_t>(groups()) + 1);
  const re2::StringPiece whole(text.data(), text.size());
  const int count = static_cast<int>(found.size());
  if (!expression_->Match(whole, 0, text.size(), re2::RE2::UNANCHORED, found.data(), count)) return std::nullopt;
  std::vector<std::string_view> parts;
  parts.reserve(found.size());
  for (const re2::StringPiece& part : found) parts.emplace_back(part.data(), part.size());
  return parts;
}

}  // namespace assay
