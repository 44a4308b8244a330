#pragma once

/// Stops the program at a defect of assay itself. It is always on and never used on user input. Pass a pure expression:
/// it is evaluated once, in every build.
#define ASSAY_ASSERT(condition) \
  (static_cast<bool>(condition) ? void(0) : ::assay::assertion_failed(#condition, __FILE__, __LINE__))

namespace assay {

/// Prints the violated condition with its file and line to stderr, and aborts.
[[noreturn]] void assertion_failed(const char* condition, const char* file, int line) noexcept;

}  // namespace assay
