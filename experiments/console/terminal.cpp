#include "experiments/console/terminal.hpp"

#include <algorithm>
#include <cstdlib>
#include <optional>
#include <string>

#include "core/host/process/standard_streams.hpp"

namespace assay::console {
namespace {

using host::StandardStream;
using report::TextStyle;

std::string environment_value(const char* name) {
  const char* value = std::getenv(name);
  return value == nullptr ? "" : value;
}

/// The locale's character set by the names POSIX looks at, without setlocale: the program's own numbers stay as they
/// are in C.
bool locale_is_utf8() {
  for (const char* name : {"LC_ALL", "LC_CTYPE", "LANG"}) {
    std::string locale = environment_value(name);
    if (locale.empty()) continue;
    std::transform(locale.begin(), locale.end(), locale.begin(), [](char letter) {
      return letter >= 'A' && letter <= 'Z' ? static_cast<char>(letter + 32) : letter;
    });
    return locale.find("utf-8") != std::string::npos || locale.find("utf8") != std::string::npos;
  }
  return false;
}

bool applies(When when, bool automatic) {
  return when == When::automatic ? automatic : when == When::always;
}

TextStyle style_for(const Terminal& terminal, const OutputOptions& options, bool is_terminal) {
  TextStyle style;
  style.colour = applies(options.colour, is_terminal && !terminal.dumb && !terminal.no_colour);
  style.unicode = is_terminal && terminal.utf8 && !terminal.dumb;
  style.breaks_sentences = is_terminal;
  style.width = is_terminal ? terminal.width : 80;
  return style;
}

}  // namespace

Terminal read_terminal() {
  Terminal terminal;
  terminal.output_is_terminal = host::is_terminal(StandardStream::output);
  terminal.error_is_terminal = host::is_terminal(StandardStream::error);
  const std::optional<int> output_width = host::terminal_width(StandardStream::output);
  const std::optional<int> error_width = host::terminal_width(StandardStream::error);
  terminal.width = output_width.value_or(error_width.value_or(80));
  terminal.utf8 = locale_is_utf8();
  const std::string kind = environment_value("TERM");
  terminal.dumb = kind.empty() || kind == "dumb";
  terminal.no_colour = !environment_value("NO_COLOR").empty();
  return terminal;
}

TextStyle output_style(const Terminal& terminal, const OutputOptions& options) {
  return style_for(terminal, options, terminal.output_is_terminal);
}

TextStyle error_style(const Terminal& terminal, const OutputOptions& options) {
  return style_for(terminal, options, terminal.error_is_terminal);
}

ProgressMode progress_mode(const Terminal& terminal, const OutputOptions& options) {
  if (options.quiet || options.progress == When::never) return ProgressMode::silent;
  const bool line = applies(options.progress, terminal.error_is_terminal && !terminal.dumb);
  return line ? ProgressMode::line : ProgressMode::plain;
}

}  // namespace assay::console
