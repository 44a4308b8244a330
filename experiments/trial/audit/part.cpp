#include "experiments/trial/audit/part.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <optional>
#include <string_view>
#include <utility>

#include <fmt/format.h>

#include "core/assert.hpp"
#include "core/error.hpp"

namespace assay::trial {
namespace {

constexpr std::string_view kContent = " content";
constexpr std::string_view kBuild = " (build ";

/// Whether parts of a kind have names of their own.
enum class Naming { only_one, named };

struct KindWords {
  PartKind kind;
  std::string_view words;
  Naming naming = Naming::named;
};

/// No words of a kind with names are the beginning of another's: a text has one reading.
constexpr std::array kKinds = {
    KindWords{PartKind::environment, "env"},
    KindWords{PartKind::state, "state", Naming::only_one},
    KindWords{PartKind::working_directory, "working directory", Naming::only_one},
    KindWords{PartKind::standard_input, "standard input"},
    KindWords{PartKind::executable, "executable", Naming::only_one},
    KindWords{PartKind::interpreter, "interpreter", Naming::only_one},
    KindWords{PartKind::library, "library"},
    KindWords{PartKind::named_file, "named file"},
    KindWords{PartKind::input, "input"},
    KindWords{PartKind::harness, "harness"},
    KindWords{PartKind::swapped_file, "file"},
    KindWords{PartKind::changed_file, "changed file"},
    KindWords{PartKind::host, "host", Naming::only_one},
    KindWords{PartKind::boot, "boot", Naming::only_one},
    KindWords{PartKind::kernel, "kernel", Naming::only_one},
    KindWords{PartKind::governor, "governor", Naming::only_one},
    KindWords{PartKind::limit, "limit"},
    KindWords{PartKind::cgroup, "cgroup"},
    KindWords{PartKind::setting, "setting"},
};

std::string without_facet(const Part& part) {
  if (part.kind == PartKind::argument) return fmt::format("argv[{}]", part.name);
  const auto* const found =
      std::find_if(kKinds.begin(), kKinds.end(), [&](const KindWords& words) { return words.kind == part.kind; });
  ASSAY_ASSERT(found != kKinds.end());
  return found->naming == Naming::only_one ? std::string(found->words) : fmt::format("{} {}", found->words, part.name);
}

/// Takes words off the end of a text.
bool take_suffix(std::string_view& text, std::string_view suffix) {
  if (!text.ends_with(suffix)) return false;
  text.remove_suffix(suffix.size());
  return true;
}

/// Takes " (build 2)" off the end of a text.
std::optional<int> take_build(std::string_view& text) {
  const std::size_t begin = text.rfind(kBuild);
  if (begin == std::string_view::npos || !text.ends_with(')')) return std::nullopt;
  const std::string_view digits = text.substr(begin + kBuild.size(), text.size() - begin - kBuild.size() - 1);
  int build = 0;
  const auto [end, failure] = std::from_chars(digits.data(), digits.data() + digits.size(), build);
  if (failure != std::errc{} || end != digits.data() + digits.size()) return std::nullopt;
  text = text.substr(0, begin);
  return build;
}

std::optional<Part> parse_without_facet(std::string_view text) {
  if (text.starts_with("argv[") && text.ends_with(']')) {
    return Part{PartKind::argument, std::string(text.substr(5, text.size() - 6))};
  }
  for (const KindWords& words : kKinds) {
    if (!text.starts_with(words.words)) continue;
    const std::string_view rest = text.substr(words.words.size());
    if (words.naming == Naming::only_one && rest.empty()) return Part{words.kind};
    if (words.naming == Naming::named && rest.starts_with(' ')) return Part{words.kind, std::string(rest.substr(1))};
  }
  return std::nullopt;
}

/// "executable content", "library libc.so.6 content (build 2)".
std::optional<Part> parse_content(std::string_view text, const std::map<std::string, std::string>& all) {
  const std::optional<int> build = take_build(text);
  if (!take_suffix(text, kContent)) return std::nullopt;
  std::optional<Part> part = parse_without_facet(text);
  if (!part || !is_of_program(*part)) return std::nullopt;
  if (!build && part->kind == PartKind::library && !all.contains(std::string(text))) return std::nullopt;
  part->facet = PartFacet::content;
  part->build = build.value_or(1);
  return part;
}

}  // namespace

std::string to_string(const Part& part) {
  std::string text = without_facet(part);
  if (part.facet == PartFacet::content) text += kContent;
  if (part.build > 1) text += fmt::format("{}{})", kBuild, part.build);
  return text;
}

Part parse_part(const std::string& text, const std::map<std::string, std::string>& all) {
  if (std::optional<Part> content = parse_content(text, all)) return *std::move(content);
  if (std::optional<Part> part = parse_without_facet(text)) return *std::move(part);
  throw Error(fmt::format("\"{}\" is no part of a fingerprint", text));
}

bool is_of_program(const Part& part) {
  return part.kind == PartKind::executable || part.kind == PartKind::interpreter || part.kind == PartKind::library;
}

bool is_of_machine(const Part& part) {
  switch (part.kind) {
    case PartKind::host:
    case PartKind::boot:
    case PartKind::kernel:
    case PartKind::governor:
    case PartKind::limit:
    case PartKind::cgroup:
    case PartKind::setting:
      return true;
    case PartKind::argument:
    case PartKind::environment:
    case PartKind::state:
    case PartKind::working_directory:
    case PartKind::standard_input:
    case PartKind::executable:
    case PartKind::interpreter:
    case PartKind::library:
    case PartKind::named_file:
    case PartKind::input:
    case PartKind::harness:
    case PartKind::swapped_file:
    case PartKind::changed_file:
      return false;
  }
  return false;
}

Part path_part(const Part& part) {
  return {part.kind, part.name};
}

std::vector<Part> differing_parts(const Parts& one, const Parts& other) {
  std::vector<std::pair<std::string, Part>> differing;
  for (const auto& [part, value] : one) {
    const std::string* const found = find_part(other, part);
    if (found == nullptr || *found != value) differing.emplace_back(to_string(part), part);
  }
  for (const auto& [part, value] : other) {
    if (!one.contains(part)) differing.emplace_back(to_string(part), part);
  }
  std::sort(differing.begin(), differing.end());
  std::vector<Part> parts;
  for (auto& [text, part] : differing) parts.push_back(std::move(part));
  return parts;
}

const std::string* find_part(const Parts& parts, const Part& part) {
  const auto found = parts.find(part);
  return found == parts.end() ? nullptr : &found->second;
}

}  // namespace assay::trial
