#include "experiments/trial/metrics/span_log.hpp"

#include <algorithm>
#include <filesystem>
#include <limits>
#include <numeric>
#include <system_error>
#include <utility>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "core/error.hpp"
#include "core/host/files/files.hpp"
#include "core/host/span/span_ring.hpp"
#include "core/text/utf8.hpp"
#include "core/text/valid_text.hpp"
#include "experiments/trial/metrics/kernel_times.hpp"
#include "experiments/trial/metrics/quick_span_line.hpp"
#include "experiments/trial/metrics/span_keys.hpp"

namespace assay::trial {
namespace {

using nlohmann::json;

Span span_of(nanoseconds start, nanoseconds end) {
  if (end < start) throw Error("it ends before it starts");
  return {.start = start, .end = end};
}

void add_span(const json& line, SpanLog& log, SpanOrigins& origins) {
  if (!line.is_object()) throw Error("it is not a JSON object");
  const auto name = line.find("name");
  if (name == line.end() || !name->is_string()) throw Error("it has no \"name\" that is a text");
  require_span_name(name->get_ref<const std::string&>());
  Span span = span_of(nanoseconds_at(line, "start_ns"), nanoseconds_at(line, "end_ns"));
  span.kernel = kernel_times_of(line);
  span.origin = origins.shared(origin_of(line));
  log[name->get<std::string>()].push_back(span);
}

void add_span(SpanLine line, SpanLog& log, SpanOrigins& origins) {
  line.span.origin = origins.shared(std::move(line.origin));
  auto spans = log.find(line.name);
  if (spans == log.end()) spans = log.try_emplace(std::string(line.name)).first;
  spans->second.push_back(std::move(line.span));
}

void throw_it(const Error& error) {
  throw error;
}

/// Takes the first line off the text. \returns it without its end, and whether it had one.
std::pair<std::string_view, bool> take_line(std::string_view& text) {
  const std::size_t end = text.find('\n');
  const std::string_view line = text.substr(0, end);
  text.remove_prefix(end == std::string_view::npos ? text.size() : end + 1);
  return {line, end != std::string_view::npos};
}

}  // namespace

void require_span_name(std::string_view name) {
  if (name.empty()) throw Error("its name is empty");
  if (name == kNoPhase) throw Error(fmt::format("\"{}\" is what the time outside of all spans is called", kNoPhase));
}

Span moved(Span span, nanoseconds ahead) {
  span.start += ahead;
  span.end += ahead;
  return span;
}

SpanLog parse_span_log(std::string_view text, const SpanRejection& on_rejected) {
  SpanLog log;
  SpanOrigins origins;
  QuickSpanLines quick;
  for (int number = 1; !text.empty(); ++number) {
    const auto [line, ended] = take_line(text);
    if (text.size() >= QuickSpanLines::kRoom) {
      if (auto read = quick.read(line)) {
        add_span(*std::move(read), log, origins);
        continue;
      }
    }
    if (line.find_first_not_of(" \t\r") == std::string_view::npos) continue;
    const json document = json::parse(line, nullptr, false);
    if (document.is_discarded() && !ended) break;  // whoever wrote it was killed meanwhile
    try {
      add_span(document, log, origins);
    } catch (const Error& error) {
      on_rejected(Error(fmt::format("line {} of the spans is no span: {}", number, error.what())));
    }
  }
  return log;
}

SpanLog parse_span_log(std::string_view text) {
  return parse_span_log(text, throw_it);
}

namespace {

SpanLog read_lines(const std::string& path, const SpanRejection& on_rejected) {
  namespace fs = std::filesystem;
  std::error_code failure;
  const fs::file_status status = fs::symlink_status(path, failure);
  if (!fs::exists(status)) return {};
  // Reading a pipe that the trial put there would never end.
  if (!fs::is_regular_file(status)) throw Error("the trial made something else than a file of $ASSAY_SPANS");
  const auto size = fs::file_size(path, failure);
  if (failure) throw Error(fmt::format("the spans cannot be read: {}", failure.message()));
  if (size > kLargestSpanLog) {
    throw Error(
        fmt::format("the spans take {}, more than the {} that are read, so all of them are left out: report fewer",
                    format_bytes(static_cast<double>(size)), format_bytes(static_cast<double>(kLargestSpanLog))));
  }
  return parse_span_log(host::read_file(path), on_rejected);
}

/// A sum that misses spans would pass for a speed-up, so a ring that lost some fails the trial.
void require_none_lost(const host::SpanRing& ring, const SpanRejection& on_rejected) {
  const auto refuse = [&on_rejected](std::uint64_t lost, std::string_view why) {
    if (lost > 0) on_rejected(Error(fmt::format("the ring of spans lost {} of them: {}", lost, why)));
  };
  refuse(ring.beyond_capacity, "it was full; report fewer");
  refuse(ring.nameless, "it had no room for their names; use fewer names, or shorter ones");
  refuse(ring.unbacked, "the file system had no space for them; free some and try again");
}

nanoseconds ring_time(std::uint64_t time) {
  if (time > std::uint64_t{std::numeric_limits<std::int64_t>::max()}) throw Error("its time is beyond 2^63 ns");
  return nanoseconds(static_cast<std::int64_t>(time));
}

void add_ring(const host::SpanRing& ring, SpanLog& log, const SpanRejection& on_rejected) {
  require_none_lost(ring, on_rejected);
  SpanOrigins origins;
  for (const host::RecordedSpan& recorded : ring.spans) {
    const std::string name = valid_text(recorded.name);
    try {
      require_span_name(name);
      Span span = span_of(ring_time(recorded.start_ns), ring_time(recorded.end_ns));
      span.origin = origins.shared({.chunk = recorded.chunk});
      log[name].push_back(std::move(span));
    } catch (const Error& error) {
      on_rejected(
          Error(fmt::format("a span called {} in the ring of spans is no span: {}", in_quotes(name), error.what())));
    }
  }
}

}  // namespace

std::string ring_of_spans(const std::string& path) {
  return path + ".ring";
}

SpanLog read_span_log(const std::string& path) {
  SpanLog log = read_lines(path, throw_it);
  add_ring(host::read_span_ring(ring_of_spans(path)), log, throw_it);
  return log;
}

SpanLog read_span_log(const std::string& path, const SpanRejection& on_rejected) {
  SpanLog log;
  try {
    log = read_lines(path, on_rejected);
  } catch (const Error& error) {
    on_rejected(error);
  }
  try {
    add_ring(host::read_span_ring(ring_of_spans(path)), log, on_rejected);
  } catch (const Error& error) {
    on_rejected(error);
  }
  return log;
}

namespace {

void require_within(const std::string& name, const Span& span, const TrialTime& trial) {
  const auto refuse_beyond = [&name](nanoseconds beyond, std::string_view what) {
    if (beyond <= kSpanLeeway) return;
    throw Error(fmt::format("a span called {} {} by {}: times are those of CLOCK_MONOTONIC", in_quotes(name), what,
                            format_duration(beyond)));
  };
  refuse_beyond(trial.surely_within.start - span.start, "starts before the trial did,");
  refuse_beyond(span.end - trial.surely_within.end, "ends after the trial did,");
  refuse_beyond(span.end - span.start - trial.wall, "lasts longer than the trial did,");
}

}  // namespace

void require_within(const SpanLog& log, const TrialTime& trial) {
  for (const auto& [name, spans] : log) {
    for (const Span& span : spans) require_within(name, span, trial);
  }
}

void keep_within(SpanLog& log, const TrialTime& trial, const SpanRejection& on_rejected) {
  for (auto& [name, spans] : log) {
    std::erase_if(spans, [&, &phase = name](const Span& span) {
      try {
        require_within(phase, span, trial);
        return false;
      } catch (const Error& error) {
        on_rejected(error);
        return true;
      }
    });
  }
  std::erase_if(log, [](const auto& of_name) { return of_name.second.empty(); });
}

std::size_t greatest_overlap(const std::vector<Span>& spans) {
  std::vector<std::pair<nanoseconds, int>> changes;  // an end comes before a start at the same time
  for (const Span& span : spans) {
    if (span.start == span.end) continue;
    changes.emplace_back(span.start, 1);
    changes.emplace_back(span.end, -1);
  }
  std::sort(changes.begin(), changes.end());
  int open = 0;
  int most = spans.empty() ? 0 : 1;  // a span without length overlaps no other
  for (const auto& [time, change] : changes) {
    open += change;
    most = std::max(most, open);
  }
  return static_cast<std::size_t>(most);
}

std::vector<double> span_seconds(const SpanLog& log, std::string_view name) {
  const auto found = log.find(name);
  if (found == log.end()) throw Error(fmt::format("the trial reported no span called {}", in_quotes(name)));
  std::vector<double> seconds;
  for (const Span& span : found->second) {
    seconds.push_back(std::chrono::duration<double>(span.end - span.start).count());
  }
  return seconds;
}

double span_figure(const SpanLog& log, const SpanSource& source) {
  const auto found = log.find(source.name);
  const bool none = found == log.end();
  if (source.figure == SpanFigure::count) return none ? 0 : static_cast<double>(found->second.size());
  if (source.figure == SpanFigure::overlap) return none ? 0 : static_cast<double>(greatest_overlap(found->second));
  const std::vector<double> seconds = span_seconds(log, source.name);
  return std::accumulate(seconds.begin(), seconds.end(), 0.0);
}

}  // namespace assay::trial
