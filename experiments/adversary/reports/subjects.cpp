#include "experiments/adversary/reports/subjects.hpp"

#include <string_view>

#include "core/text/lower_case.hpp"
#include "experiments/adversary/reports/reading/effect_words.hpp"

namespace assay::adversary {
namespace {

/// Words that stand for the whole change and not for a part of it.
bool is_general(std::string_view name) {
  static const RegularExpression general(
      "(?i)^(?:(?:the|this|that|our|its|whole|entire|full|estimated|expected|measured|total|overall|potential|combined|"
      "theoretical|maximum|average|typical|actual|performance|final|in|all|we|i|you) ?)*(?:it|everything|suite|"
      "results?|impact|speed-?up|target|goal|summary|conclusion|performance|improvements?|gains?|note|change|patch|pr|"
      "benefits?|before|after|now|previous|previously|baseline|old|original|version|average|total|overall|combined|"
      "ratio|"
      "factor|same|one|ever|ours)?$");
  return holds(general, name);
}

/// What stands before the figure in its line; empty if the line begins too far away.
std::string_view line_ahead(const Match& match) {
  std::string_view line = ahead(match);
  const std::size_t ending = line.find_last_of('\n');
  if (ending == std::string_view::npos) return line.size() == match.offset ? line : std::string_view();
  line.remove_prefix(ending + 1);
  return line;
}

std::string_view first_group(const RegularExpression& expression, std::string_view text) {
  return expression.first_group(text).value_or(std::string_view());
}

}  // namespace

std::string subject_of(const Match& match) {
  static const RegularExpression in_brackets("([A-Za-z][\\w+-]*) \\((?:~|about |up to )?$");
  static const RegularExpression opponent_ahead("(?i)\\b(?:vs\\.?|versus) ([a-z][\\w+-]*):? *$");
  static const RegularExpression opponent_behind(
      "(?i)^[^.;,|\\n]{0,30}?\\b(?:vs\\.?|versus|than|compared (?:to|with)) (?:the )?([a-z][\\w+-]*)");
  static const RegularExpression place(
      "^[^.;,|\\n]{0,30}?\\b(?:on|for|in|with|when|under) (?:the |an? )?([A-Z][\\w+-]*(?: [A-Z0-9][\\w+-]*){0,3})");
  static const RegularExpression purpose("(?i)^[^.;,|\\n]{0,20}?\\b(?:for|when|while) (?:the |an? )?([a-z][\\w+-]*)");
  static const RegularExpression label("^[^A-Za-z]{0,6}([A-Za-z][\\w ./+-]{0,40}?)(?: \\([^)]*\\))?: ");
  static const RegularExpression subject(
      "(?i)(?:^|[.!?] )(?:the |our )?([a-z][\\w-]*(?: [a-z][\\w-]*){0,2}) "
      "(?:is|are|was|were|runs?|gets?|got|became|becomes) [^.]{0,20}$");
  const std::string_view line = line_ahead(match);
  for (const std::string_view name :
       {first_group(in_brackets, line), first_group(opponent_ahead, line), first_group(opponent_behind, behind(match)),
        first_group(place, behind(match)), first_group(purpose, behind(match)), first_group(label, line),
        first_group(subject, line)}) {
    if (!is_general(name)) return in_lower_case(name);
  }
  return "";
}

}  // namespace assay::adversary
