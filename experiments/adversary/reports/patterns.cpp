#include "experiments/adversary/reports/patterns.hpp"

#include <string>
#include <string_view>
#include <utility>

#include <fmt/format.h>

#include "experiments/adversary/reports/change_readers.hpp"
#include "experiments/adversary/reports/reading/quantities.hpp"
#include "experiments/adversary/reports/state_readers.hpp"

namespace assay::adversary {
namespace {

constexpr std::string_view kFalls =
    "reduc|lower|cut|bring|brought|drop|decreas|increas|improv|shr[iu]nk|down|fell|grew";
constexpr std::string_view kMoves =
    "sav|shav|cut|gain|lost|lose|took|tak|add|cost|win|won|shed|remov|trim|slash|freed?|knock";
constexpr std::string_view kAbout =
    "(?:(?:just|only|about|around|roughly|under|nearly|almost|some|over|more than|up to|well over|another) |~ ?)?";

/// What limits times and sizes, rates and percentages, and counts: those that are said of counts often select.
constexpr std::string_view kLimits =
    "<=?|>=?|\\bunder|\\bbelow|\\bat most|\\bless than|\\bwithin|\\bno more than|\\bsub-|\\bexceed\\w*(?: [a-z]+){0,2}";
constexpr std::string_view kRateLimits =
    "<=?|>=?|\\bunder|\\bbelow|\\bat most|\\bless than|\\bwithin|\\bno more than|\\bat least|\\bmore "
    "than|\\bover|\\babove";
constexpr std::string_view kCountLimits =
    "<=?|>=?|\\bunder|\\bbelow|\\bat most|\\bless than|\\bfewer than|\\bno more than|\\bat least";

constexpr std::string_view kAtOnce =
    "(?:concurrent|simultaneous|parallel|in-flight|active|open) (?:[a-z]+ )?"
    "(?:connections|users|requests|clients|sessions|streams|players|jobs|tasks|uploads|downloads)";
constexpr std::string_view kCostlyEvents =
    "(?:[a-z]+ )?(?:alloc(?:ation)?s|syscalls|(?:system|draw) calls|round[- ]?trips|cache misses|page faults|"
    "context switches|dropped frames|retries|errors|failures|timeouts)";

constexpr std::string_view kRateNouns =
    "pass(?:ing|ed)?|success(?:es)?|reliability|availability|uptime|accuracy|correctness";
constexpr std::string_view kNamedRates = "accuracy|correctness|(?:error|failure|hit|success|pass) ?(?:rate|ratio)";
constexpr std::string_view kOutcomes = "success\\w*|succeeded|pass(?:ed)?|fail(?:ed|ures?)|errors?|correct";

/// What follows "3 times": "faster", "as much", "the throughput".
constexpr std::string_view kThanBefore =
    "(?:as (?:fast|quick|slow|much|many|large|big|small|short|long|high|low|good|heavy|expensive|cheap|efficient)|"
    "(?:fast|slow|quick|less|more|fewer|small|large|big|better|worse|high|low|short|long|cheap|light|heavi)[a-z]*|"
    "the "
    "(?:speed|throughput|rate|memory|size|time|cost|bandwidth|performance)|(?:speed|improve|reduc|increas|decreas)[a-z-"
    "]*)"
    "\\b";
/// What less of is better, where a share of it is named: "a quarter of the time".
constexpr std::string_view kCosts =
    "time|memory|ram|heap|size|space|disk(?: "
    "space)?|footprint|cost|price|cpu|energy|power|allocations|runtime|"
    "latency|storage|work|instructions";
constexpr std::string_view kRateOfOutcomes =
    "(?:[a-z][a-z0-9]*[_.])*(?:errors?|failed|failures?|succeeded|success|passed)(?:[_.](?:rate|ratio|percent|pct))?";
constexpr std::string_view kOutcomeVerbs = "fail(?:ed|s|ures?)?|pass(?:ed|es)?|succeed(?:ed|s)?|crash(?:ed|es)?|flaked";
constexpr std::string_view kFraction =
    "(?:(a|one|two|three|four|nine)[ -])?(half|third|quarter|fifth|sixth|eighth|tenth)s?";

Pattern pattern(const std::string& expression, MatchReader reader) {
  return {RegularExpression("(?i)" + expression), std::move(reader)};
}

/// The pattern with groups that keep nothing.
std::string without_groups(std::string_view pattern) {
  std::string without;
  for (std::size_t at = 0; at < pattern.size(); ++at) {
    without += pattern[at];
    const bool is_plain = at == 0 || pattern[at - 1] != '\\';
    if (pattern[at] == '(' && is_plain && at + 1 < pattern.size() && pattern[at + 1] != '?') without += "?:";
  }
  return without;
}

void add_pairs(std::vector<Pattern>& all) {
  const std::string value = clock_value_pattern();
  const std::string loose = loose_value_pattern();
  const std::string range = range_pattern();
  const std::string count =
      fmt::format("(?:about |around |roughly |~ ?)?({})((?: [a-z-]+){{0,3}})(?: \\([^)]{{0,40}}\\))?", kNumberPattern);
  const std::string arrow = " ?(?:-+>|=+>) ?";
  all.push_back(pattern(fmt::format("{0}(?:{1}{2})+{1}{0}", loose, arrow, without_groups(loose)), read_chain));
  all.push_back(pattern(fmt::format("{0} ?x,? (?:became|becomes|is now) {0} ?x\\b", range), read_later_ratio));
  all.push_back(pattern("(?:from )?" + loose + "(?: [a-z(-][a-z()-]*){0,3}? ?(?:->|=>) ?" + loose, read_values));
  // Two figures of so many digits are no range, though only one has the unit.
  all.push_back(
      pattern("()([0-9]+[.,][0-9]{2,})()() to (?:~ ?)?()([0-9]+[.,][0-9]{2,})() ?([a-z]{1,3})\\b", read_values));
  all.push_back(pattern(fmt::format("from {1}{0}(?: [a-z(-][a-z()-]*){{0,3}}? (?:down |up )?to {1}{0}", loose, kAbout),
                        read_values));
  all.push_back(pattern(value + " (?:down )?(?:to|vs\\.?|versus) " + value, read_values));
  all.push_back(pattern(fmt::format("from {} (?:down |up )?to (?:just |only )?{}", count, count), read_counts));
  all.push_back(pattern(fmt::format("{} ?(?:->|=>) ?{}", count, count), read_counts));
  all.push_back(pattern(fmt::format("\\b(?:drop|fell|fall|declin|decreas|shr[iu]nk|went|goes|down|regress)\\w*"
                                    "(?: [a-z]+){{0,3}}? from {0} ?x (?:down )?to {0} ?x\\b",
                                    range),
                        read_lost_ratio));
}

/// Before rates: "hit rate > 90 %" is a goal.
void add_limits_of_rates(std::vector<Pattern>& all) {
  all.push_back(pattern(
      fmt::format(
          "\\b(?:no longer|never|not once|(?:does|do|did|has|have)(?: not|n't)(?: ever)?|at no point) (?:[a-z]+ "
          "){{0,3}}?(under|below|less than|over|above|longer than|more than|beyond|past|exceed(?:s|ed)?|exceeding) "
          "(?:about )?{}",
          loose_value_pattern()),
      read_kept_limit));
  all.push_back(pattern(fmt::format("({}) ?~?({}) ?%", kRateLimits, kNumberPattern), read_percent_limit));
  all.push_back(pattern(
      fmt::format("\\b(?:p ?\\(?[0-9.]+\\)?|avg|mean|med|median|max|min|rate|count) ?(<=?|>=?) ?({})\\b(?:[' ]|$)",
                  kNumberPattern),
      read_statistic_limit));
  all.push_back(pattern(
      fmt::format("({}) ?~?({}) ?(?:[km]\\b|thousand|million|billion)? ?{}", kRateLimits, kNumberPattern, kRateUnits),
      read_count_limit));
  all.push_back(
      pattern(fmt::format("({}) ?~?({})\\+? ?(?:{}|{})\\b", kCountLimits, kNumberPattern, kAtOnce, kCostlyEvents),
              read_count_limit));
}

void add_rates(std::vector<Pattern>& all) {
  all.push_back(
      pattern(fmt::format("({}) ?% ?(?:[a-z]+ ){{0,2}}?(?:pass|success|succeed|reliab|availab|uptime|utili[sz]|"
                          "accura|correct|(?:error|failure|hit) ?rate|errors|failures|failed)",
                          kNumberPattern),
              read_rate));
  all.push_back(pattern(
      fmt::format("\\b(?:{}|error rate|failure rate|hit rate|hit ratio) ?(?:rate)?[^0-9a-z%|]{{0,10}}(?:of |is |at )?"
                  "~?({}) ?%",
                  kRateNouns, kNumberPattern),
      read_rate));
  all.push_back(pattern(fmt::format("\\b(?:{}) ?\\| ?~?({}) ?%", kNamedRates, kNumberPattern), read_rate));
  all.push_back(pattern(fmt::format("\\b(?:{0})[^0-9a-z%|]{{0,3}}{1}(?: ?(?:/|of|out of) ?{1})? ?\\(({1}) ?%\\)",
                                    kOutcomes, kNumberPattern),
                        read_rate));
  all.push_back(pattern(fmt::format("({0}) ?(?:success\\w* |passed |passing )?(?:/|of|out of) ?({0}) (?:[a-z]+ )?"
                                    "(?:tests?|operations?|ops|requests?|jobs?|pass\\w*|succe\\w*|green|clean|ok)\\b",
                                    kNumberPattern),
                        read_count_rate));
  all.push_back(pattern(
      fmt::format("\\b({0}) (?:out )?of (?:the |all )?({0})\\b(?: [a-z]+)?(?: ?\\(({0}) ?%\\))?", kNumberPattern),
      read_share_of_trials));
}

/// Counts of outcomes in prose and in the output of tools.
void add_counted_outcomes(std::vector<Pattern>& all) {
  all.push_back(
      pattern(fmt::format("\\b({0}) ?(?:/|of|out of) ?({0}) ?\\(({0}) ?%\\)", kNumberPattern), read_stated_share));
  all.push_back(
      pattern(fmt::format("\\b({0}) pass(?:ed|ing|es)?[,;]? (?:and )?({0}) fail(?:ed|ing|ures?|s)?\\b", kNumberPattern),
              read_passed_and_failed));
  all.push_back(pattern(fmt::format("\\b({0}) ?/ ?({0})\\b", kNumberPattern), read_full_count));
  all.push_back(
      pattern(fmt::format("\\ball (?:of )?(?:the )?({}) (?:[\\w-]+ ){{0,8}}?(?:tests?|checks?|cases|specs?|runs|jobs) "
                          "(?:still |now )?(?:pass|succeed|are green|complet)",
                          kNumberPattern),
              read_all_passed));
  all.push_back(pattern(fmt::format("\\b({}) ?% (?:[a-z]+ )?flak(?:iness|es?|y)\\b", kNumberPattern), read_rate));
  all.push_back(pattern(fmt::format("\\b{} ?\\.* ?[:=][^0-9a-z%|]{{0,10}}({}) ?%(?: +{} out of {})?", kRateOfOutcomes,
                                    kNumberPattern, kNumberPattern, kNumberPattern),
                        read_rate));
  all.push_back(
      pattern(fmt::format("\\b(?:error|failure|crash) rates?(?: [a-z]+){{0,2}}? (?:dropped|fell|went|goes|falls|drops|"
                          "is|was|are|came|down)(?: (?:back|down|now|still|only))?(?: to| at)? ({}) ?%",
                          kNumberPattern),
              read_rate));
  all.push_back(
      pattern(fmt::format("\\b({0})[^0-9a-z|%]{{1,8}}(?:in |only |all |about )?({1}) ?(?:/|of|out of) ?({1})\\b",
                          kOutcomeVerbs, kNumberPattern),
              read_outcome_rate));
  all.push_back(pattern(
      fmt::format(
          "\\b({0}) (?:only )?({1}|never|zero) ?(?:times?|runs)? (?:in|out of|over|during|across|of) (?:the |all )?"
          "({1}) (?:[a-z]+ )?(?:runs|times|tries|attempts|trials|tests|iterations|repetitions|builds|executions)\\b",
          kOutcomeVerbs, kNumberPattern),
      read_outcome_rate));
  all.push_back(pattern(
      fmt::format("\\b(?:ran|run|runs|repeated|executed|tried|looped)\\b[^.;0-9]{{0,40}}?({1}) (?:times|runs)\\b"
                  "[^.;0-9]{{0,40}}?({0}) (?:only )?({1}|never|zero)(?: times?)?\\b",
                  kOutcomeVerbs, kNumberPattern),
      read_runs_with_outcome));
}

void add_ratios(std::vector<Pattern>& all) {
  const std::string range = range_pattern();
  const std::string number_in_words =
      "(two|three|four|five|six|seven|eight|nine|ten|twelve|a dozen|twenty|thirty|fifty|a hundred|hundred)";
  all.push_back(pattern(range + fmt::format(" ?times {}", kThanBefore), read_ratio));
  all.push_back(pattern(number_in_words + fmt::format("(?: (?:or|to) [a-z]+)?[ -](?:times {}|fold\\b)", kThanBefore),
                        read_ratio_in_words));
  all.push_back(pattern("\\bby (?:about |over |more than )?" + number_in_words + "(?: (?:or|to) [a-z]+)? times\\b",
                        read_ratio_in_words));
  all.push_back(pattern("\\bby " + range + " times\\b", read_ratio));
  all.push_back(
      pattern(fmt::format("\\b(?:in|at|to|for|with|only|just|than|about|takes?|took|uses?|using|used|needs?|needed|"
                          "costs?|requires?|has|have) (?:(?:about|only|just|roughly|around|less than|under) )*"
                          "(?:(?:1/([2-9]|10))(?:th|rd)?|(?:a |one |one-)?(half|third|quarter|fifth|sixth|eighth|"
                          "tenth))(?: of)? (?:the |as much |its (?:original |previous )?)({})\\b",
                          kCosts),
              read_part_of_cost));
  all.push_back(pattern(range + " ?(?:x\\b|[- ]?fold\\b)", read_ratio));
  all.push_back(
      pattern("\\b(an?|one|two|three|four|another|second|third)(?: [a-z]+)?[ -](?:orders?[ -]of[ -]magnitude|magnitude "
              "(?:fast|slow|small|large|low|high)er)\\b",
              read_orders));
  all.push_back(pattern("(?:down|up) to " + range + " times\\b", read_ratio));
  all.push_back(pattern("factor (?:of )?" + range, read_ratio));
  all.push_back(pattern(
      fmt::format("\\b(?:(twice as (?:fast|quick|efficient|cheap|small|short|good)\\w*|twice "
                  "(?:faster|quicker|smaller|cheaper)|"
                  "twice the (?:speed|throughput|performance)|double (?:the )?(?:speed|throughput|performance)|"
                  "half as (?:slow|long|large|big|expensive|heavy)|half as (?:much|many) (?:{0}))|"
                  "(twice (?:as slow|slower)|(?:takes?|taking|took|runs?|is|was|are|were|gets?|got|becomes?|became)(?: "
                  "[a-z]+){{0,2}} "
                  "twice as (?:long|large|big|heavy|expensive)|twice as (?:much|many) (?:{0})|twice the (?:{0})|"
                  "half as (?:fast|quick|efficient)\\w*|half the (?:speed|throughput|performance|bandwidth)))\\b",
                  kCosts),
      read_word_ratio));
}

void add_multiples(std::vector<Pattern>& all) {
  all.push_back(
      pattern("\\b(?:(halv(?:es?|ed|ing)|in half)|(doubl(?:es|ed|ing))|(tripl(?:es|ed|ing))|(quadrupl(?:es|ed|ing)))"
              "\\b",
              read_multiple));
  all.push_back(pattern(fmt::format("\\bby {}{}\\b", kAbout, kFraction), read_fraction));
  all.push_back(
      pattern(fmt::format("\\b(?:shav|cut|knock|trim|slash|sav|tak|took)\\w*(?: off)? {}{} (?:off|of|from)\\b", kAbout,
                          kFraction),
              read_fraction));
  all.push_back(
      pattern(fmt::format("\\b{}{} (?:small|fast|less\\b|fewer|slow|short|light|cheap|low|quick|long|large|big|"
                          "high|more\\b)\\w*",
                          kAbout, kFraction),
              read_fraction));
}

void add_percentages(std::vector<Pattern>& all) {
  const std::string range = range_pattern();
  all.push_back(
      pattern(fmt::format("\\[([+-]{0}) ?% ([+-]{0}) ?% ([+-]{0}) ?%\\]", kNumberPattern), read_percent_interval));
  all.push_back(pattern("([+-])?" + range + " ?%", read_percent));
}

void add_values(std::vector<Pattern>& all) {
  const std::string value = value_pattern();
  all.push_back(pattern(fmt::format("({}) ?{}", kLimits, value), read_limit));
  all.push_back(pattern("\\bsub-?(nano|micro|milli)?-?second\\b", read_sub_unit));
  all.push_back(pattern(
      fmt::format("\\b(?:{})\\w*(?: [\\w'()-]+){{0,8}}? to {}{}", kFalls, kAbout, clock_value_pattern()), read_value));
  all.push_back(pattern(fmt::format("\\b(?:tak(?:es?|ing)|(?:runs?|finish\\w*|complet\\w*) in|"
                                    "needs?|uses?)\\s{}(?:({}) to )?{}",
                                    kAbout, kNumberPattern, value),
                        read_present_value));
  all.push_back(pattern(fmt::format("\\bnow (?:[\\w'-]+ ){{1,6}}in {}{}", kAbout, value), read_value));
}

void add_differences(std::vector<Pattern>& all) {
  const std::string value = value_pattern();
  all.push_back(pattern(fmt::format("\\b(?:{})\\w*(?: [\\w'-]+){{0,2}}? {}", kMoves, value), read_difference));
  all.push_back(
      pattern(fmt::format("\\b(?:{})\\w*(?: [\\w'-]+){{0,2}}? {}((?:US)?(?:[$]|\u20ac|\u00a3) ?{}) ?(?:k\\b)?", kMoves,
                          kAbout, kNumberPattern),
              read_money_difference));
  all.push_back(pattern("[(][+-] ?" + value, read_difference));
  all.push_back(pattern("[(][+-] ?" + signed_bytes_pattern(), read_difference));
  all.push_back(
      pattern("\\bby (?:about |around |roughly |up to |more than |over |at least |almost |nearly |well over |some |"
              "approximately |an? (?:extra|additional) )?" +
                  value,
              read_difference));
  all.push_back(
      pattern(fmt::format("\\b(?:reduc|decreas|shr[iu]nk|lower|cut|trim|grew|increas)\\w*(?: [\\w'-]+){{1,6}}? for "
                          "(?:more than |over |about |around |at least |nearly |almost ){}",
                          value),
              read_difference));
  all.push_back(pattern(fmt::format("({}) ?(?:k|m|million|thousand)? (?:less|fewer) [a-z]{{3,}}", kNumberPattern),
                        read_count_difference));
  all.push_back(pattern(
      value +
          " (?:\\w+ "
          ")?(?:fast|slow|quick|less\\b|fewer|more\\b|worse|better|longer|short|smaller|larger|bigger|lighter|heavier|"
          "cheaper|additional|extra|decrease|reduction|drop\\b|improvement|speed-?up|savings?\\b|increase|regression|"
          "slow-?down|"
          "penalty)",
      read_difference));
  all.push_back(
      pattern(value + " (?:of [a-z ]{1,30} )?(?:is |are |was |were |being )?(?:saved|gone|eliminated|freed)\\b",
              read_difference));
  all.push_back(pattern("[+-]" + value, read_difference));
}

}  // namespace

const std::vector<Pattern>& patterns() {
  static const std::vector<Pattern> all = [] {
    std::vector<Pattern> made;
    add_pairs(made);
    add_limits_of_rates(made);
    add_rates(made);
    add_counted_outcomes(made);
    add_ratios(made);
    add_multiples(made);
    add_percentages(made);
    add_values(made);
    add_differences(made);
    return made;
  }();
  return all;
}

}  // namespace assay::adversary
