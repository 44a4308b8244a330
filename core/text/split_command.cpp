#include "core/text/split_command.hpp"

#include <optional>

#include <fmt/format.h>

#include "core/error.hpp"
#include "core/text/utf8.hpp"

namespace assay {
namespace {

constexpr std::string_view kBlanks = " \t";
/// What a shell would act on, outside quotes (POSIX.1-2017, volume 3, section 2.2). The patterns * ? [ and the tilde
/// are not among them: they stay as they are, as they do with hyperfine -N.
constexpr std::string_view kShellCharacters = "|&;<>()$`\n";
/// What a backslash takes the meaning from within double quotes (section 2.2.3); before others it stays.
constexpr std::string_view kEscapedInDoubleQuotes = "$`\"\\\n";

bool is_one_of(char character, std::string_view set) {
  return set.find(character) != std::string_view::npos;
}

/// Walks the command once, character by character.
class Splitter {
 public:
  explicit Splitter(std::string_view command) : command_(command) {}

  Argv split() {
    while (place_ < command_.size()) take(command_[place_++]);
    end_word();
    if (words_.empty()) throw Error("the command is empty: expected a program and its arguments");
    if (words_.front().empty())
      throw Error(fmt::format("command {}: the program's name is empty", in_quotes(command_)));
    return words_;
  }

 private:
  void take(char character) {
    if (character == '\'') return take_single_quoted();
    if (character == '"') return take_double_quoted();
    if (character == '\\') return take_escaped();
    if (is_one_of(character, kBlanks)) return end_word();
    const bool starts_comment = character == '#' && !word_;
    if (is_one_of(character, kShellCharacters) || starts_comment) refuse(character);
    add(character);
  }

  void take_single_quoted() {
    const std::size_t end = command_.find('\'', place_);
    if (end == std::string_view::npos) open_quote('\'');
    add(command_.substr(place_, end - place_));
    place_ = end + 1;
  }

  void take_double_quoted() {
    add(std::string_view());
    for (;;) {
      if (place_ == command_.size()) open_quote('"');
      char character = command_[place_++];
      if (character == '"') return;
      if (character == '$' || character == '`') refuse(character);
      if (character == '\\' && place_ < command_.size() && is_one_of(command_[place_], kEscapedInDoubleQuotes)) {
        character = command_[place_++];
        if (character == '\n') continue;
      }
      add(character);
    }
  }

  void take_escaped() {
    if (place_ == command_.size())
      throw Error(fmt::format("command {}: a backslash at the end has nothing to escape", in_quotes(command_)));
    const char character = command_[place_++];
    if (character != '\n') add(character);
  }

  void add(std::string_view text) {
    if (!word_) word_.emplace();
    word_->append(text);
  }
  void add(char character) { add(std::string_view(&character, 1)); }

  void end_word() {
    if (word_) words_.push_back(*std::move(word_));
    word_.reset();
  }

  [[noreturn]] void open_quote(char quote) const {
    throw Error(fmt::format("command {}: a {} is opened and not closed", in_quotes(command_), quote));
  }

  [[noreturn]] void refuse(char character) const {
    throw NeedsShell(
        fmt::format("command {}: {} needs a shell: give -S sh to use one, or put it in single quotes to mean it as "
                    "it is",
                    in_quotes(command_), character == '\n' ? "a line break" : fmt::format("\"{}\"", character)));
  }

  std::string_view command_;
  std::size_t place_ = 0;
  std::optional<std::string> word_;  ///< the word that is being read; nothing between words
  Argv words_;
};

}  // namespace

Argv split_command(std::string_view command) {
  return Splitter(command).split();
}

}  // namespace assay
