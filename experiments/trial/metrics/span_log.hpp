#pragma once

#include <cstddef>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/error.hpp"
#include "core/metric.hpp"
#include "core/trial_parts/phase_times.hpp"
#include "core/units.hpp"
#include "experiments/trial/metrics/span_origin.hpp"

namespace assay::trial {

/// What the kernel counted while a span was open.
struct KernelTimes {
  nanoseconds cpu{};                       ///< of processors; those of several at once add up
  std::optional<nanoseconds> io = {};      ///< in which it waited for storage
  std::optional<nanoseconds> memory = {};  ///< in which it waited for memory
  friend bool operator==(const KernelTimes&, const KernelTimes&) = default;
};

/// A stretch of time of a trial, on the monotonic clock.
struct Span {
  nanoseconds start{};                            ///< at least 0
  nanoseconds end{};                              ///< not before start
  std::optional<KernelTimes> kernel = {};         ///< std::nullopt: whoever wrote it does not report it
  std::shared_ptr<const SpanOrigin> origin = {};  ///< nullptr: it does not say who opened it
  friend bool operator==(const Span& left, const Span& right) {
    const bool is_same_origin =
        left.origin == right.origin || (left.origin && right.origin && *left.origin == *right.origin);
    return left.start == right.start && left.end == right.end && left.kernel == right.kernel && is_same_origin;
  }
};

/// The same span on a clock that is ahead by that much.
[[nodiscard]] Span moved(Span span, nanoseconds ahead);

/// The spans that one trial reported, by their name, in the order of their lines.
using SpanLog = std::map<std::string, std::vector<Span>, std::less<>>;

/// \throws Error if no span can be called so: the name is empty, or `kNoPhase`.
void require_span_name(std::string_view name);

/// The largest file of spans that is read: a million lines with all keys of docs/formats/spans.md take less.
inline constexpr std::size_t kLargestSpanLog = std::size_t{128} << 20;

/// A line that is not a span, in the words of `parse_span_log`.
using SpanRejection = std::function<void(const Error&)>;

/// Reads the lines of docs/formats/spans.md. A last line that was cut off in writing is left out.
/// \throws Error that names the first line that is no span, and why.
[[nodiscard]] SpanLog parse_span_log(std::string_view text);
/// The same, but a line that is no span is left out and `on_rejected` receives why.
[[nodiscard]] SpanLog parse_span_log(std::string_view text, const SpanRejection& on_rejected);

/// Where programs that use <assay/span.hpp> record their spans: beside the file that $ASSAY_SPANS names.
[[nodiscard]] std::string ring_of_spans(const std::string& path);

/// Reads the spans that a trial left: the lines of the file that $ASSAY_SPANS names, then the ring beside it. A file
/// that the trial did not make has none.
/// \throws Error as `parse_span_log` does; also if either is not a regular file, if the lines take more than
/// `kLargestSpanLog`, or if the ring had no room for some spans.
[[nodiscard]] SpanLog read_span_log(const std::string& path);
/// The same, but whatever is no span, or cannot be read, is left out and `on_rejected` receives why.
[[nodiscard]] SpanLog read_span_log(const std::string& path, const SpanRejection& on_rejected);

/// The tolerance at a trial's start and end, which are known only from outside.
inline constexpr nanoseconds kSpanLeeway = std::chrono::milliseconds(1);

/// When a trial may have run, and for how long it did. A trial that waited to be started, or that left something behind
/// that had to be ended, ran for less than the time between the two ends.
struct TrialTime {
  Span surely_within;
  nanoseconds wall{};
};

/// \throws Error that names a span which cannot be the trial's, because by more than `kSpanLeeway` it started before
/// the trial, ended after it, or lasted longer.
void require_within(const SpanLog& log, const TrialTime& trial);
/// Takes such spans out of the log. `on_rejected` receives why.
void keep_within(SpanLog& log, const TrialTime& trial, const SpanRejection& on_rejected);

/// The greatest number of spans that were open at once. A span that ends when another starts does not overlap it.
/// Cost: O(n log n).
[[nodiscard]] std::size_t greatest_overlap(const std::vector<Span>& spans);

/// How long each span of that name lasted, in the order of their lines. \throws Error if there is none.
[[nodiscard]] std::vector<double> span_seconds(const SpanLog& log, std::string_view name);

/// The value of a metric that is read from a trial's spans: the sum of their seconds, or a number of spans, which is 0
/// if no span has the name. \throws Error if a duration is asked for and no span has the name.
[[nodiscard]] double span_figure(const SpanLog& log, const SpanSource& source);

}  // namespace assay::trial
