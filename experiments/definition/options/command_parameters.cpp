#include "experiments/definition/options/command_parameters.hpp"

#include <algorithm>
#include <charconv>
#include <cstdint>

#include <fmt/format.h>

#include "core/error.hpp"
#include "core/text/utf8.hpp"

namespace assay::definition {
namespace {

constexpr std::size_t kMostValues = 1000;
constexpr std::size_t kMostDecimals = 9;

/// A decimal number as an integer and the number of its decimals.
struct Decimal {
  std::int64_t digits = 0;
  std::size_t decimals = 0;
};

Decimal read_decimal(std::string_view text, std::string_view option) {
  const std::size_t point = text.find('.');
  std::string digits(text.substr(0, point));
  const std::string_view fraction = point == std::string_view::npos ? "" : text.substr(point + 1);
  digits += fraction;
  std::int64_t number = 0;
  const char* const end = digits.data() + digits.size();
  const auto [at, error] = std::from_chars(digits.data(), end, number);
  const bool is_number =
      error == std::errc() && at == end && fraction.size() <= kMostDecimals &&
      (point == std::string_view::npos || (!fraction.empty() && fraction.front() >= '0' && fraction.front() <= '9'));
  constexpr std::int64_t kLargest = 1'000'000'000;
  if (!is_number || std::abs(number) > kLargest) {
    throw Error(fmt::format("{}: {} is no decimal number such as 8 or 0.25", option, in_quotes(text)));
  }
  return {number, fraction.size()};
}

std::int64_t scaled(const Decimal& number, std::size_t decimals) {
  std::int64_t digits = number.digits;
  for (std::size_t place = number.decimals; place < decimals; ++place) digits *= 10;
  return digits;
}

bool is_above(const Decimal& number, const Decimal& limit) {
  const std::size_t decimals = std::max(number.decimals, limit.decimals);
  return scaled(number, decimals) > scaled(limit, decimals);
}

/// The sum with as many decimals as hyperfine writes: those of the operand that has more, and a zero has none.
Decimal sum(const Decimal& value, const Decimal& step) {
  if (value.digits == 0) return step;
  const std::size_t decimals = std::max(value.decimals, step.decimals);
  return {scaled(value, decimals) + scaled(step, decimals), decimals};
}

std::string decimal_text(const Decimal& number) {
  const auto [digits, decimals] = number;
  if (decimals == 0) return std::to_string(digits);
  std::string text = fmt::format("{:0{}}", std::abs(digits), decimals + 1);
  text.insert(text.size() - decimals, 1, '.');
  return digits < 0 ? "-" + text : text;
}

std::vector<std::string> split(std::string_view text, char separator) {
  std::vector<std::string> parts(1);
  for (std::size_t at = 0; at < text.size(); ++at) {
    if (text[at] == '\\' && at + 1 < text.size() && text[at + 1] == separator) {
      parts.back() += text[++at];
    } else if (text[at] == separator) {
      parts.emplace_back();
    } else {
      parts.back() += text[at];
    }
  }
  return parts;
}

std::string place_of(std::string_view name) {
  return fmt::format("{{{}}}", name);
}

void check_parameters(const std::vector<std::string>& texts, const std::vector<CommandParameter>& parameters) {
  for (auto parameter = parameters.begin(); parameter != parameters.end(); ++parameter) {
    const bool twice = std::any_of(parameters.begin(), parameter,
                                   [&](const CommandParameter& other) { return other.name == parameter->name; });
    if (twice) throw Error(fmt::format("the parameter {} is given twice", in_quotes(parameter->name)));
    const bool occurs = std::any_of(texts.begin(), texts.end(), [&](const std::string& text) {
      return text.find(place_of(parameter->name)) != std::string::npos;
    });
    if (!occurs) {
      throw Error(fmt::format("no command and no --set holds {}, so that all arms would be the same",
                              place_of(parameter->name)));
    }
  }
}

void check_name(std::string_view name, std::string_view option) {
  const bool is_name = !name.empty() && name.find_first_of("{} ") == std::string_view::npos;
  if (!is_name) throw Error(fmt::format("{}: {} is no name of a parameter", option, in_quotes(name)));
}

}  // namespace

CommandParameter parameter_list(std::string_view text) {
  const std::size_t blank = text.find(' ');
  if (blank == std::string_view::npos) {
    throw Error("--parameter-list takes a name and its values: -L threads 1,2,4");
  }
  const std::string_view name = text.substr(0, blank);
  check_name(name, "--parameter-list");
  std::vector<std::string> values = split(text.substr(blank + 1), ',');
  if (values.size() < 2) {
    throw Error(
        fmt::format("--parameter-list: {} has one value, {}; a comparison takes two or more: write it into the "
                    "command, or give another value beside it, such as -L {} {},OTHER",
                    in_quotes(name), in_quotes(values.front()), name, values.front()));
  }
  if (values.size() > kMostValues) throw Error(fmt::format("--parameter-list: more than {} values", kMostValues));
  return {std::string(name), std::move(values)};
}

CommandParameter parameter_scan(std::string_view text, std::string_view step) {
  const std::vector<std::string> words = split(text, ' ');
  if (words.size() != 3) throw Error("--parameter-scan takes a name and two numbers: -P threads 1 8");
  check_name(words[0], "--parameter-scan");
  const Decimal first = read_decimal(words[1], "--parameter-scan");
  const Decimal last = read_decimal(words[2], "--parameter-scan");
  if (step.empty() && first.decimals + last.decimals > 0) {
    throw Error(
        fmt::format("--parameter-scan: {} to {} has decimals: say the step with --parameter-step-size, such as "
                    "-D 0.5",
                    words[1], words[2]));
  }
  const Decimal by = step.empty() ? Decimal{1, 0} : read_decimal(step, "--parameter-step-size");
  if (by.digits <= 0) throw Error(fmt::format("--parameter-step-size {}: it must be above 0", step));
  CommandParameter parameter{words[0], {}};
  for (Decimal value = first; !is_above(value, last); value = sum(value, by)) {
    if (parameter.values.size() == kMostValues) {
      throw Error(
          fmt::format("--parameter-scan: more than {} values; use a larger --parameter-step-size", kMostValues));
    }
    parameter.values.push_back(decimal_text(value));
  }
  if (parameter.values.size() < 2) {
    throw Error(
        fmt::format("--parameter-scan: {} to {} by {} holds fewer than two values: use a smaller "
                    "--parameter-step-size, or write the value into the command",
                    words[1], words[2], decimal_text(by)));
  }
  return parameter;
}

std::vector<ParameterisedCommand> with_parameters(const std::vector<std::string>& commands,
                                                  const std::vector<std::string>& also,
                                                  const std::vector<CommandParameter>& parameters) {
  std::vector<std::string> texts = commands;
  texts.insert(texts.end(), also.begin(), also.end());
  check_parameters(texts, parameters);
  std::vector<ParameterisedCommand> all;
  for (const std::string& command : commands) all.push_back({command, commands.size() > 1 ? command : "", command, {}});
  for (const CommandParameter& parameter : parameters) {
    std::vector<ParameterisedCommand> more;
    for (const std::string& value : parameter.values) {
      for (ParameterisedCommand one : all) {
        one.values[parameter.name] = value;
        one.label += fmt::format("{}{}={}", one.label.empty() ? "" : ", ", parameter.name, value);
        more.push_back(std::move(one));
      }
      if (more.size() > kMostValues) throw Error(fmt::format("the parameters make more than {} arms", kMostValues));
    }
    all = std::move(more);
  }
  for (ParameterisedCommand& one : all) one.command = with_values(one.written, one.values);
  return all;
}

std::string with_values(std::string_view text, const std::map<std::string, std::string>& values) {
  std::string result;
  while (!text.empty()) {
    const auto begins_here = [text](const auto& value) { return text.starts_with(place_of(value.first)); };
    const auto found = std::find_if(values.begin(), values.end(), begins_here);
    result += found == values.end() ? std::string(text.substr(0, 1)) : found->second;
    text.remove_prefix(found == values.end() ? 1 : place_of(found->first).size());
  }
  return result;
}

std::string values_without_place(std::string_view text, const std::map<std::string, std::string>& values) {
  std::string list;
  for (const auto& [name, value] : values) {
    if (text.find(place_of(name)) != std::string_view::npos) continue;
    list += fmt::format("{}{} = {}", list.empty() ? "" : ", ", name, value);
  }
  return list.empty() ? "" : fmt::format(" ({})", list);
}

bool holds_parameter(std::string_view text, const std::vector<CommandParameter>& parameters) {
  return std::any_of(parameters.begin(), parameters.end(), [text](const CommandParameter& parameter) {
    return text.find(place_of(parameter.name)) != std::string_view::npos;
  });
}

}  // namespace assay::definition
