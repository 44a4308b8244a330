#include "experiments/trial/metrics/quick_span_line.hpp"

#include <array>
#include <cstdint>
#include <simdjson.h>
#include <utility>
#include <vector>

namespace assay::trial {
namespace {

using QuickElement = simdjson::dom::element;

/// The keys of a line that have a meaning.
struct QuickMembers {
  std::optional<QuickElement> name;
  std::optional<QuickElement> start;
  std::optional<QuickElement> end;
  std::optional<QuickElement> cpu;
  std::optional<QuickElement> io;
  std::optional<QuickElement> memory;
  std::optional<QuickElement> process;
  std::optional<QuickElement> thread;
  std::optional<QuickElement> ancestors;
  std::optional<QuickElement> parent;
};

constexpr std::array<std::pair<std::string_view, std::optional<QuickElement> QuickMembers::*>, 10> kQuickKeys = {
    {{"name", &QuickMembers::name},
     {"start_ns", &QuickMembers::start},
     {"end_ns", &QuickMembers::end},
     {"cpu_ns", &QuickMembers::cpu},
     {"io_ns", &QuickMembers::io},
     {"memory_ns", &QuickMembers::memory},
     {"pid", &QuickMembers::process},
     {"tid", &QuickMembers::thread},
     {"ancestors", &QuickMembers::ancestors},
     {"parent", &QuickMembers::parent}}};

[[noreturn]] void leave_to_the_strict_reader() {
  throw simdjson::simdjson_error(simdjson::UNEXPECTED_ERROR);
}

/// If a key occurs twice, the strict reader has to say which one counts.
QuickMembers quick_members(simdjson::dom::object line) {
  QuickMembers members;
  for (const simdjson::dom::key_value_pair member : line) {
    for (const auto& [key, place] : kQuickKeys) {
      if (member.key != key) continue;
      if (members.*place) leave_to_the_strict_reader();
      members.*place = member.value;
      break;
    }
  }
  return members;
}

nanoseconds quick_time(const std::optional<QuickElement>& value) {
  if (!value) leave_to_the_strict_reader();
  const std::int64_t time = value->get_int64();
  if (time < 0) leave_to_the_strict_reader();
  return nanoseconds(time);
}

std::optional<nanoseconds> quick_time_if_there(const std::optional<QuickElement>& value) {
  return value ? std::optional(quick_time(value)) : std::nullopt;
}

std::optional<std::int64_t> quick_number_if_there(const std::optional<QuickElement>& value) {
  return value ? std::optional(value->get_int64().value()) : std::nullopt;
}

SpanOrigin quick_origin(const QuickMembers& members) {
  SpanOrigin origin{.process = quick_number_if_there(members.process), .thread = quick_number_if_there(members.thread)};
  if (members.ancestors) {
    origin.ancestors.emplace();
    for (const QuickElement one : members.ancestors->get_array()) origin.ancestors->push_back(one.get_int64());
  }
  if (members.parent) origin.parent = std::string(std::string_view(members.parent->get_string()));
  return origin;
}

SpanLine quick_line(const QuickMembers& members) {
  if (!members.name) leave_to_the_strict_reader();
  SpanLine line{.name = members.name->get_string(), .span = {}, .origin = quick_origin(members)};
  line.span.start = quick_time(members.start);
  line.span.end = quick_time(members.end);
  if (line.name.empty() || line.name == kNoPhase || line.span.end < line.span.start) leave_to_the_strict_reader();
  if (const auto cpu = quick_time_if_there(members.cpu)) {
    line.span.kernel = {
        .cpu = *cpu, .io = quick_time_if_there(members.io), .memory = quick_time_if_there(members.memory)};
  }
  return line;
}

}  // namespace

struct QuickSpanLines::Parser {
  simdjson::dom::parser parser;
};

const std::size_t QuickSpanLines::kRoom = simdjson::SIMDJSON_PADDING;

QuickSpanLines::QuickSpanLines() : parser_(std::make_unique<Parser>()) {}
QuickSpanLines::~QuickSpanLines() = default;

std::optional<SpanLine> QuickSpanLines::read(std::string_view line) {
  try {
    const simdjson::dom::object object = parser_->parser.parse(line.data(), line.size(), false);
    return quick_line(quick_members(object));
  } catch (const simdjson::simdjson_error&) {
    return std::nullopt;
  }
}

}  // namespace assay::trial
