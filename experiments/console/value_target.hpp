#pragma once

#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/enum_names.hpp"
#include "core/error.hpp"
#include "core/seed.hpp"
#include "core/text/choice.hpp"
#include "core/units.hpp"

namespace assay::console {

/// How many words of the command line an option takes.
enum class Arity {
  none,   ///< a switch
  one,    ///< given at most once
  many,   ///< one each time it is given
  maybe,  ///< one that follows a "=" at once, or none, which means `implied`
};

/// Where the text of one option goes: how it is read, and what is true if the option is not given.
struct ValueTarget {
  Arity arity = Arity::one;
  std::function<void(const std::string& text)> take;  ///< throws Error; a switch gets ""
  std::string default_text;                           ///< shown by --help; empty: none
  std::string implied = {};
  std::vector<std::string> accepted = {};  ///< the words that it takes, for completions; empty: any text
  /// For `one` and `many`: whether the next word, or what follows the letter in its own word, is the value of the short
  /// name. If it is not, the short name means `implied`.
  std::function<bool(std::string_view word)> takes_next = {};
  /// Called with the next word if it is not taken.
  std::function<void(std::string_view word)> leaves_next = {};
};

/// Both ends are included.
template <class Number>
struct Range {
  Number lowest;
  Number highest;
};

// Each binds a variable. Its present value is the default, so that defaults are written only in the structs of options.
[[nodiscard]] ValueTarget into(bool& target);
[[nodiscard]] ValueTarget into(std::string& target);
[[nodiscard]] ValueTarget into(std::vector<std::string>& target);
[[nodiscard]] ValueTarget into(int& target, Range<int> range);
[[nodiscard]] ValueTarget into(double& target, Range<double> range);
[[nodiscard]] ValueTarget into(Percent& target);
[[nodiscard]] ValueTarget into(nanoseconds& target);
[[nodiscard]] ValueTarget into(std::optional<std::string>& target);
[[nodiscard]] ValueTarget into(std::optional<int>& target, Range<int> range);
[[nodiscard]] ValueTarget into(std::optional<Percent>& target);
[[nodiscard]] ValueTarget into(std::optional<nanoseconds>& target);
[[nodiscard]] ValueTarget into(std::optional<Seed>& target);

/// The enumerator with that written name. \throws Error that lists the names if there is none.
template <NamedEnum Enum>
[[nodiscard]] Enum read_enum(std::string_view text) {
  if (const std::optional<Enum> value = parse_enum<Enum>(text)) return *value;
  const auto& names = EnumNames<Enum>::values;
  throw Error(not_one_of(text, {names.begin(), names.end()}));
}

/// The written names of an enumeration.
template <NamedEnum Enum>
[[nodiscard]] std::vector<std::string> names_of_enum() {
  return {EnumNames<Enum>::values.begin(), EnumNames<Enum>::values.end()};
}

template <NamedEnum Enum>
[[nodiscard]] ValueTarget into(Enum& target) {
  return {.arity = Arity::one,
          .take = [&target](const std::string& text) { target = read_enum<Enum>(text); },
          .default_text = std::string(to_string(target)),
          .implied = {},
          .accepted = names_of_enum<Enum>()};
}

template <NamedEnum Enum>
[[nodiscard]] ValueTarget into(std::optional<Enum>& target) {
  return {.arity = Arity::one,
          .take = [&target](const std::string& text) { target = read_enum<Enum>(text); },
          .default_text = {},
          .implied = {},
          .accepted = names_of_enum<Enum>()};
}

/// The target, which takes only these words: shells offer them.
[[nodiscard]] ValueTarget offering(std::vector<std::string> words, ValueTarget target);

}  // namespace assay::console
