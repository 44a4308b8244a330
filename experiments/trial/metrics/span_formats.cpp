#include "experiments/trial/metrics/span_formats.hpp"

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <utility>
#include <vector>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "core/text/parsed_number.hpp"
#include "core/text/utf8.hpp"
#include "experiments/trial/metrics/kernel_times.hpp"
#include "experiments/trial/metrics/span_keys.hpp"

namespace assay::trial {
namespace {

using nlohmann::json;

constexpr double kLongest = 9.2e18;  ///< in nanoseconds, just below 2^63

nanoseconds from_number(double value, double nanoseconds_each) {
  const double time = value * nanoseconds_each;
  if (!(std::abs(time) < kLongest)) throw Error("its time is beyond 2^63 ns");
  return nanoseconds(std::llround(time));
}

const json& member(const json& object, const char* key) {
  const auto found = object.find(key);
  if (found == object.end()) throw Error(fmt::format("it has no \"{}\"", key));
  return *found;
}

std::string event_name(const json& event) {
  if (!event.is_object()) throw Error("it is not a JSON object");
  const json& name = member(event, "name");
  if (!name.is_string()) throw Error("it has no \"name\" that is a text");
  require_span_name(name.get_ref<const std::string&>());
  return name.get<std::string>();
}

double number_of(const json& event, const char* key) {
  const json& value = member(event, key);
  if (!value.is_number()) throw Error(fmt::format("\"{}\" is not a number", key));
  return value.get<double>();
}

/// Whole nanoseconds, as a number or, as OpenTelemetry writes them, in a text.
nanoseconds whole_nanoseconds(const json& event, const char* key) {
  const json& value = member(event, key);
  if (value.is_number_integer()) return nanoseconds(value.get<std::int64_t>());
  if (value.is_string()) {
    if (const auto number = parsed_number<std::int64_t>(value.get_ref<const std::string&>())) {
      return nanoseconds(*number);
    }
  }
  throw Error(fmt::format("\"{}\" is not a whole number of nanoseconds", key));
}

/// Collects spans of one file; whatever throws is no span.
class Collector {
 public:
  explicit Collector(const SpanRejection& on_rejected) : on_rejected_(on_rejected) {}

  void add(std::string name, Span span, SpanOrigin origin) {
    if (span.end < span.start) throw Error("it ends before it starts");
    span.origin = origins_.shared(std::move(origin));
    log_[std::move(name)].push_back(std::move(span));
  }

  /// Calls the function for each element of the list.
  template <class Function>
  void each(const json& list, const Function& function) {
    if (!list.is_array()) throw Error("the spans are not a list");
    std::size_t number = 0;
    for (const json& element : list) {
      ++number;
      try {
        function(element);
      } catch (const Error& error) {
        reject(fmt::format("element {} of the spans is no span: {}", number, error.what()));
      }
    }
  }

  void reject(const std::string& why) { on_rejected_(Error(why)); }

  SpanLog take() { return std::move(log_); }

