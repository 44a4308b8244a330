#include "experiments/adversary/reports/reading/match.hpp"

#include <algorithm>

#include "core/units.hpp"
#include "experiments/adversary/reports/reading/effect_words.hpp"

namespace assay::adversary {
namespace {

/// Words further away say nothing of a figure; and a line of megabytes is read once and not for each figure.
constexpr std::size_t kAhead = 200;

}  // namespace

ValueGroups value_groups(const Match& match, std::size_t first) {
  return {match.groups[first], match.groups[first + 1], match.groups[first + 2], match.groups[first + 3]};
}

Quantity as_rate(const Match& match, Quantity value) {
  static const RegularExpression rate("(?i)^ ?(?:/ ?|per )(?:s|sec|second|m|min|minute|h|hour|day)\\b");
  if (conversion_factor(value.unit, "B") && holds(rate, behind(match))) value.unit.clear();
  return value;
}

bool is_tabular(const Match& match) {
  return match.passage.kind == PassageKind::row || match.passage.kind == PassageKind::code;
}

std::string_view ahead(const Match& match) {
  const std::string_view all = std::string_view(match.passage.text).substr(0, match.offset);
  return all.substr(all.size() - std::min(all.size(), kAhead));
}

std::string_view behind(const Match& match) {
  return std::string_view(match.passage.text).substr(match.offset + match.groups[0].size());
}

bool begins_within_word(const Match& match) {
  return match.offset > 0 && is_part_of_word(match.passage.text[match.offset - 1]);
}

bool is_part_of_word(char letter) {
  return (letter >= '0' && letter <= '9') || (letter >= 'a' && letter <= 'z') || (letter >= 'A' && letter <= 'Z') ||
         letter == '.' || letter == '_' || letter == '/' || letter == '#';
}

std::string context(const Match& match) {
  std::string text = match.sentence;
  for (const std::string& cell : match.passage.header) text += " | " + cell;
  return text;
}

int clause_number(const Match& match) {
  static const RegularExpression border("(?i)(?:;|,? (?:and|but|while|whereas) | - )");
  std::string_view text = ahead(match);
  int number = 0;
  while (const auto found = border.first_match(text)) {
    ++number;
    text.remove_prefix(static_cast<std::size_t>((*found)[0].data() - text.data()) + (*found)[0].size());
  }
  return number;
}

bool is_approximate(const Match& match) {
  static const RegularExpression inside("(?i)~|\\b(?:about|around|roughly|approximately|nearly|almost|some|circa)\\b");
  static const RegularExpression before(
      "(?i)(?:~|\\b(?:about|around|roughly|approximately|nearly|almost|some|circa|ca\\.)) ?$");
  return holds(inside, match.groups[0]) || holds(before, ahead(match));
}

bool is_alarm_threshold(const Match& match) {
  static const RegularExpression threshold(
      "(?i)\\b(?:alert|alarm|warn|regress|notif|noise|detect|trigger)\\w*[ _-]threshold[^.;|\\n]{0,30}$");
  return holds(threshold, ahead(match));
}

bool is_error(const Match& match) {
  static const RegularExpression error("(?:\\+/ ?-?|\\+-|\xc2\xb1) ?[(]?$");
  return holds(error, ahead(match));
}

}  // namespace assay::adversary
