#pragma once

/// Stops the program at a defect of assay itself; always on, never used on what a user gave.
/// A pure expression goes in: it is evaluated once, in every build.
#define ASSAY_ASSERT(condition) \
  (static_cast<bool>(condition) ? void(0) : ::assay::assertion_failed(#condition, __FILE__, __LINE__))

namespace assay {

/// Prints the broken condition with its place to stderr and aborts.
[[noreturn]] void assertion_failed(const char* condition, const char* file, int line) noexcept;

}  // namespace assay