 private:
  const SpanRejection& on_rejected_;
  SpanOrigins origins_;
  SpanLog log_;
};

void add_listed(const json& list, Collector& collector) {
  collector.each(list, [&collector](const json& event) {
    collector.add(event_name(event),
                  {.start = whole_nanoseconds(event, "start_ns"),
                   .end = whole_nanoseconds(event, "end_ns"),
                   .kernel = kernel_times_of(event)},
                  origin_of(event));
  });
}

void add_durations(const json& object, Collector& collector) {
  nanoseconds start{};
  for (const auto& [name, seconds] : object.items()) {
    if (!seconds.is_number() || seconds.get<double>() < 0) {
      collector.reject(fmt::format("{} is no number of seconds", in_quotes(name)));
      continue;
    }
    if (name.empty() || name == kNoPhase) {
      collector.reject(fmt::format("{} is no name of a phase", in_quotes(name)));
      continue;
    }
    try {
      const nanoseconds length = from_number(seconds.get<double>(), 1e9);
      if (length > nanoseconds::max() - start) throw Error("its time is beyond 2^63 ns");
      collector.add(name, {.start = start, .end = start + length}, {});
      start += length;
    } catch (const Error& error) {
      collector.reject(fmt::format("{}: {}", in_quotes(name), error.what()));
    }
  }
}

/// Events that have begun and not yet ended, by process and thread, the innermost last.
using OpenEvents = std::map<std::pair<std::string, std::string>, std::vector<std::pair<std::string, nanoseconds>>>;

std::pair<std::string, std::string> thread_of(const json& event) {
  const auto text = [&event](const char* key) { return event.contains(key) ? event.at(key).dump() : std::string(); };
  return {text("pid"), text("tid")};
}

/// Traces call processes and threads by numbers or by names.
SpanOrigin origin_of_event(const json& event) {
  const auto id = [&event](const char* key) -> std::optional<std::int64_t> {
    const auto found = event.find(key);
    if (found == event.end()) return std::nullopt;
    if (found->is_number_integer()) return found->get<std::int64_t>();
    return static_cast<std::int64_t>(std::hash<std::string>{}(found->dump()));
  };
  return {id("pid"), id("tid"), std::nullopt, std::nullopt};
}

void add_event(const json& event, OpenEvents& open, Collector& collector) {
  constexpr double kMicrosecond = 1000;
  if (!event.is_object()) throw Error("it is not a JSON object");
  const json& kind = member(event, "ph");
  if (kind == "X") {
    const nanoseconds start = from_number(number_of(event, "ts"), kMicrosecond);
    std::optional<KernelTimes> kernel;  // the time that the thread's own clock counted
    if (event.contains("tdur")) kernel = {.cpu = from_number(number_of(event, "tdur"), kMicrosecond)};
    const nanoseconds end = start + from_number(number_of(event, "dur"), kMicrosecond);
    collector.add(event_name(event), {.start = start, .end = end, .kernel = kernel}, origin_of_event(event));
  } else if (kind == "B") {
    open[thread_of(event)].emplace_back(event_name(event), from_number(number_of(event, "ts"), kMicrosecond));
  } else if (kind == "E") {
    auto& stack = open[thread_of(event)];
    if (stack.empty()) throw Error("it ends what never began");
    const auto [name, start] = stack.back();
    stack.pop_back();
    const nanoseconds end = from_number(number_of(event, "ts"), kMicrosecond);
    collector.add(name, {.start = start, .end = end}, origin_of_event(event));
  }
}

void add_events(const json& events, Collector& collector) {
  OpenEvents open;
  collector.each(events, [&](const json& event) { add_event(event, open, collector); });
  for (const auto& [thread, stack] : open) {
    for (const auto& [name, start] : stack) {
      collector.reject(fmt::format("a span called {} began and never ended", in_quotes(name)));
    }
  }
}

std::string text_at(const json& object, const char* key) {
  const auto found = object.find(key);
  return found != object.end() && found->is_string() ? found->get<std::string>() : std::string();
}

/// Names of spans by trace and span id.
using SpanNames = std::map<std::pair<std::string, std::string>, std::string>;

/// Calls the function for each span. \throws Error that names a list which is none
template <class Function>
void each_telemetry_span(const json& resources, Collector& collector, const Function& function) {
  collector.each(resources, [&](const json& resource) {
    collector.each(member(resource, "scopeSpans"),
                   [&](const json& scope) { collector.each(member(scope, "spans"), function); });
  });
}

/// Looks no closer than at the names: whoever reads the spans themselves says what is wrong with them.
SpanNames telemetry_names(const json& resources) {
  const SpanRejection none = [](const Error&) {};
  Collector silent(none);
  SpanNames names;
  each_telemetry_span(resources, silent, [&names](const json& span) {
    if (span.is_object()) names[{text_at(span, "traceId"), text_at(span, "spanId")}] = text_at(span, "name");
  });
  return names;
}

/// A span without a parent is part of none. One whose parent is in another file does not say.
SpanOrigin origin_of_telemetry(const json& span, const SpanNames& names) {
  const std::string parent = text_at(span, "parentSpanId");
  if (text_at(span, "spanId").empty()) return {};
  if (parent.empty()) return {{}, {}, {}, ""};
  const auto found = names.find({text_at(span, "traceId"), parent});
  return found == names.end() ? SpanOrigin{} : SpanOrigin{{}, {}, {}, found->second};
}

void add_telemetry_span(const json& span, const SpanNames& names, Collector& collector) {
  std::string name = event_name(span);
  const nanoseconds start = whole_nanoseconds(span, "startTimeUnixNano");
  const nanoseconds end = span.contains("endTimeUnixNano") ? whole_nanoseconds(span, "endTimeUnixNano") : nanoseconds{};
  if (end == nanoseconds{}) throw Error(fmt::format("{} began and never ended", in_quotes(name)));
  collector.add(std::move(name), {.start = start, .end = end}, origin_of_telemetry(span, names));
}

void add_telemetry(const json& resources, Collector& collector) {
  const SpanNames names = telemetry_names(resources);
  each_telemetry_span(resources, collector, [&](const json& span) { add_telemetry_span(span, names, collector); });
}

bool are_events(const json& list) {
  return std::any_of(list.begin(), list.end(),
                     [](const json& event) { return event.is_object() && event.contains("ph"); });
}

void add_document(const json& document, Collector& collector) {
  if (document.is_array())
    return are_events(document) ? add_events(document, collector) : add_listed(document, collector);
  if (!document.is_object()) throw Error("there are no spans: expected a list or an object");
  if (document.contains("traceEvents")) return add_events(document.at("traceEvents"), collector);
  if (document.contains("resourceSpans")) return add_telemetry(document.at("resourceSpans"), collector);
  for (const char* const key : {"spans", "phases"}) {
    if (document.contains(key)) return add_document(document.at(key), collector);
  }
  add_durations(document, collector);
}

/// An array of events need not have an end: a program that is killed cannot write it.
json parse_document(std::string_view text) {
  json document = json::parse(text, nullptr, false);
  if (!document.is_discarded()) return document;
  const std::size_t first = text.find_first_not_of(" \t\r\n");
  const std::size_t last = text.find_last_of('}');
  if (first == std::string_view::npos || text[first] != '[' || last == std::string_view::npos) return document;
  return json::parse(std::string(text.substr(0, last + 1)) + "]", nullptr, false);
}

/// With times from the earliest start.
SpanLog from_the_start(SpanLog log) {
  const nanoseconds origin = time_of(log).surely_within.start;
  for (auto& [name, spans] : log) {
    for (Span& span : spans) span = moved(span, -origin);
  }
  return log;
}

bool are_lines(const json& document) {
  return document.is_discarded() ||
         (document.is_object() && document.contains("name") && document.contains("start_ns"));
}

/// Whether the first line is JSON by itself: such results may have a document on each line.
bool are_json_lines(std::string_view text) {
  return json::accept(text.substr(0, text.find('\n')));
}

/// Whether a results file is meant: its members may be anything, and only some are spans.
bool may_hold_spans(const json& document) {
  if (document.is_array()) return are_events(document);
  if (!document.is_object()) return false;
  const auto has_list = [&document](const char* key) { return document.contains(key) && document.at(key).is_array(); };
  const auto phases = document.find("phases");
  return has_list("traceEvents") || has_list("resourceSpans") || has_list("spans") ||
         (phases != document.end() && phases->is_structured());
}

SpanLog spans_of_lines(std::string_view text, const std::string& pointer, const SpanRejection& on_rejected) {
  if (!pointer.empty()) throw Error(fmt::format("it is no JSON document, so it has no place {}", pointer));
  SpanLog log = parse_span_log(text, on_rejected);
  if (log.empty())
    throw Error("it has no spans: expected JSON lines, Chrome trace events, OpenTelemetry JSON, or phases");
  return log;
}

SpanLog spans_of_document(const json& document, const std::string& pointer, const SpanRejection& on_rejected) {
  Collector collector(on_rejected);
  try {
    add_document(pointer.empty() ? document : document.at(json::json_pointer(pointer)), collector);
  } catch (const json::exception&) {
    throw Error(fmt::format("it has no place {}: expected a JSON pointer such as /spans", in_quotes(pointer)));
  }
  return collector.take();
}

}  // namespace

SpanLog parse_any_spans(std::string_view text, const std::string& pointer, const SpanRejection& on_rejected) {
  const json document = parse_document(text);
  if (are_lines(document)) return spans_of_lines(text, pointer, on_rejected);
  return from_the_start(spans_of_document(document, pointer, on_rejected));
}

SpanLog parse_spans_of_results(std::string_view text, const std::string& pointer, const SpanRejection& on_rejected) {
  const json document = parse_document(text);
  if (document.is_discarded()) {
    // Results need not be JSON. What begins like it was to be, and so was what has a place in it.
    const std::size_t first = text.find_first_not_of(" \t\r\n");
    const bool is_broken = first != std::string_view::npos && (text[first] == '{' || text[first] == '[');
    if (!pointer.empty() && !text.empty()) {
      on_rejected(Error(fmt::format("it is no JSON document, so it has no place {}", in_quotes(pointer))));
    } else if (is_broken && !are_json_lines(text)) {
      on_rejected(Error("it stops being JSON, so none of its spans is read"));
    }
    return {};
  }
  if (pointer.empty() && !may_hold_spans(document)) return {};
  try {
    return spans_of_document(document, pointer, on_rejected);
  } catch (const Error& error) {
    on_rejected(error);
    return {};
  }
}

TrialTime time_of(const SpanLog& log) {
  Span whole{.start = nanoseconds::max(), .end = nanoseconds::min()};
  for (const auto& [name, spans] : log) {
    for (const Span& span : spans) {
      whole = {.start = std::min(whole.start, span.start), .end = std::max(whole.end, span.end)};
    }
  }
  if (whole.end < whole.start) return {};
  return {whole, whole.end - whole.start};
}

}  // namespace assay::trial
