#include "experiments/adversary/reports/reading/effect_words.hpp"

#include <string>

#include <fmt/format.h>

namespace assay::adversary {
namespace {

constexpr std::string_view kBetterWords =
    "fast|quick|accelerat|speed|spe?d "
    "?up|improv|better|less\\b|fewer|lower|reduc|decreas|drop|sav(?:e|ing)|shav|cut|shr[iu]nk|"
    "small|light|shed|trim|slash|cheap|tripl|doubl|fell\\b|smaller|short|gain|win\\b|optimi|halv|down|off "
    "the\\b|boost|outperform|increased (?:throughput|speed)|"
    "(?:performance|throughput|speed) increase";
constexpr std::string_view kWorseWords =
    "slow|worse|regress|degrad|longer|overhead|larger|bigger|heav|lost|los[es]+\\b|"
    "exceed|expensive|penalt(?:y|ies)\\b";
constexpr std::string_view kEffectWords =
    "increas|grew|grow|more\\b|higher|rose\\b|rises?\\b|climb|went "
    "(?:up|down)|perform|impact|throughput|latency|target|expect|achiev|change|gain|times|runtime";

/// Whatever is measured, and wherever it goes.
constexpr std::string_view kSurelyBetter =
    "fast|quick|accelerat|spe?e?d ?-?ups?\\b|improv|better|boost|outperform|gain|(?:performance|throughput|speed) "
    "increase|"
    "increas\\w* (?:in )?(?:the )?(?:performance|throughput|speed)";
constexpr std::string_view kSurelyWorse = "slow|worse|regress|degrad";
constexpr std::string_view kComparedBetter =
    "faster|quicker|less|fewer|smaller|shorter|lower|lighter|better|improv|reduc|speed|cheaper";
constexpr std::string_view kComparedWorse = "slower|larger|bigger|longer|heavier|worse|regress";

constexpr std::string_view kRisingWords = "increas|grew|grow|rose|rise|rais|climb|higher|up\\b|more\\b|doubl|tripl";
constexpr std::string_view kFallingWords =
    "decreas|reduc|drop|fell|fall|lower|down\\b|less\\b|fewer|shr[iu]nk|cut|shed|trim|slash|halv|smaller|cheaper";

constexpr std::string_view kLessIsBetter =
    "time|latency|duration|runtime|elapsed|wall|memory|v?ram|rss|heap|flash|size|footprint|alloc(?:ation)?s?|usage|"
    "errors?|failures?|misses|faults|overhead|costs?|delay|stalls?|stutters?|jitter|syscalls?|quer(?:y|ies)|"
    "round[- ]?trips|instructions|cycles|retries|(?:draw|system) "
    "calls|(?:time|sec|ns|ms|us|micros|B|bytes|allocs|KiB|kB|MiB|MB|GB|GiB)/op|"
    "current|energy|power|consumption|bill|spend(?:ing)?|pages per (?:week|month)|crashes|incidents|tickets|alerts|"
    "nodes|machines|servers|instances|cores|pods|garbage|traffic|load|rollbacks|complaints|sys|bundle|sec/op|"
    "(?:first|worst|dropped|frozen|frames|images|objects|packets) ?(?:over|dropped|lost)|dropped "
    "(?:frames|objects|packets)|"
    "bounce rate|loss|perplexity|pauses?|janky?|calls|bytes|binary|index|artifacts?|wake-?ups?|interrupts|ipis|"
    "context switches|cpu|collisions|drift|deviation|false positives|defects|bugs|warnings|lag|ttfb|lcp|inp|tti|fcp|"
    "(?:error|failure|miss|loss|drop|crash|anr|timeout|abort|retry|false[- ]positive) ?(?:rate|ratio)";
/// Rates of what costs: "IPIs/s", "page faults per second".
constexpr std::string_view kCostlyRates =
    "(?:ipis?|errors?|faults?|page-?faults?|miss(?:es)?|interrupts?|irqs?|switches|cs|allocs?|allocations?|drops?|"
    "dropped|failures?|retries|retransmits?|timeouts?|crashes|syscalls?|wake-?ups?|stalls?|cycles|collisions?|"
    "migrations?|"
    "evictions?|gcs?|collections?|shootdowns?|flushes|exceptions?|aborts?|conflicts?|locks?|warnings?|alerts?)"
    " ?(?:/ ?|per )(?:s|sec|second|min|minute|h|hour|day)\\b";
constexpr std::string_view kLessIsBetterUnits =
    "(?i)[0-9] ?(?:[num]s|s|secs?|seconds?|min|minutes?|h|hours?|[kmgt]i?b|bytes)(?:[^\\w/]|$)";
constexpr std::string_view kMoreIsBetter =
    "throughput|thrpt|bandwidth|fps|[rqtn]ps|iops|per second|accuracy|correctness|speed|uptime|availability|"
    "frame ?rates?|tick ?rates?|(?:hit|success|pass|green|completion|conversion|acceptance|win|delivery) "
    "?(?:rate|ratio)s?|"
    "green (?:runs|builds)|battery "
    "life|life|mtbf|nodes/s|score|elo|ndcg(?:@[0-9]+)?|mmlu|f1|bleu|rouge|map|auc|psnr|ssim|"
    "recall|precision|ipc|capacity|ok|passed|passing|solved|correct|right|succeeded|interval between|happens? every|"
    "(?:gpu|node|cluster|worker|link)s?[^.;|]{0,20} utili[sz]ation|yield";
constexpr std::string_view kMoreIsBetterUnits = "(?i)[a-z]/(?:s(?:ec)?|ms|us|min|h)(?:[^\\w/]|$)";

constexpr std::string_view kTimeWords =
    "times?|took|takes?|taking|durations?|runtime|elapsed|wall|faster|slower|minutes?|down|speed\\w*|reduc\\w*|cut|"
    "drop\\w*|improv\\w*|(?:goes|went|going) from";
constexpr std::string_view kMeasuredNouns =
    "rates?|ratio|usage|utili[sz]ation|cpu|memory|overhead|latency|throughput|errors?|failures?|loss|accuracy|"
    "acc\\.|drops?|growth|variance|deviation|stutters?|jitter|frames?|hits?|misses|regressions?|availability|uptime|"
    "load|precision";

RegularExpression beginning_with(std::string_view words) {
  return RegularExpression(fmt::format("(?i)\\b(?:{})", words));
}
RegularExpression whole(std::string_view words) {
  return RegularExpression(fmt::format("(?i)\\b(?:{})\\b", words));
}

/// Two lists of words that say the opposite of each other.
struct Opposites {
  RegularExpression one;
  RegularExpression other;
};

/// True: only words of the first are in the text; false: only of the second.
std::optional<bool> decide(const Opposites& words, std::string_view text) {
  const bool is_one = holds(words.one, text);
  const bool is_other = holds(words.other, text);
  return is_one == is_other ? std::nullopt : std::optional(is_one);
}

StatementSign sign_of(std::optional<bool> is_better) {
  if (!is_better) return StatementSign::unknown;
  return *is_better ? StatementSign::better : StatementSign::worse;
}

std::optional<bool> rises_by_words(std::string_view sentence) {
  static const Opposites words = {beginning_with(kRisingWords), beginning_with(kFallingWords)};
  return decide(words, sentence);
}

/// Whether it moves up, as far as two ranges that may touch each other tell.
std::optional<bool> rises_between(const Quantity& before, const Quantity& after) {
  const bool falls = after.low <= before.low && after.high <= before.high;
  const bool rises = after.low >= before.low && after.high >= before.high;
  return falls == rises ? std::nullopt : std::optional(rises);
}

}  // namespace

bool holds(const RegularExpression& expression, std::string_view text) {
  return expression.first_match(text).has_value();
}

bool has_effect_word(std::string_view text) {
  static const RegularExpression words =
      beginning_with(fmt::format("{}|{}|{}", kBetterWords, kWorseWords, kEffectWords));
  return holds(words, text);
}

bool has_time_word(std::string_view text) {
  static const RegularExpression words = whole(kTimeWords);
  return holds(words, text);
}

bool has_measured_noun(std::string_view text) {
  static const RegularExpression words = beginning_with(fmt::format("(?:{})(?:[^a-z]|$)", kMeasuredNouns));
  return holds(words, text);
}

std::optional<bool> more_is_better(std::string_view text) {
  static const RegularExpression costly_rate(fmt::format("(?i)\\b{}", kCostlyRates));
  if (holds(costly_rate, text)) return false;
  static const Opposites words = {
      RegularExpression(fmt::format("(?i)\\b(?:{})\\b|{}", kMoreIsBetter, kMoreIsBetterUnits)),
      RegularExpression(fmt::format("(?i)\\b(?:{})\\b|{}", kLessIsBetter, kLessIsBetterUnits))};
  return decide(words, text);
}

StatementSign sign_of_words(std::string_view sentence) {
  static const Opposites words = {beginning_with(kBetterWords), beginning_with(kWorseWords)};
  return sign_of(decide(words, sentence));
}

StatementSign sign_of_comparison(std::string_view sentence) {
  static const Opposites words = {beginning_with(kComparedBetter), beginning_with(kComparedWorse)};
  return sign_of(decide(words, sentence));
}

StatementSign sign_of_change(std::string_view sentence, std::optional<bool> rises, std::string_view context) {
  static const Opposites sure = {beginning_with(kSurelyBetter), beginning_with(kSurelyWorse)};
  if (const auto is_better = decide(sure, sentence)) return sign_of(is_better);
  if (!rises) rises = rises_by_words(sentence);
  std::optional<bool> more = more_is_better(sentence);
  if (!more) more = more_is_better(context);
  if (rises && more) return sign_of(*rises == *more);
  return sign_of_words(sentence);
}

StatementSign sign_of_values(const Quantity& before, const Quantity& after, std::string_view context) {
  const std::optional<bool> rises = rises_between(before, after);
  if (before.unit != after.unit || !rises) return StatementSign::unknown;
  const bool is_cost = !after.unit.empty() && after.unit != "%";
  const std::optional<bool> more = is_cost ? std::optional(false) : more_is_better(context);
  return more ? sign_of(*rises == *more) : StatementSign::unknown;
}

StatementSign sign_of_measure(const Quantity& before, const Quantity& after, std::string_view measured,
                              std::string_view context) {
  const std::optional<bool> rises = rises_between(before, after);
  if (!rises) return StatementSign::unknown;
  std::optional<bool> more = more_is_better(measured);
  if (!more) more = more_is_better(context);
  const bool is_cost = !after.unit.empty() && after.unit != "%";
  if (!more && is_cost) more = false;
  return more ? sign_of(*rises == *more) : StatementSign::unknown;
}

}  // namespace assay::adversary
