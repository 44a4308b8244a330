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
    "<=?|>=?|\\bunder|\\bbelow|\\bat most|\\bless than|\\bno more than|\\bat least|\\bmore than|\\bover|\\babove";
constexpr std::string_view kCountLimits =
    "<=?|>=?|\\bunder|\\bbelow|\\bat most|\\bless than|\\bfewer than|\\bno more than|\\bat least";

constexpr std::string_view kAtOnce =
    "(?:concurrent|simultaneous|parallel|in-flight|active|open) (?:[a-z]+ )?"
    "(?:connections|users|requests|clients|sessions|streams|players|jobs|tasks|uploads|downloads)";
constexpr std::string_view kCostlyEvents =
    "(?:[a-z]+ )?(?:alloc(?:ation)?s|syscalls|(?:system|draw) calls|round[- ]?trips|cache misses|page faults|"
    "context switches|dropped frames|retries|errors|failures|timeouts)";

constexpr std::string_view kRateNouns = "pass(?:ing|ed)?|success(?:es)?|reliability|availability|accuracy|correctness";
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
constexpr std::string_view kFraction =
    "(?:(a|one|two|three|four|nine)[ -])?(half|third|quarter|fifth|sixth|eighth|tenth)s?";

Pattern pattern(const std::string& expression, MatchReader reader) {
  return {RegularExpression("(?i)" + expression), std::move(reader)};
}

void add_pairs(std::vector<Pattern>& all) {
  const std::string value = clock_value_pattern();
  const std::string loose = loose_value_pattern();
  const std::string range = range_pattern();
  const std::string count =
      fmt::format("(?:about |around |roughly |~ ?)?({})((?: [a-z-]+){{0,3}})(?: \\([^)]{{0,40}}\\))?", kNumberPattern);
  all.push_back(pattern("(?:from )?" + loose + "(?: [a-z(-][a-z()-]*){0,3}? ?(?:->|=>) ?" + loose, read_values));
  // Two figures of so many digits are no range, though only one has the unit.
  all.push_back(
      pattern("()([0-9]+[.,][0-9]{2,})()() to (?:~ ?)?()([0-9]+[.,][0-9]{2,})() ?([a-z]{1,3})\\b", read_values));
  all.push_back(pattern(fmt::format("from {}(?: [a-z(-][a-z()-]*){{0,3}}? (?:down |up )?to {}{}", loose, kAbout, loose),
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
  all.push_back(
      pattern(fmt::format("({}) ?~?({}) ?[km]? ?{}", kRateLimits, kNumberPattern, kRateUnits), read_count_limit));
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
      fmt::format("\\b(?:{}|error rate|failure rate|hit rate|hit ratio) ?(?:rate)?[^0-9a-z%|]{{0,3}}(?:of |is |at )?"
                  "~?({}) ?%",
                  kRateNouns, kNumberPattern),
      read_rate));
  all.push_back(pattern(fmt::format("\\b(?:{}) ?\\| ?~?({}) ?%", kNamedRates, kNumberPattern), read_rate));
  all.push_back(pattern(fmt::format("\\b(?:{0})[^0-9a-z%|]{{0,3}}{1}(?: ?(?:/|of|out of) ?{1})? ?\\(({1}) ?%\\)",
                                    kOutcomes, kNumberPattern),
                        read_rate));
  all.push_back(pattern(fmt::format("({0}) ?(?:success\\w* |passed |passing )?(?:/|of|out of) ?({0}) (?:[a-z]+ )?"
                                    "(?:tests?|operations?|ops|requests?|jobs?|pass\\w*|succe\\w*|green)\\b",
                                    kNumberPattern),
                        read_count_rate));
  all.push_back(pattern(
      fmt::format("\\b({0}) (?:out )?of (?:the |all )?({0})\\b(?: [a-z]+)?(?: ?\\(({0}) ?%\\))?", kNumberPattern),
      read_share_of_trials));
}

void add_ratios(std::vector<Pattern>& all) {
  const std::string range = range_pattern();
  const std::string number_in_words =
      "(two|three|four|five|six|seven|eight|nine|ten|twelve|a dozen|twenty|thirty|fifty|a hundred|hundred)";
  all.push_back(pattern(range + fmt::format(" ?times {}", kThanBefore), read_ratio));
  all.push_back(pattern(number_in_words + fmt::format("[ -](?:times {}|fold\\b)", kThanBefore), read_ratio_in_words));
  all.push_back(pattern(range + " ?(?:x\\b|[- ]?fold\\b)", read_ratio));
  all.push_back(pattern("(?:down|up) to " + range + " times\\b", read_ratio));
  all.push_back(pattern("factor (?:of )?" + range, read_ratio));
  all.push_back(pattern("\\b(?:twice as (?:fast|quick)\\w*|twice the (?:speed|throughput))\\b", read_word_ratio));
  all.push_back(
      pattern("\\b(?:(halv(?:es|ed|ing)|in half)|(doubl(?:es|ed|ing))|(tripl(?:es|ed|ing))|(quadrupl(?:es|ed|ing)))"
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
  all.push_back(
      pattern(fmt::format("\\[([+-]{0}) ?% ([+-]{0}) ?% ([+-]{0}) ?%\\]", kNumberPattern), read_percent_interval));
  all.push_back(pattern("([+-])?" + range + " ?%", read_percent));
}

void add_values(std::vector<Pattern>& all) {
  const std::string value = value_pattern();
  all.push_back(pattern(fmt::format("({}) ?{}", kLimits, value), read_limit));
  all.push_back(pattern(
      fmt::format("\\b(?:{})\\w*(?: [\\w'()-]+){{0,8}}? to {}{}", kFalls, kAbout, clock_value_pattern()), read_value));
  all.push_back(pattern(fmt::format("\\b(?:tak(?:es?|ing)|(?:runs?|finish\\w*|complet\\w*) in|"
                                    "needs?|uses?)\\s{}(?:({}) to )?{}",
                                    kAbout, kNumberPattern, value),
                        read_present_value));
}

void add_differences(std::vector<Pattern>& all) {
  const std::string value = value_pattern();
  all.push_back(pattern(fmt::format("\\b(?:{})\\w*(?: [\\w'-]+){{0,2}}? {}", kMoves, value), read_difference));
  all.push_back(
      pattern(fmt::format("\\b(?:{})\\w*(?: [\\w'-]+){{0,2}}? {}((?:US)?(?:[$]|\u20ac|\u00a3) ?{}) ?(?:k\\b)?", kMoves,
                          kAbout, kNumberPattern),
              read_money_difference));
  all.push_back(pattern("\\bby (?:about |around |roughly |up to )?" + value, read_difference));
  all.push_back(pattern(fmt::format("({}) ?(?:k|m|million|thousand)? (?:less|fewer) [a-z]{{3,}}", kNumberPattern),
                        read_count_difference));
  all.push_back(pattern(
      value +
          " (?:\\w+ "
          ")?(?:fast|slow|quick|less\\b|fewer|more\\b|worse|better|longer|short|smaller|larger|bigger|lighter|heavier|"
          "cheaper)",
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
    add_ratios(made);
    add_values(made);
    add_differences(made);
    return made;
  }();
  return all;
}

}  // namespace assay::adversary
