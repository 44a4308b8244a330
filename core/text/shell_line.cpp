#include "core/text/shell_line.hpp"

#include <algorithm>
#include <array>
#include <optional>
#include <string>
#include <utility>

namespace assay {
namespace {

bool is_in(char letter, std::string_view set) {
  return set.find(letter) != std::string_view::npos;
}

/// Words that only group commands.
bool is_grouping(std::string_view word) {
  constexpr std::array<std::string_view, 11> kWords = {"{",  "}",  "!",    "if",   "then", "else",
                                                       "fi", "do", "done", "elif", "while"};
  return std::find(kWords.begin(), kWords.end(), word) != kWords.end();
}

/// Walks a line once, character by character.
class LineReader {
 public:
  explicit LineReader(std::string_view line) : line_(line) {}

  std::vector<Argv> read() {
    while (place_ < line_.size()) take(line_[place_++]);
    end_command();
    return std::move(commands_);
  }

 private:
  void take(char letter) {
    if (letter == '\'') return take_quoted('\'');
    if (letter == '"') return take_quoted('"');
    if (letter == '\\') return take_escaped();
    if (is_in(letter, " \t")) return end_word();
    if (letter == '#' && !word_) {
      place_ = std::min(line_.find('\n', place_), line_.size());
      return;
    }
    if (is_in(letter, "<>")) return take_redirection();
    if (letter == '&' && place_ < line_.size() && line_[place_] == '>') return;  // "&>" is a redirection
    if (is_in(letter, ";&|\n()")) return end_command();
    add(letter);
  }

  void take_quoted(char quote) {
    if (!word_) word_.emplace();
    is_quoted_ = true;
    while (place_ < line_.size() && line_[place_] != quote) {
      const bool is_escape =
          quote == '"' && line_[place_] == '\\' && place_ + 1 < line_.size() && is_in(line_[place_ + 1], "$`\"\\\n");
      if (is_escape) ++place_;
      add(line_[place_++]);
    }
    ++place_;
  }

  void take_escaped() {
    if (place_ == line_.size()) return;
    if (line_[place_] != '\n') add(line_[place_]);
    ++place_;
  }

  /// "> file", "2>&1": neither the operator nor its word is one of the command.
  void take_redirection() {
    const bool is_descriptor = word_ && !is_quoted_ && word_->find_first_not_of("0123456789") == std::string::npos;
    if (is_descriptor) word_.reset();
    end_word();
    while (place_ < line_.size() && is_in(line_[place_], "<>&|-")) ++place_;
    is_target_ = true;
  }

  void add(char letter) {
    if (!word_) word_.emplace();
    word_->push_back(letter);
  }

  void end_word() {
    if (!word_) return;
    std::string word = *std::exchange(word_, std::nullopt);
    const bool is_quoted = std::exchange(is_quoted_, false);
    if (std::exchange(is_target_, false)) return;
    if (command_.empty() && !is_quoted && is_grouping(word)) return;
    command_.push_back(std::move(word));
  }

  void end_command() {
    end_word();
    is_target_ = false;
    if (!command_.empty() && command_.back() == "}") command_.pop_back();
    if (!command_.empty()) commands_.push_back(std::exchange(command_, {}));
  }

  std::string_view line_;
  std::size_t place_ = 0;
  std::optional<std::string> word_;
  bool is_quoted_ = false;
  bool is_target_ = false;  ///< the next word is that of a redirection
  Argv command_;
  std::vector<Argv> commands_;
};

}  // namespace

std::vector<Argv> shell_commands(std::string_view line) {
  return LineReader(line).read();
}

}  // namespace assay
