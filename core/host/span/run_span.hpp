#pragma once

#include <cstdint>
#include <optional>

namespace assay::host {

/// Names of spans are this long at most, in bytes, so that a line is written in one piece.
inline constexpr int kLongestSpanName = 1000;

/// What the time outside of all spans is called, as in core/trial_parts/phase_times.hpp.
inline constexpr const char* kNoSpanName = "(in no phase)";

/// Whether a span may be called that: not empty, not too long, without control characters, and not `kNoSpanName`.
[[nodiscard]] bool may_name_span(const char* name);

/// What the kernel counted for a command and those of its descendants that were waited for.
struct CommandUse {
  std::int64_t cpu_ns = 0;  ///< user and system time
  /// Time in which some task of the machine waited for storage, by pressure stall information; 0 if the command itself
  /// has read and written no block. std::nullopt: the kernel does not report it, or tasks waited for a processor
  /// meanwhile, so that nobody can tell what the command waited for.
  std::optional<std::int64_t> io_ns = {};
  std::optional<std::int64_t> memory_ns = {};  ///< the same of memory
};

/// A command that was run.
struct SpanRun {
  int status = 0;  ///< as wait(2) reports it; exit code 127 if there is no such program, 126 if it cannot be started
  std::int64_t start_ns = 0;  ///< on the monotonic clock
  std::int64_t end_ns = 0;
  CommandUse use = {};
};

/// Runs a command and appends the span from its start to its end to a file of docs/formats/spans.md.
///
/// A file that cannot be written is said on standard error and changes nothing else: the command is what matters.
/// SIGTERM and SIGHUP are handed on to the command; SIGINT and SIGQUIT, which a terminal sends to both, are left to it.
/// Takes no memory beyond the stack and throws nothing, so that the static `assay-span` can be made of it.
/// \param command  argv, ended by a null pointer; looked up in PATH
/// \param file     null: no span is written
/// That a command cannot be started is said on standard error.
[[nodiscard]] SpanRun run_span(const char* name, char* const* command, const char* file);

/// Ends this process as the command ended: with its exit code, or by the signal that killed it.
[[noreturn]] void end_as(int status);

}  // namespace assay::host
