#include "experiments/console/command_line.hpp"

#include <algorithm>
#include <optional>
#include <utility>

#include <boost/program_options.hpp>
#include <fmt/format.h>

#include "core/assert.hpp"
#include "core/error.hpp"
#include "core/text/spelling.hpp"

namespace assay::console {
namespace {

namespace po = boost::program_options;

/// Long names in full: an abbreviation that is unique today may be ambiguous once an option is added.
constexpr int kStyle = po::command_line_style::unix_style & ~po::command_line_style::allow_guessing;
/// What Boost calls the words that are no options; no option may have this name.
constexpr const char* kWords = "WORDS";

/// "--help" and "-h" ask for text, "--help=man" for another form. \throws Error if there is no such form.
std::optional<HelpForm> wanted_help(const Arguments& arguments) {
  constexpr std::string_view kWithForm = "--help=";
  for (const std::string& word : arguments) {
    if (word == "--") break;
    if (word == "--help" || word == "-h") return HelpForm::text;
    if (word.starts_with(kWithForm)) return read_enum<HelpForm>(std::string_view(word).substr(kWithForm.size()));
  }
  return std::nullopt;
}

}  // namespace

CommandLine::CommandLine(CommandHelp help) : help_(std::move(help)) {}

void CommandLine::begin_group(std::string title) {
  group_ = std::move(title);
}

void CommandLine::option(std::string_view names, OptionText text, ValueTarget target) {
  const std::size_t comma = names.find(',');
  const char short_name = comma == std::string_view::npos ? '\0' : names.at(comma + 1);
  options_.push_back({std::string(names.substr(0, comma)), short_name, group_, std::move(text), std::move(target)});
}

void CommandLine::also_called(std::string other, std::string name) {
  other_names_.emplace(std::move(other), std::move(name));
}

void CommandLine::refuse(std::string name, std::string advice) {
  refused_.emplace(std::move(name), std::move(advice));
}

void CommandLine::word(OptionText text, ValueTarget target, Occurs occurs) {
  ASSAY_ASSERT(words_.empty() || words_.back().occurs == Occurs::once || words_.back().occurs == Occurs::at_most_once);
  words_.push_back({std::move(text), std::move(target), occurs});
}

Parsed CommandLine::parse(const Arguments& arguments) {
  if (const std::optional<HelpForm> form = wanted_help(arguments)) {
    help_form_ = *form;
    return Parsed::help_wanted;
  }
  po::options_description description;
  for (const Option& option : options_) {
    const std::string names = option.short_name == 0 ? option.name : option.name + ',' + option.short_name;
    const bool is_switch = option.target.arity == Arity::none;
    if (is_switch) {
      description.add_options()(names.c_str(), po::bool_switch());
    } else {
      description.add_options()(names.c_str(), po::value<std::string>());
    }
  }
  for (const auto& [other, name] : other_names_) description.add_options()(other.c_str(), po::value<std::string>());
  description.add_options()(kWords, po::value<std::vector<std::string>>());
  po::positional_options_description positional;
  positional.add(kWords, -1);

  std::vector<std::string> words;
  given_.clear();
  try {
    const po::parsed_options parsed = po::command_line_parser(with_implied_values(arguments))
                                          .options(description)
                                          .positional(positional)
                                          .style(kStyle)
                                          .run();
    for (const po::option& option : parsed.options) {
      if (option.position_key >= 0) {
        words.insert(words.end(), option.value.begin(), option.value.end());
        continue;
      }
      refuse_option_as_value(option.original_tokens);
      const auto other = other_names_.find(option.string_key);
      const std::string& name = other == other_names_.end() ? option.string_key : other->second;
      take_option({name, option.string_key}, option.value);
      const std::string written = option.original_tokens.empty() ? "" : option.original_tokens.front();
      given_.push_back({name, written.substr(0, written.find('='))});
    }
  } catch (const po::unknown_option& error) {
    const std::string token = error.get_option_name();
    throw Error(unknown_option(token.substr(0, token.find('='))));
  } catch (const po::invalid_command_line_syntax& error) {
    const bool value_too_many = error.kind() == po::invalid_syntax::extra_parameter;
    throw Error(error.get_option_name() + (value_too_many ? " takes no value" : " needs a value"));
  }
  take_words(words);
  return Parsed::ready;
}

bool CommandLine::was_given(std::string_view name) const {
  return std::any_of(given_.begin(), given_.end(), [&](const GivenOption& given) { return given.name == name; });
}

bool CommandLine::was_given_by_other_name(std::string_view name) const {
  return std::any_of(given_.begin(), given_.end(), [&](const GivenOption& given) {
    return given.name == name && given.written != fmt::format("--{}", name);
  });
}

const CommandLine::Option* CommandLine::option_called(char short_name) const {
  const auto option = std::find_if(options_.begin(), options_.end(),
                                   [&](const Option& known) { return known.short_name == short_name; });
  return short_name == 0 || option == options_.end() ? nullptr : &*option;
}

const CommandLine::Option* CommandLine::option_called(std::string_view name) const {
  const auto other = other_names_.find(std::string(name));
  const std::string_view own = other == other_names_.end() ? name : std::string_view(other->second);
  const auto option =
      std::find_if(options_.begin(), options_.end(), [&](const Option& known) { return known.name == own; });
  return option == options_.end() ? nullptr : &*option;
}

CommandLine::TakenWord CommandLine::taken_long_word(const std::string& word) const {
  const Option* const option = option_called(std::string_view(word).substr(2));
  if (option == nullptr) return {{word}};  // also one with a value behind "="
  if (option->target.arity == Arity::maybe) return {{fmt::format("{}={}", word, option->target.implied)}};
  return {{word}, option->target.arity != Arity::none};
}

CommandLine::TakenWord CommandLine::taken_short_word(const std::string& word, const std::string* next) const {
  TakenWord taken;
  std::string letters = "-";
  for (std::size_t at = 1; at < word.size(); ++at) {
    const Option* const option = option_called(word[at]);
    const Arity arity = option == nullptr ? Arity::one : option->target.arity;
    if (arity == Arity::maybe) {
      if (letters.size() > 1) taken.words.push_back(std::exchange(letters, "-"));
      const bool has_value = at + 1 < word.size() && word[at + 1] == '=';
      taken.words.push_back(
          fmt::format("--{}={}", option->name, has_value ? word.substr(at + 2) : option->target.implied));
      if (has_value) return taken;
    } else if (arity == Arity::none) {
      letters += word[at];
    } else {
      const bool is_last = at + 1 == word.size();
      const bool may_go_without = option != nullptr && option->target.takes_next;
      if (may_go_without && is_last && (next == nullptr || !option->target.takes_next(*next))) {
        if (next != nullptr && option->target.leaves_next) option->target.leaves_next(*next);
        if (letters.size() > 1) taken.words.push_back(std::exchange(letters, "-"));
        taken.words.push_back(fmt::format("--{}={}", option->name, option->target.implied));
        break;
      }
      if (may_go_without && !is_last && option_called(word[at + 1]) != nullptr &&
          !option->target.takes_next(std::string_view(word).substr(at + 1))) {
        if (letters.size() > 1) taken.words.push_back(std::exchange(letters, "-"));
        taken.words.push_back(fmt::format("--{}={}", option->name, option->target.implied));
        continue;
      }
      letters += word[at];  // an option with its value, or one that is not known
      letters += word.substr(std::min(word.size(), at + (!is_last && word[at + 1] == '=' ? 2 : 1)));
      taken.takes_next = option != nullptr && is_last;
      break;
    }
  }
  if (letters.size() > 1) taken.words.push_back(std::move(letters));
  return taken;
}

Arguments CommandLine::with_implied_values(const Arguments& arguments) const {
  Arguments words;
  auto word = arguments.begin();
  for (; word != arguments.end() && *word != "--"; ++word) {
    if (word->size() < 2 || word->front() != '-') {
      words.push_back(*word);
      continue;
    }
    const auto next = std::next(word);
    const std::string* const following = next == arguments.end() ? nullptr : &*next;
    const TakenWord taken = word->starts_with("--") ? taken_long_word(*word) : taken_short_word(*word, following);
    words.insert(words.end(), taken.words.begin(), taken.words.end());
    if (taken.takes_next && next != arguments.end() && *next != "--") words.push_back(*++word);
  }
  words.insert(words.end(), word, arguments.end());
  return words;
}

void CommandLine::refuse_option_as_value(const std::vector<std::string>& tokens) const {
  if (tokens.size() < 2) return;
  const std::string& value = tokens.back();
  const bool is_option = std::any_of(options_.begin(), options_.end(), [&](const Option& option) {
    return value == "--" + option.name || (option.short_name != 0 && value == std::string{'-', option.short_name});
  });
  if (!is_option) return;
  throw Error(fmt::format("{0} needs a value, and {1} is an option; {0}{2}{1} would mean it as a value", tokens.front(),
                          value, tokens.front().size() > 2 ? "=" : ""));
}

void CommandLine::take_option(const CalledOption& called, const std::vector<std::string>& values) const {
  const auto option =
      std::find_if(options_.begin(), options_.end(), [&](const Option& known) { return known.name == called.name; });
  if (option == options_.end()) throw Error(unknown_option("--" + called.name));
  const Arity arity = option->target.arity;
  if (was_given(called.name) && arity != Arity::none && arity != Arity::many)
    throw Error("--" + called.as + " is given twice");
  try {
    option->target.take(values.empty() ? "" : values.front());
  } catch (const Error& error) {
    throw error.within("--" + called.as);
  }
}

void CommandLine::take_words(const std::vector<std::string>& words) const {
  std::size_t taken = 0;
  for (const Word& word : words_) {
    const bool optional = word.occurs == Occurs::at_most_once || word.occurs == Occurs::any;
    if (taken == words.size() && !optional) {
      throw Error(fmt::format("{}: {} is missing; {}", help_.name, word.text.placeholder, usage()));
    }
    const bool takes_all = word.occurs == Occurs::at_least_once || word.occurs == Occurs::any;
    const std::size_t end = takes_all ? words.size() : std::min(words.size(), taken + 1);
    for (; taken < end; ++taken) word.target.take(words[taken]);
  }
  if (taken < words.size()) {
    throw Error(fmt::format("{}: \"{}\" is one word too many; {}", help_.name, words[taken], usage()));
  }
}

std::string CommandLine::usage() const {
  return "usage: " + usage_of(help_);
}

std::string CommandLine::unknown_option(const std::string& token) const {
  const auto refused = refused_.find(token.substr(std::min<std::size_t>(2, token.size())));
  if (refused != refused_.end()) return fmt::format("{}: {}", token, refused->second);
  if (token == "--version" || token == "-V") {
    return fmt::format("{} is not an option of assay {}; assay --version prints the version", token, help_.name);
  }
  std::vector<std::string> spelled = {"--help"};
  for (const Option& option : options_) spelled.push_back("--" + option.name);
  const bool is_long = token.size() > 2;
  return fmt::format("{} is not an option of assay {}{}", token, help_.name,
                     is_long ? did_you_mean(token, {spelled.begin(), spelled.end()})
                             : fmt::format("; see assay {} --help", help_.name));
}

CommandDescription CommandLine::description() const {
  CommandDescription description{help_, {}, {}};
  for (const Word& word : words_) description.words.push_back({word.text, word.occurs, word.target.accepted});
  for (const Option& option : options_) {
    const ValueTarget& target = option.target;
    description.options.push_back({option.name, option.short_name, option.group, option.text, target.arity,
                                   target.default_text, target.accepted});
  }
  return description;
}

}  // namespace assay::console
