#pragma once

namespace assay::host {

/// Names of spans are this long at most, in bytes, so that a line is written in one piece.
inline constexpr int kLongestSpanName = 1000;

/// Whether a span may be called that: not empty, not too long, without control characters.
[[nodiscard]] bool may_name_span(const char* name);

/// Runs a command and appends the span from its start to its end to a file of docs/formats/spans.md.
///
/// A file that cannot be written is said on standard error and changes nothing else: the command is what matters.
/// SIGTERM and SIGHUP are handed on to the command; SIGINT and SIGQUIT, which a terminal sends to both, are left to it.
/// Takes no memory beyond the stack and throws nothing, so that the static `assay-span` can be made of it.
/// \param command  argv, ended by a null pointer; looked up in PATH
/// \param file     null: no span is written
/// \returns the status that wait(2) tells of the command; as of exit code 127 where there is no such program and of 126
/// where it cannot be started, which is said on standard error.
[[nodiscard]] int run_span(const char* name, char* const* command, const char* file);

/// Ends this process as the command ended: with its exit code, or by the signal that killed it.
[[noreturn]] void end_as(int status);

}  // namespace assay::host
