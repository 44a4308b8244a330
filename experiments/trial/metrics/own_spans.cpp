#include "experiments/trial/metrics/own_spans.hpp"

#include <algorithm>
#include <filesystem>
#include <system_error>

#include <fmt/format.h>

#include "core/host/files/files.hpp"
#include "core/host/machine/clock.hpp"
#include "experiments/trial/metrics/span_formats.hpp"

namespace assay::trial {
namespace {

/// Empty if there is nothing to read. \throws Error if there is something that cannot be read.
std::string text_of_results(const std::string& path) {
  namespace fs = std::filesystem;
  std::error_code failure;
  if (path.empty() || !fs::is_regular_file(fs::status(path, failure))) return "";
  if (const auto size = fs::file_size(path, failure); !failure && size > kLargestSpanLog) {
    throw Error(fmt::format("it takes {}, more than the {} that are read, so all of its spans are left out",
                            format_bytes(static_cast<double>(size)),
                            format_bytes(static_cast<double>(kLargestSpanLog))));
  }
  return host::read_file(path);
}

/// How many spans lie within the trial if their times are moved.
std::size_t fitting(const SpanLog& log, const TrialTime& trial, nanoseconds move) {
  std::size_t count = 0;
  for (const auto& [name, spans] : log) {
    count += static_cast<std::size_t>(std::count_if(spans.begin(), spans.end(), [&](const Span& span) {
      return span.start + move >= trial.surely_within.start - kSpanLeeway &&
             span.end + move <= trial.surely_within.end + kSpanLeeway;
    }));
  }
  return count;
}

/// What has to be added to the times to have them on the monotonic clock.
nanoseconds move_of(const SpanLog& log, const TrialTime& trial, nanoseconds unix_ahead) {
  const std::size_t as_they_are = fitting(log, trial, {});
  const std::size_t as_unix = fitting(log, trial, -unix_ahead);
  if (as_they_are == 0 && as_unix == 0) return trial.surely_within.start - time_of(log).surely_within.start;
  return as_they_are >= as_unix ? nanoseconds{} : -unix_ahead;
}

}  // namespace

void add_own_spans(SpanLog& log, const ResultsSpans& results, const TrialTime& trial, nanoseconds unix_ahead,
                   const SpanRejection& on_rejected) {
  const std::string name = std::filesystem::path(results.file).filename();
  const SpanRejection reject_of_file = [&](const Error& error) {
    on_rejected(Error(fmt::format("{}: {}", name, error.what())));
  };
  SpanLog found;
  try {
    found = parse_spans_of_results(text_of_results(results.file), results.pointer, reject_of_file);
  } catch (const Error& error) {
    reject_of_file(error);
  }
  if (found.empty()) return;
  const nanoseconds move = move_of(found, trial, unix_ahead);
  for (const auto& [phase, spans] : found) {
    for (const Span& span : spans) log[phase].push_back(moved(span, move));
  }
}

nanoseconds unix_time_ahead() {
  return nanoseconds(host::unix_time_ns()) - host::monotonic_time();
}

}  // namespace assay::trial
