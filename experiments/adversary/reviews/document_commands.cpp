#include "experiments/adversary/reviews/document_commands.hpp"

#include <algorithm>
#include <array>
#include <md4c.h>

#include "core/error.hpp"
#include "core/text/split_command.hpp"

namespace assay::adversary {
namespace {

constexpr std::array<std::string_view, 3> kShells = {"sh", "bash", "shell"};
constexpr std::string_view kConsole = "console";
constexpr std::string_view kPrompt = "$ ";

bool is_blank(const std::string& text) {
  return text.find_first_not_of(" \t\r\n") == std::string::npos;
}

/// Gathers the commands while the parser walks over the document.
class CommandReader {
 public:
  [[nodiscard]] std::vector<std::string> commands() && { return std::move(commands_); }

  void enter(MD_BLOCKTYPE block, void* detail) {
    text_.clear();
    code_.clear();
    if (block == MD_BLOCK_H) level_ = static_cast<MD_BLOCK_H_DETAIL*>(detail)->level;
    if (block == MD_BLOCK_LI) ++depth_of_items_;
    if (block != MD_BLOCK_CODE) return;
    const MD_ATTRIBUTE& language = static_cast<MD_BLOCK_CODE_DETAIL*>(detail)->lang;
    language_.assign(language.text == nullptr ? "" : language.text, language.size);
  }

  void leave(MD_BLOCKTYPE block) {
    if (block == MD_BLOCK_H) end_heading();
    if (block == MD_BLOCK_CODE) end_code_block();
    if (block == MD_BLOCK_LI || block == MD_BLOCK_P) end_item();
    if (block == MD_BLOCK_LI) --depth_of_items_;
  }

  void enter_code() { in_code_ = true; }
  void leave_code() { in_code_ = false; }

  void take(std::string_view text) { (in_code_ ? code_ : text_) += text; }

 private:
  void end_heading() {
    const unsigned level = level_;
    if (wanted_level_ != 0 && level <= wanted_level_) wanted_level_ = 0;
    if (text_ == kMeasureAgain) wanted_level_ = level;
    text_.clear();
  }

  void end_item() {
    if (depth_of_items_ > 0 && is_blank(text_)) add(code_);
    text_.clear();
    code_.clear();
  }

  void end_code_block() {
    const bool is_console = language_ == kConsole;
    const bool is_shell = std::find(kShells.begin(), kShells.end(), language_) != kShells.end();
    std::string command;
    for (std::size_t at = 0; (is_console || is_shell) && at < text_.size();) {
      const std::size_t end = std::min(text_.find('\n', at), text_.size());
      std::string line = text_.substr(at, end - at);
      at = end + 1;
      if (is_console && command.empty()) {
        if (!line.starts_with(kPrompt)) continue;  // what the command before has printed
        line.erase(0, kPrompt.size());
      }
      command += line;
      if (!command.empty() && command.back() == '\\') {
        command.back() = '\n';
        continue;
      }
      if (!command.starts_with('#')) add(command);
      command.clear();
    }
    text_.clear();
  }

  void add(const std::string& command) {
    const bool is_new = std::find(commands_.begin(), commands_.end(), command) == commands_.end();
    if (wanted_level_ != 0 && !is_blank(command) && is_new) commands_.push_back(command);
  }

  std::vector<std::string> commands_;
  std::string text_;  ///< of the present block, without its code spans
  std::string code_;
  std::string language_;  ///< of the present code block
  bool in_code_ = false;
  int depth_of_items_ = 0;
  unsigned level_ = 0;         ///< of the present heading
  unsigned wanted_level_ = 0;  ///< of the heading whose commands are read; 0: none is
};

CommandReader& command_reader_of(void* data) {
  return *static_cast<CommandReader*>(data);
}

}  // namespace

bool measures_gain(const std::string& command) try {
  const Argv words = split_command(command);
  return words.size() > 2 && words[0] == "assay" && words[1] == "baseline" &&
         std::find(words.begin(), words.end(), "--against") != words.end();
} catch (const Error&) {  // a pipe, or what else only a shell understands
  return false;
}

std::vector<std::string> document_commands(std::string_view document) {
  CommandReader reader;
  MD_PARSER parser = {};
  parser.flags = MD_FLAG_TABLES;  // a comment, such as a marker of assay, ends a list
  parser.enter_block = [](MD_BLOCKTYPE block, void* detail, void* data) {
    command_reader_of(data).enter(block, detail);
    return 0;
  };
  parser.leave_block = [](MD_BLOCKTYPE block, void*, void* data) {
    command_reader_of(data).leave(block);
    return 0;
  };
  parser.enter_span = [](MD_SPANTYPE span, void*, void* data) {
    if (span == MD_SPAN_CODE) command_reader_of(data).enter_code();
    return 0;
  };
  parser.leave_span = [](MD_SPANTYPE span, void*, void* data) {
    if (span == MD_SPAN_CODE) command_reader_of(data).leave_code();
    return 0;
  };
  parser.text = [](MD_TEXTTYPE, const MD_CHAR* text, MD_SIZE size, void* data) {
    command_reader_of(data).take(std::string_view(text, size));
    return 0;
  };
  if (md_parse(document.data(), static_cast<MD_SIZE>(document.size()), &parser, &reader) != 0) {
    throw Error("the document cannot be parsed: out of memory");
  }
  return std::move(reader).commands();
}

}  // namespace assay::adversary
