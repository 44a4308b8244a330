#include "experiments/adversary/reports/pairs/joins.hpp"

#include <string>

#include <fmt/format.h>

#include "experiments/adversary/reports/reading/effect_words.hpp"

namespace assay::adversary {
namespace {

/// Up to so many words, each with a blank behind it.
std::string some_words(int most) {
  return fmt::format("(?:[\\w'%/@-]+[:,]? ){{0,{}}}?", most);
}

constexpr std::string_view kAboutWords =
    "(?:(?:about|around|roughly|some|only|just|nearly|almost|over|under|at|every|a|an|the|well over|up to|more than) "
    "|~ ?)*";

/// What stands directly before the older value.
constexpr std::string_view kOlderAhead =
    "used to (?:be|take|need|cost|run at|run in|run|use|have|require|hover around|sit at|see|get|do|reach)|down "
    "from|up "
    "from|instead of|rather than|in place of|as opposed to|compared (?:with|to)|in comparison (?:with|to)|relative to|"
    "improved from|had been|previously|formerly|earlier|originally|before|before that|prior(?: to this)?|"
    "in the (?:old|previous|last) [a-z]+";
/// The same words if a comma, a bracket or a word behind the value sets it apart.
constexpr std::string_view kPastVerbs =
    "was|were|took|had|needed|used|ran in|ran at|cost|stood at|old|baseline|main|master";
constexpr std::string_view kOlderBehind =
    "before|then|previously|earlier|originally|formerly|at first|until now|in the past|back then|a (?:week|month|year) "
    "ago|last (?:week|month|quarter|year|release|version|time)|(?:with|in|on|under|using|for|by) (?:the )?"
    "(?:old|previous|original|current|existing|stock|last|legacy|unpatched|baseline|main|master)\\b(?: "
    "[a-z]+)?|without "
    "(?:it|the|this|that)?(?: ?[a-z]+)?|(?:on|with) (?:main|master|stock)";
constexpr std::string_view kNewerBehind =
    "now|after|afterwards|after(?:wards)? (?:it|that|this|the [a-z]+)|today|currently|later|since|these days|at "
    "present|"
    "(?:with|in|on|under|using|for|by) (?:the )?(?:new|patched|optimi[sz]ed|patch|change|fix|pr|branch)\\b(?: [a-z]+)?|"
    "(?:with|on|in|after) this(?: [a-z]+)?|with it";
constexpr std::string_view kNewerAhead =
    "now|today|currently|after(?:wards)?|nowadays|at present|these days|later|since then|became|becomes|with "
    "(?:the|this) "
    "(?:new|patch|change|fix|pr|branch)[a-z]*|this (?:pr|patch|change|branch|commit|version)";

RegularExpression join_form(const std::string& pattern) {
  return RegularExpression("(?i)" + pattern);
}

/// Whether the words just behind a value say that it is the older one, or the newer one.
bool is_older_behind(std::string_view text) {
  static const RegularExpression form = join_form(fmt::format("^ ?{}(?:{})\\b", some_words(4), kOlderBehind));
  return holds(form, text);
}
bool is_newer_behind(std::string_view text) {
  static const RegularExpression form = join_form(fmt::format("^ ?{}(?:{})\\b", some_words(4), kNewerBehind));
  return holds(form, text);
}
/// Just behind it, with no other words between.
bool is_older_at_once(std::string_view text) {
  static const RegularExpression form = join_form(fmt::format("^ ?{}\\(?(?:{})\\b", some_words(1), kOlderBehind));
  return holds(form, text);
}

/// The first part of what stands between two values, and the part that belongs to the second.
struct Halves {
  std::string_view first;
  std::string_view second;
  bool are_apart = false;  ///< a comma or a word stands between them
};
Halves halves_of(std::string_view between) {
  static const RegularExpression middle = join_form(
      "(?:[,;(] ?(?:and |but |while |whereas |vs\\.? |versus |against |compared (?:to|with) )?| (?:and|but|vs\\.?|"
      "versus|against|while|whereas|compared (?:to|with)) | ?(?:->|=>|/|-) )");
  const auto found = middle.first_match(between);
  if (!found) return {between, {}};
  const auto place = static_cast<std::size_t>((*found)[0].data() - between.data());
  return {between.substr(0, place), between.substr(place + (*found)[0].size()), true};
}

/// "(0.8: 19 million messages/s)", "(main: 3 s)"
bool is_labelled_older(std::string_view between) {
  static const RegularExpression form = join_form(
      "^[^.;,(]{0,30}[(\\[] ?(?:v?[0-9]+(?:\\.[0-9]+)+|old|main|master|baseline|base|before|originally|stock|upstream|"
      "previous[a-z]*|last [a-z]+|prior|then)(?: [a-z]+)? ?[:=] ?$");
  return holds(form, between);
}

bool is_new_before_old(const JoinTexts& texts) {
  static const RegularExpression ahead_of_older = join_form(
      fmt::format("^ ?{0}[,;:]? ?[(\\[-]?(?:{0}|(?:[a-z]+ ){{0,2}}(?:it|that|this|which|where it|they) )(?:{1}):? {2}$",
                  some_words(5), kOlderAhead, kAboutWords));
  static const RegularExpression apart = join_form(fmt::format("^ ?{0}(?:[,;] ?| ?[(\\[-] ?)(?:{1})(?:{2}):? {3}$",
                                                               some_words(7), some_words(4), kPastVerbs, kAboutWords));
  static const RegularExpression now = join_form("\\b(?:now|today|currently)\\b");
  static const RegularExpression in_brackets =
      join_form(fmt::format("^ ?{}[(\\[] ?from {}$", some_words(2), kAboutWords));
  const bool is_named = is_labelled_older(texts.between) || holds(in_brackets, texts.between);
  if (is_named || holds(ahead_of_older, texts.between)) return true;
  const bool is_set_apart = holds(apart, texts.between);
  return is_set_apart &&
         (is_older_behind(texts.behind) || holds(now, texts.ahead) || holds(now, texts.between) ||
          texts.between.find('(') != std::string_view::npos || texts.between.find(';') != std::string_view::npos);
}

}  // namespace

bool says_past(std::string_view text) {
  static const RegularExpression past = join_form(
      "\\b(?:used to|was|were|took|had|needed|ran|cost|before|previously|originally|formerly|earlier|old|then|until "
      "now|"
      "managed|required|went|has been|have been)\\b");
  return holds(past, text);
}

bool says_present(std::string_view text) {
  static const RegularExpression present = join_form("\\b(?:now|today|currently|these days|nowadays|at present)\\b");
  return holds(present, text);
}

bool begins_with_now(std::string_view sentence) {
  static const RegularExpression form = join_form(
      "^\\W{0,3}(?:today|now|currently|nowadays|these days|since then|afterwards?,?|after (?:the|this|that)|with "
      "(?:the|this) "
      "(?:new|patch|change|fix|pr|branch)|(?:it|that|this|we) (?:is|are|takes?|needs?|uses?|costs?|runs? in) "
      "now|(?:it|that|"
      "this) now|the new)\\b");
  return holds(form, sentence);
}

bool begins_with_then(std::string_view sentence) {
  static const RegularExpression form = join_form(
      "^\\W{0,3}(?:before(?: that| this)?,|previously|earlier,?|originally|formerly|until now|in the "
      "past|(?:it|that|this|"
      "they) used to|(?:it|that|this) (?:was|had been|took) [^.]{0,24}(?:before|earlier|previously)|the "
      "old|beforehand)");
  return holds(form, sentence);
}

std::optional<Join> join_of(const JoinTexts& texts) {
  const Halves halves = halves_of(texts.between);
  // "With the cache: 2 s, without: 3 s"
  static const RegularExpression with = join_form(fmt::format("(?:^|[ ,;(])with {}{}$", some_words(4), kAboutWords));
  static const RegularExpression without =
      join_form(fmt::format("(?:^|[ ,;(])without:? {}{}$", some_words(4), kAboutWords));
  if (holds(with, texts.ahead) && holds(without, texts.between)) return Join{JoinOrder::new_first, true, true};
  if (holds(without, texts.ahead) && holds(with, texts.between)) return Join{JoinOrder::old_first, true, true};
  if (is_new_before_old(texts)) return Join{JoinOrder::new_first, true};
  static const RegularExpression newer_ahead =
      join_form(fmt::format("(?:^|[ ,;(])(?:{}):? ?{}{}$", kNewerAhead, some_words(4), kAboutWords));
  static const RegularExpression short_tail =
      join_form(fmt::format("^{}{}{}$", some_words(3), kAboutWords, some_words(1)));
  const bool is_second_newer =
      holds(newer_ahead, halves.second) || (holds(short_tail, halves.second) && is_newer_behind(texts.behind));
  static const RegularExpression older_one = join_form("\\b(?:existing|old|original|previous|current)\\b[^.;,]{0,60}$");
  static const RegularExpression newer_one =
      join_form("\\b(?:new|newer|optimi[sz]ed|patched|vectori[sz]ed)\\b[^.;,]{0,40}$");
  if (holds(older_one, texts.ahead) && holds(newer_one, halves.second)) return Join{JoinOrder::old_first, true, true};
  const bool is_first_older = is_older_at_once(halves.first);
  if (is_first_older && is_second_newer) return Join{JoinOrder::old_first, true, true};
  // "640 ms before, 95 ms with the cache"
  const bool is_near = texts.between.size() <= 32 && holds(short_tail, halves.second);
  if (is_first_older && is_near) return Join{JoinOrder::old_first, true};
  if (is_second_newer && says_past(texts.ahead)) return Join{JoinOrder::old_first, true};
  // "94 ms, now 21 ms"
  static const RegularExpression only_now =
      join_form(fmt::format("^ ?(?:now|is now|today|became|becomes|has become) {}$", kAboutWords));
  if (holds(only_now, " " + std::string(halves.second))) return Join{JoinOrder::old_first, false};
  const bool is_first_newer = is_newer_behind(halves.first) && halves.are_apart;
  const bool is_second_older = is_older_behind(texts.behind) && holds(short_tail, halves.second);
  if (is_second_older && (is_first_newer || says_present(texts.ahead))) {
    return Join{JoinOrder::new_first, true, is_first_newer};
  }
  if (is_second_older && texts.between.size() <= 24 && !halves.second.empty() && !is_older_at_once(halves.first)) {
    return Join{JoinOrder::new_first, false};
  }
  static const RegularExpression compared =
      join_form(fmt::format("^ ?{}\\(?(?:versus|vs\\.?|against) {}{}$", some_words(3), kAboutWords, some_words(1)));
  if (holds(compared, texts.between)) return Join{JoinOrder::compared, false};
  return std::nullopt;
}

}  // namespace assay::adversary
