#include "experiments/record/verification/perf_document_check.hpp"

#include <algorithm>
#include <filesystem>

#include <fmt/format.h>

#include "core/error.hpp"
#include "core/host/files/files.hpp"
#include "experiments/record/documents/document_lines.hpp"
#include "experiments/record/documents/perf_documents.hpp"
#include "experiments/record/documents/section_damage.hpp"
#include "experiments/record/verification/section_difference.hpp"

namespace assay::record {
namespace {

std::optional<Difference> flaw_in(const PerfDocument& document) {
  const std::string text = std::filesystem::exists(document.path) ? host::read_file(document.path) : "";
  if (const std::size_t line = line_of_conflict(text); line > 0 && !document.sections.empty()) {
    return Difference{std::string(document.name), conflict_text(document.name, line)};
  }
  const std::vector<FoundSection> found = sections_in(text, document.name);
  for (const MarkedSection& expected : document.sections) {
    const auto section =
        std::find_if(found.begin(), found.end(), [&](const FoundSection& one) { return one.name == expected.name; });
    if (section == found.end()) {
      return Difference{std::string(document.name),
                        fmt::format("the entry of {} is missing: assay render writes it", expected.name)};
    }
    const std::string whole = section_text(expected, line_ending_of(text));
    if (section->whole == whole) continue;
    return section_difference({document.name, section->line, section->whole}, whole, expected.name);
  }
  for (const FoundSection& section : found) {
    const bool is_known = std::any_of(document.sections.begin(), document.sections.end(),
                                      [&](const MarkedSection& one) { return one.name == section.name; });
    if (is_known) continue;
    return Difference{std::string(section.name),
                      fmt::format("no record has this entry of {}:{}", document.name, section.line)};
  }
  return std::nullopt;
}

}  // namespace

std::optional<Difference> flaw_in_perf_documents(const Lab& lab, const std::vector<RecordSummary>& records) {
  for (const PerfDocument& document : perf_documents(lab, records)) {
    try {
      if (auto flaw = flaw_in(document)) return flaw;
    } catch (const Error& error) {
      return Difference{std::string(document.name), error.what()};
    }
  }
  return std::nullopt;
}

}  // namespace assay::record
