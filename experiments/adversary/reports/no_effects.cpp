#include "experiments/adversary/reports/no_effects.hpp"

#include <algorithm>
#include <string>
#include <string_view>

#include <fmt/format.h>

#include "experiments/adversary/reports/reading/effect_words.hpp"

namespace assay::adversary {
namespace {

/// Those that say so of what stands in their own part of the sentence.
constexpr std::string_view kModals = "would|might|(?-i:may)|could|should";
constexpr std::string_view kGuesses =
    "hope|hopefully|hoping|in "
    "theory|theoretical(?:ly)?|potential(?:ly)?|rumou?r\\w*|"
    "forecast|projected|predict\\w*|anticipat\\w*|est\\.|maybe|perhaps|possible "
    "to|possibly|(?:we|i|you|they|he|she|and) "
    "(?:[a-z]+ )?(?:expects?|guess|think|believe|suspect|plan|aim|want|wish)|[a-z]+ (?:thinks|believes|expects|guesses|"
    "hopes)|(?:is|are|be) expected|(?:is|are|be) (?:planned|estimated|rumou?red)|plans? to|(?:aims?|aiming) "
    "(?:to|for|at)|will "
    "(?:probably|"
    "likely|hopefully|perhaps)|ought to";
constexpr std::string_view kGoals =
    "(?:goals?|targets?|objectives?|budget|SLOs?|SLAs?|requirements?)\\b[^.:;]{0,40}(?::| is| are| was| of)[^;]{0,80}$|"
    "(?:to|must) (?:reach|hit|meet) (?:a|the|our) (?:goal|target)";
constexpr std::string_view kOthers =
    "vendors?|competitors?|marketing|advertis\\w*|according to (?:the|their|its|an?) |told (?:us|me)|"
    "(?:papers?|authors?|blog|article|datasheet|brochure|website)s?,? (?:which |that |also )?(?:claim|report|state|say|"
    "promise|quote|mention)\\w*|(?:he|she|they|someone|somebody|people|[A-Z][a-z]+|[A-Z]{2,}) (?:claims?|says|promises|"
    "advertises|announced|wrote)|claims? (?:that|to be|an?|up to)|in their (?:tests?|paper|blog|own|benchmarks?)|"
    "(?:is|are|was) said to|reportedly|allegedly|supposedly";

/// Whatever somebody sets, which shows nothing of what it does; of games their rules.
constexpr std::string_view kSettings =
    "defaults?(?: (?:for|of|value)[^,]{0,40})?|(?:[a-z]+ "
    ")?settings?|config\\w*|parameter|quota|ttl|retention|time-?outs?|(?:polling|poll|refresh|retry|report|"
    "flush|heartbeat|scrape|sync|backup)[ -]intervals?|(?:(?:in|out)put |read |write |send |receive )?buffers?|grace "
    "period|(?:[a-z]+_)*(?:max|min|limit|size|time_?out|interval|ttl|count|num|"
    "threshold|workers?|threads?|retries|delay|buffers?|pool|cache|mem|level|depth|window|period|quota|backlog|"
    "connections)(?:_[a-z]+)+|[a-z]+_(?:[a-z]+_)*(?:max|min|limit|size|time_?out|interval|ttl|count|num|threshold|"
    "workers?|"
    "threads?|retries|delay|buffers?|pool|cache|mem|level|depth|window|period|quota|backlog|connections)|(?:rate|size|"
    "memory|upload|connection|"
    "request|file) limits?|(?:max|min)(?:imum)? (?:number|size|length|version|age)|batch size|pool size|buffer size|"
    "cool-?downs?|prices|list price|subscription|fees?|damage|stamina|armou?r|ammo|weapons?|(?:re)?spawn\\w*|loot|"
    "drop (?:rate|chance)s?|crafting|mana|xp|hit ?points|regenerat\\w*|sample size|data ?set|notice period|fine|"
    "(?:working|opening) "
    "hours|deadline|penalty|rent|salar(?:y|ies)|revenue|wages?|fares?|tuition|sales|turnover|tickets? cost|"
    "(?:retry|initial|start|hover) (?:delay|wait|back-?off)";
constexpr std::string_view kSettingVerbs =
    "is|was|were|are|has|have|had|now|been|went|goes|moved|reduced|raised|increased|lowered|decreased|changed|set|"
    "bumped|"
    "cut|extended|up|down|fell|fall|rose|grew|from|shortened|doubled|halved|[0-9]";

RegularExpression any_of(std::string_view words) {
  return RegularExpression(fmt::format("(?i)(?:^|[^\\w])(?:{})(?:[^\\w]|$)", words));
}

/// The words that a modal verb may govern the figure through: back and forth to the next comma.
std::string_view part_before(std::string_view ahead) {
  // "would be 3x, or 4x with more memory" goes on behind the comma.
  static const RegularExpression border(
      "(?i)(?:(, )(?:[^oa]|o[^r]|a[^n])|: | - |[(]|\\b(?:but|so|because|although|while) )");
  while (const auto found = border.first_match(ahead)) {
    const std::string_view whole = (*found)[1].empty() ? (*found)[0] : (*found)[1];
    ahead.remove_prefix(static_cast<std::size_t>(whole.data() - ahead.data()) + whole.size());
  }
  return ahead;
}
std::string_view part_behind(std::string_view behind) {
  static const RegularExpression border("(?i)(?:,|: | - |[()]|\\b(?:but|so|because|although|while|which|and|where) )");
  const auto found = border.first_match(behind);
  return found ? behind.substr(0, static_cast<std::size_t>((*found)[0].data() - behind.data())) : behind;
}

/// "may take 5 minutes now, and 20 before" has been seen, as it has both sides.
bool is_governed_by_modal(const Clause& clause, const Statement& statement, std::string_view matched) {
  static const RegularExpression modal = any_of(kModals);
  static const RegularExpression sides("(?i)\\bnow\\b[^.;]*\\b(?:before|previously|earlier)\\b");
  const bool is_seen = statement.kind == StatementKind::values &&
                       holds(sides, fmt::format("{}{}{}", clause.ahead, matched, clause.behind));
  return !is_seen && (holds(modal, part_before(clause.ahead)) || holds(modal, part_behind(clause.behind)));
}

bool is_guess(const Clause& clause) {
  static const RegularExpression guess = any_of(kGuesses);
  static const RegularExpression goal = RegularExpression(fmt::format("(?i)\\b(?:{})", kGoals));
  // "by 10 %, but I think ..." is about something else.
  static const RegularExpression contrast("(?i)\\b(?:but|though|although) ");
  const auto other = contrast.first_match(clause.behind);
  const std::string_view behind =
      std::string_view(clause.behind)
          .substr(0,
                  other ? static_cast<std::size_t>((*other)[0].data() - clause.behind.data()) : clause.behind.size());
  return holds(guess, clause.ahead) || holds(guess, behind) || holds(goal, clause.ahead);
}

bool is_of_others(const Clause& clause) {
  static const RegularExpression others(fmt::format("\\b(?:{})", kOthers));
  static const RegularExpression behind(
      "(?i)\\b(?:in their (?:tests?|paper|blog|own|benchmarks?)|according to (?:the|their|an?) )");
  return holds(others, clause.ahead) || holds(behind, clause.behind);
}

/// "if your index is below 200 GB", "2x faster if we drop it"
bool is_condition(const Clause& clause) {
  static const RegularExpression ahead(
      "(?i)\\b(?:(?:if|unless|assuming|provided (?:that|you|we)|in "
      "case|suppose)\\b[^,;:]*|(?:when|whenever|once|until|as soon as) "
      "(?:[a-z]+ ){1,4}(?:is|are|exceeds?|takes?|goes|rises|reaches|falls|drops) [^,;:]*|where (?:[a-z]+ )?[0-9.]+x? "
      "means "
      "[^,;:]*)$");
  static const RegularExpression behind("(?i)\\bif (?:we|one|they|i)\\b");
  return holds(ahead, clause.ahead) || holds(behind, clause.behind);
}

bool is_alarm(const Clause& clause) {
  static const RegularExpression alarm(
      "(?i)\\b(?:(?:alert|alarm|page|warn|notif|scale)\\w*(?: (?:up|out|us|me|the team|[a-z]+-?call))? "
      "(?:on|if|when|at|above|"
      "for|below|once)|threshold[^.;]{0,30}(?: is| of|:| for)|fails? (?:the|a) (?:build|job|check) (?:if|when|on))\\b");
  return holds(alarm, clause.ahead);
}

/// "limited to 50 %", "unchanged at 71 %"
bool is_as_set_up(const Clause& clause) {
  static const RegularExpression ahead(
      "(?i)\\b(?:(?:limited|capped|set|fixed|pinned|throttled|configured|clamped|rated) "
      "(?:to|at)|(?:unchanged|still|same|"
      "constant|flat|steady|stays|stayed|remains|remained) (?:at|around)|unchanged,?) (?:about |around |~ ?)?$");
  static const RegularExpression asked(
      "(?i)(?:^\\W{0,3}(?:please )?(?:use|set|try|choose|pick|pass|give|sleep|wait|buy|allocate|run with|support "
      "for)(?: an?| "
      "the| about| for| to)* ?|\\bexpires? (?:after|in) )$");
  return holds(ahead, clause.ahead) || holds(asked, clause.ahead);
}

/// "Upgrade the compiler from 0.97 to 0.99"
bool is_version(const Clause& clause, const Statement& statement) {
  static const RegularExpression change(
      "(?i)\\b(?:upgrad|bump|updat|migrat|downgrad|pin|releas|version)\\w*\\b[^.;]{0,60}$");
  return statement.kind == StatementKind::values && statement.amount.unit.empty() && holds(change, clause.ahead);
}

/// "we change the Y-axis from 400 ms to 50 ms"
bool is_of_picture(const Clause& clause, std::string_view matched) {
  static const RegularExpression axis("(?i)\\b(?:[xy][ -])?ax[ie]s\\b");
  return holds(axis, fmt::format("{}{}", clause.ahead, matched));
}

/// "followed by 4 bytes", "aligned by 8 bytes"
bool is_of_order(const Clause& clause) {
  static const RegularExpression order(
      "(?i)\\b(?:follow|preced|separat|align|pad|divid|multipl|shift|offset|index|grouped|rounded|taken)(?:e?d)? $");
  return holds(order, clause.ahead);
}

/// "when there were 20 % of unique values": a share of things.
bool is_share_of_things(const Clause& clause) {
  static const RegularExpression ahead(
      "(?i)\\b(?:there (?:is|are|was|were)|contain\\w*|consist\\w* of|comprise[sd]?) (?:about |only |~ ?)?$");
  static const RegularExpression of_things("^ of ");
  return holds(ahead, clause.ahead) && holds(of_things, clause.behind);
}

/// wrk: "Latency  56.01us  18.34us  3.28ms  93.84%" ends with the share of the requests near the mean.
bool is_spread_in_row(const Match& match, const Statement& statement) {
  static const RegularExpression row("^\\s*(?:Latency|Req/Sec)(?:\\s+[0-9.]+[a-z]{0,2}){3}\\s+[0-9.]+ ?%\\s*$");
  return statement.kind == StatementKind::percent && holds(row, match.passage.text);
}

bool is_setting(const Clause& clause) {
  static const RegularExpression measured("(?i)\\b(?:performance|speed|runtime|memory|latency|time|cpu) penalty\\b");
  if (holds(measured, clause.ahead)) return false;
  static const RegularExpression subject(fmt::format(
      "(?i)(?:^|[,:-] )\\W{{0,4}}(?:[\\w'-]+ ){{0,3}}?(?:{})(?: (?:[\\w'/()-]+ ){{0,5}}?(?:{})(?: [^,;]*)?|:? ?)$",
      kSettings, kSettingVerbs));
  static const RegularExpression object(fmt::format(
      "(?i)\\b(?:rais|lower|increas|decreas|reduc|chang|bump|set|extend|shorten)(?:e|es|ed|s|ing)? (?:the |our "
      ")?(?:[\\w'-]+ ){{0,3}}?(?:{})(?: [a-z]+){{0,3}} $",
      kSettings));
  return holds(subject, clause.ahead) || holds(object, clause.ahead);
}

}  // namespace

Clause clause_around(const Match& match) {
  const std::string_view text = match.passage.text;
  constexpr std::size_t kFarthest = 240;
  const std::size_t end_of_match = match.offset + match.groups[0].size();
  const auto is_end = [&text](std::size_t at) { return text[at] == ';' || ends_sentence(text, at); };
  std::size_t begin = match.offset;
  while (begin > 0 && match.offset - begin < kFarthest && !is_end(begin - 1)) --begin;
  std::size_t end = end_of_match;
  while (end < text.size() && end - end_of_match < kFarthest && !is_end(end)) ++end;
  Clause clause = {std::string(text.substr(begin, match.offset - begin)),
                   std::string(text.substr(end_of_match, end - end_of_match))};
  std::replace(clause.ahead.begin(), clause.ahead.end(), '\n', ' ');
  std::replace(clause.behind.begin(), clause.behind.end(), '\n', ' ');
  return clause;
}

bool is_no_effect(const Match& match, const Statement& statement) {
  if (is_tabular(match)) return is_spread_in_row(match, statement);
  Clause clause = clause_around(match);
  if (is_of_picture(clause, match.groups[0]) || is_of_order(clause) || is_share_of_things(clause)) return true;
  if (match.passage.is_reached) {
    // What was reached is no goal.
    static const RegularExpression up_to_figure("^[^0-9]*$");
    if (holds(up_to_figure, clause.ahead)) clause.ahead.clear();
  }
  if (is_alarm(clause) || is_guess(clause) || is_of_others(clause) || is_condition(clause)) return true;
  if (is_governed_by_modal(clause, statement, match.groups[0]) || is_version(clause, statement)) return true;
  const bool is_state = statement.kind == StatementKind::limit || statement.kind == StatementKind::rate;
  if (is_as_set_up(clause)) return true;
  if (is_state) return false;
  // The pattern may have begun with the verb: "reduced from 30 s to 10 s".
  const std::string_view matched = match.groups[0];
  clause.ahead += matched.substr(0, std::min(matched.find_first_of("0123456789"), matched.size()));
  return is_setting(clause) || is_as_set_up(clause);
}

bool describes_incident(const std::vector<Passage>& passages) {
  static const RegularExpression incident(
      "(?i)\\b(?:incident (?:[0-9]|report|review|:)|post-?mortem|outage|root cause analysis)");
  constexpr std::size_t kFirst = 3;
  return std::any_of(passages.begin(),
                     passages.begin() + static_cast<std::ptrdiff_t>(std::min(kFirst, passages.size())),
                     [](const Passage& passage) { return holds(incident, passage.text); });
}

bool is_in_timeline(const Passage& passage, int line) {
  static const RegularExpression time_of_day("^\\W{0,3}[0-9]{1,2}:[0-9]{2}(?::[0-9]{2})?\\b");
  const auto begin = std::lower_bound(passage.lines.begin(), passage.lines.end(), line);
  if (begin == passage.lines.end() || *begin != line) return false;
  std::size_t place = static_cast<std::size_t>(begin - passage.lines.begin());
  if (passage.text[place] == '\n') ++place;
  constexpr std::size_t kLongest = 16;
  return holds(time_of_day, std::string_view(passage.text).substr(place, kLongest));
}

}  // namespace assay::adversary
