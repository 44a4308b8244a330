#pragma once

#include <string_view>

#include "core/error.hpp"
#include "core/variable.hpp"

namespace assay {

/// A command that only a shell can run.
class NeedsShell : public Error {
 public:
  using Error::Error;
};

/// Splits as a POSIX shell splits words: blanks, quotes, backslashes; nothing is expanded, and the patterns * ? [ and
/// the tilde stay as they are.
/// \throws Error for an open quote, and NeedsShell for a bare | & ; < > ( ) $ ` # or line break: it names -S.
[[nodiscard]] Argv split_command(std::string_view command);

}  // namespace assay
