#include "experiments/trial/checks/reports/tap_line.hpp"

#include <algorithm>
#include <array>
#include <cctype>
#include <initializer_list>

#include "core/text/lower_case.hpp"
#include "core/text/taken.hpp"
#include "core/text/trimmed.hpp"

namespace assay::trial {
namespace {

bool is_letter(char letter) {
  return std::isalpha(static_cast<unsigned char>(letter)) != 0;
}
bool is_digit(char letter) {
  return std::isdigit(static_cast<unsigned char>(letter)) != 0;
}
bool is_blank(char letter) {
  return letter == ' ' || letter == '\t';
}

std::string upper(std::string_view text) {
  std::string result(text);
  std::transform(result.begin(), result.end(), result.begin(),
                 [](unsigned char letter) { return static_cast<char>(std::toupper(letter)); });
  return result;
}

using Counts = TapSum::Counts;

bool is_any_of(std::string_view word, std::initializer_list<std::string_view> words) {
  return std::find(words.begin(), words.end(), word) != words.end();
}

/// What a word of a summary counts, as node, tape, mocha and others write it. Automake's words are in capitals, since
/// small ones are what a test may well say of its own figures.
std::optional<Counts> counts_of(std::string_view word) {
  if (word == "TOTAL") return Counts::tests;
  if (is_any_of(word, {"ERROR", "XPASS"})) return Counts::failed;
  if (word == "XFAIL") return Counts::others;
  const std::string small = in_lower_case(word);
  if (small == "tests") return Counts::tests;
  if (is_any_of(small, {"pass", "passed", "passes"})) return Counts::passed;
  if (is_any_of(small, {"fail", "failed", "failures", "cancelled"})) return Counts::failed;
  if (is_any_of(small, {"skip", "skipped", "todo", "pending"})) return Counts::others;
  return std::nullopt;
}

bool is_directive(std::string_view after_sign) {
  const std::string word = upper(trimmed(after_sign));
  return word.starts_with("SKIP") || word.starts_with("TODO");
}

/// "time=3ms", "duration_ms: 3": what producers append with no blank after the sign.
bool is_assignment(std::string_view after_sign) {
  const auto* const end = std::find_if_not(after_sign.begin(), after_sign.end(),
                                           [](char letter) { return is_letter(letter) || letter == '_'; });
  return end != after_sign.begin() && end != after_sign.end() && (*end == '=' || *end == ':');
}

/// The position of the number sign behind which diagnostics or a directive stand; npos if there is none. "\#" and the
/// signs in "C#" and "issue #12" belong to the name.
std::size_t comment_at(std::string_view description) {
  for (std::size_t at = description.find('#'); at != std::string_view::npos; at = description.find('#', at + 1)) {
    if (at > 0 && description[at - 1] == '\\') continue;
    const std::string_view after = description.substr(at + 1);
    if (is_directive(after)) return at;
    if (at > 0 && !is_blank(description[at - 1])) continue;
    if (after.empty() || is_blank(after.front()) || is_assignment(after)) return at;
  }
  return std::string_view::npos;
}

bool is_duration(std::string_view text) {
  constexpr std::array<std::string_view, 12> kUnits = {"ns",  "us", "µs",  "μs",   "ms",      "s",
                                                       "sec", "m",  "min", "secs", "seconds", "msec"};
  const std::size_t digits = text.find_first_not_of("0123456789.");
  if (digits == 0 || digits == std::string_view::npos) return false;
  return std::find(kUnits.begin(), kUnits.end(), trimmed(text.substr(digits))) != kUnits.end();
}

TestEnd end_of(std::string_view comment, bool failed) {
  for (std::size_t at = comment.find('#'); at != std::string_view::npos; at = comment.find('#', at + 1)) {
    if (is_directive(comment.substr(at + 1))) return TestEnd::skipped;
  }
  return failed ? TestEnd::failed : TestEnd::passed;
}

}  // namespace

std::string_view without_duration(std::string_view name) {
  for (const std::string_view brackets : {"()", "[]"}) {
    const std::size_t open = name.rfind(brackets[0]);
    if (!name.ends_with(brackets[1]) || open == std::string_view::npos) continue;
    if (is_duration(name.substr(open + 1, name.size() - open - 2))) return trimmed(name.substr(0, open));
  }
  constexpr std::string_view kIn = " in ";
  const std::size_t in = name.rfind(kIn);
  if (in == std::string_view::npos || !is_duration(name.substr(in + kIn.size()))) return name;
  return trimmed(name.substr(0, in));
}

std::optional<TapResult> tap_result(std::string_view line) {
  const bool failed = take_prefix(line, "not ok");
  if (!failed && !take_prefix(line, "ok")) return std::nullopt;
  if (!line.empty() && !is_blank(line.front())) return std::nullopt;  // "okay"
  line = trimmed(line);
  TapResult result;
  result.number = take_number(line);
  if (result.number && !line.empty() && !is_blank(line.front()) && line.front() != '-' && line.front() != '#') {
    return std::nullopt;  // "ok 3.5 seconds passed"
  }
  if (line.ends_with('{')) {
    result.opens_parts = true;
    line = trimmed(line.substr(0, line.size() - 1));
  }
  const std::size_t comment = comment_at(line);
  std::string_view name = trimmed(line.substr(0, comment));
  if (name == "-" || name.starts_with("- ")) name = trimmed(name.substr(1));
  result.end = end_of(comment == std::string_view::npos ? "" : line.substr(comment), failed);
  result.name = without_duration(name);
  return result;
}

std::optional<int> tap_plan(std::string_view line) {
  if (!take_prefix(line, "1..")) return std::nullopt;
  const std::optional<int> count = take_number(line);
  line = trimmed(line);
  return line.empty() || line.front() == '#' ? count : std::nullopt;
}

std::optional<std::string> tap_heading(std::string_view line) {
  constexpr std::string_view kClock = "[00:00:00] ";  // of `prove --timer`
  if (line.starts_with('[') && line.size() > kClock.size() && line[kClock.size() - 2] == ']') {
    line.remove_prefix(kClock.size());
  }
  line = trimmed(line);
  const std::size_t end = line.find_last_not_of('.');
  if (end == std::string_view::npos || line.size() - end - 1 < 2 || line[end] != ' ') return std::nullopt;
  const std::string_view name = trimmed(line.substr(0, end));
  const bool is_name = !name.empty() && (is_letter(name.front()) || is_digit(name.front()) || name.front() == '.' ||
                                         name.front() == '/' || name.front() == '_');
  return is_name ? std::optional(std::string(name)) : std::nullopt;
}

std::optional<TapSum> tap_sum(std::string_view line) {
  if (take_prefix(line, "Files=")) {
    constexpr std::string_view kTests = "Tests=";
    const std::size_t tests = line.find(kTests);
    if (tests == std::string_view::npos) return std::nullopt;
    line.remove_prefix(tests + kTests.size());
    const std::optional<int> count = take_number(line);
    return count ? std::optional(TapSum{Counts::tests_of_all, *count}) : std::nullopt;
  }
  if (!take_prefix(line, "#")) return std::nullopt;
  line = trimmed(line);
  if (const std::optional<int> count = take_number(line)) {  // "# 2 of 3 tests failed."
    const bool is_of_failures = line.starts_with(" of ") && (line.ends_with(" failed") || line.ends_with(" failed."));
    return is_of_failures ? std::optional(TapSum{Counts::failed, *count}) : std::nullopt;
  }
  const std::string_view word = line.substr(0, line.find_first_of(": \t="));
  const std::optional<Counts> counts = counts_of(word);
  if (!counts) return std::nullopt;
  line.remove_prefix(word.size());
  (void)(take_prefix(line, ":") || take_prefix(line, "="));
  line = trimmed(line);
  const std::optional<int> count = take_number(line);
  const bool is_whole = trimmed(line).empty() || line.starts_with(" of ") || line.starts_with('/');
  return count && is_whole ? std::optional(TapSum{*counts, *count}) : std::nullopt;
}

bool states_trouble(std::string_view line) {
  const std::string small = in_lower_case(trimmed(line));
  constexpr std::array<std::string_view, 6> kTroubles = {"# looks like you failed", "# looks like you planned",
                                                         "# looks like your test",  "dubious, test returned",
                                                         "failed--further testing", "bailout called"};
  const auto begins = [&small](std::string_view trouble) { return small.starts_with(trouble); };
  if (std::any_of(kTroubles.begin(), kTroubles.end(), begins)) return true;
  std::string_view rest = small;
  if (take_prefix(rest, "result: ")) return rest != "pass";
  return take_prefix(rest, "failed ") && take_number(rest) && rest.starts_with('/') &&
         (rest.find("subtests") != std::string_view::npos || rest.find("test programs") != std::string_view::npos);
}

bool is_bail_out(std::string_view line) {
  const std::string small = in_lower_case(trimmed(line));
  constexpr std::string_view kWords = "bail out";
  if (!small.starts_with(kWords)) return false;
  return small.size() == kWords.size() || small[kWords.size()] == '!' || small[kWords.size()] == ':';
}

}  // namespace assay::trial
