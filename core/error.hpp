#pragma once

#include <stdexcept>
#include <string>
#include <string_view>

namespace assay {

/// Why a command could not do its work. It determines the exit code.
enum class ErrorKind {
  mistake,  ///< usage, input or the environment is at fault: exit code 1
  refused,  ///< a rule of the protocol forbids it (dead end, attempts spent, lock held): exit code 5
  invalid,  ///< a check, audit or verification failed: exit code 4
};

/// A problem that the user can fix, in one line: what is wrong, where, the value, what is accepted, and what to do.
///
/// It may be thrown anywhere and is caught once, in main. Callers that know more about the place add it with `within`.
class Error : public std::runtime_error {
 public:
  explicit Error(const std::string& what, ErrorKind kind = ErrorKind::mistake)
      : std::runtime_error(what), kind_(kind) {}

  [[nodiscard]] ErrorKind kind() const noexcept { return kind_; }

  /// The same error with its place before the message: "PLACE: what".
  [[nodiscard]] Error within(std::string_view place) const {
    return Error(std::string(place) + ": " + std::runtime_error::what(), kind_);
  }

 private:
  ErrorKind kind_;
};

}  // namespace assay
