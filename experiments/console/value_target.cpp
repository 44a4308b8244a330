#include "experiments/console/value_target.hpp"

#include <charconv>
#include <system_error>

#include <fmt/format.h>

namespace assay::console {
namespace {

template <class Number>
Number read_number(const std::string& text, const Range<Number>& range) {
  Number number{};
  const auto [end, failure] = std::from_chars(text.data(), text.data() + text.size(), number);
  // Written so that a NaN is refused too.
  const bool in_range = number >= range.lowest && number <= range.highest;
  if (failure != std::errc{} || end != text.data() + text.size() || !in_range) {
    throw Error(fmt::format("\"{}\" is not {} from {} to {}", text,
                            std::is_integral_v<Number> ? "a whole number" : "a number", range.lowest, range.highest));
  }
  return number;
}

/// 3 is "3%": as it is written on a command line.
std::string percent_text(Percent percent) {
  return fmt::format("{}%", percent.value);
}

/// A limit as a person sets one, in the largest unit that it is a whole number of: "1 h", "10 min", "90 s".
std::string limit_text(nanoseconds limit) {
  using namespace std::chrono;
  if (limit.count() == 0 || limit % seconds(1) != nanoseconds(0)) return format_duration(limit);
  if (limit % hours(1) == nanoseconds(0)) return fmt::format("{} h", duration_cast<hours>(limit).count());
  if (limit % minutes(1) == nanoseconds(0)) return fmt::format("{} min", duration_cast<minutes>(limit).count());
  return fmt::format("{} s", duration_cast<seconds>(limit).count());
}

}  // namespace

ValueTarget into(bool& target) {
  return {Arity::none, [&target](const std::string&) { target = true; }, ""};
}

ValueTarget into(std::string& target) {
  return {Arity::one, [&target](const std::string& text) { target = text; }, target};
}

ValueTarget into(std::vector<std::string>& target) {
  return {Arity::many, [&target](const std::string& text) { target.push_back(text); }, ""};
}

ValueTarget into(int& target, Range<int> range) {
  return {Arity::one, [&target, range](const std::string& text) { target = read_number(text, range); },
          fmt::format("{}", target)};
}

ValueTarget into(double& target, Range<double> range) {
  return {Arity::one, [&target, range](const std::string& text) { target = read_number(text, range); },
          fmt::format("{}", target)};
}

ValueTarget into(Percent& target) {
  return {Arity::one, [&target](const std::string& text) { target = parse_percent(text); }, percent_text(target)};
}

ValueTarget into(nanoseconds& target) {
  return {Arity::one, [&target](const std::string& text) { target = parse_duration(text); }, limit_text(target)};
}

ValueTarget into(std::optional<std::string>& target) {
  return {Arity::one, [&target](const std::string& text) { target = text; }, target.value_or("")};
}

ValueTarget into(std::optional<int>& target, Range<int> range) {
  return {Arity::one, [&target, range](const std::string& text) { target = read_number(text, range); },
          target ? fmt::format("{}", *target) : ""};
}

ValueTarget into(std::optional<Percent>& target) {
  return {Arity::one, [&target](const std::string& text) { target = parse_percent(text); },
          target ? percent_text(*target) : ""};
}

ValueTarget into(std::optional<nanoseconds>& target) {
  return {Arity::one, [&target](const std::string& text) { target = parse_duration(text); },
          target ? limit_text(*target) : ""};
}

ValueTarget into(std::optional<Seed>& target) {
  return {Arity::one, [&target](const std::string& text) { target = Seed::parse(text); },
          target ? target->to_string() : ""};
}

ValueTarget offering(std::vector<std::string> words, ValueTarget target) {
  target.accepted = std::move(words);
  return target;
}

}  // namespace assay::console
