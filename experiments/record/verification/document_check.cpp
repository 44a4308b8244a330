#include "experiments/record/verification/document_check.hpp"

#include <algorithm>
#include <filesystem>
#include <map>

#include <fmt/format.h>

#include "core/error.hpp"
#include "core/host/files/files.hpp"
#include "core/text/regular_expression.hpp"
#include "core/text/utf8.hpp"
#include "experiments/record/documents/decisions.hpp"
#include "experiments/record/documents/document_lines.hpp"
#include "experiments/record/documents/section_damage.hpp"
#include "experiments/record/verification/section_difference.hpp"

namespace assay::record {
namespace {

/// "## 0007 poll: improved → keep": what the heading of a record's entry looks like.
const RegularExpression& heading_of_an_entry() {
  static const RegularExpression expression("^#{1,6}[ \\t]+[0-9]{4,}[ \\t].*(→|->)");
  return expression;
}

/// Where a heading outside of all sections looks like one of them; empty if there is none. Code is no heading.
std::string false_heading(std::string_view text, const std::vector<FoundSection>& sections, std::string_view document) {
  const std::vector<Line> lines = lines_of(text);
  auto section = sections.begin();
  for (std::size_t index = 0; index < lines.size(); ++index) {
    if (section != sections.end() && index + 1 == section->line) {
      index += static_cast<std::size_t>(std::count(section->whole.begin(), section->whole.end(), '\n'));
      ++section;
      continue;
    }
    index = end_of_code(lines, index);
    if (!heading_of_an_entry().first_match(lines[index].content)) continue;
    return fmt::format(
        "{}:{}: the heading {} looks like that of a record's entry, and assay did not write it: word it otherwise",
        document, index + 1, in_quotes(lines[index].content));
  }
  return "";
}

}  // namespace

DocumentOnDisk::DocumentOnDisk(RenderedDocument document) : document_(std::move(document)) {
  if (!std::filesystem::exists(document_.path)) return;
  const std::string text = host::read_file(document_.path);
  line_ending_ = line_ending_of(text);
  try {
    const std::vector<FoundSection> sections = sections_in(text, document_.name);
    for (const FoundSection& found : sections) {
      sections_.push_back({std::string(found.name), std::string(found.whole), found.line});
    }
    damage_ = false_heading(text, sections, document_.name);
    const std::size_t line = line_of_conflict(text);
    if (damage_.empty() && line > 0) damage_ = conflict_text(document_.name, line);
  } catch (const Error& error) {
    damage_ = error.what();
  }
}

KnownHashes DocumentOnDisk::hashes() const {
  KnownHashes hashes;
  for (const Section& section : sections_) hashes.emplace(record_hash_in(section.whole), section.name);
  hashes.erase("");
  return hashes;
}

std::size_t DocumentOnDisk::section_count() const {
  return sections_.size();
}

std::optional<Difference> DocumentOnDisk::flaw_in(const Section& section, const RecordSummary& record,
                                                  const std::string& expected) const {
  if (section.whole == expected) return std::nullopt;
  const std::string hash = record_hash_in(section.whole);
  if (hash != record.sha256 && !hash.empty()) {
    return Difference{record.name,
                      fmt::format("the file or its entry was changed: its SHA-256 is {}, but {}:{} says {}",
                                  record.sha256, document_.name, section.line, hash)};
  }
  return section_difference({document_.name, section.line, section.whole}, expected, record.name);
}

bool DocumentOnDisk::is_earlier(const Section& section, const RecordSummary& record) const {
  if (!document_.earlier_section) return false;
  return section.whole == section_text(document_.earlier_section(record), line_ending_);
}

std::optional<Difference> DocumentOnDisk::flaw(const std::vector<RecordSummary>& records,
                                               const InScope& in_scope) const {
  if (!damage_.empty()) return Difference{document_.name, damage_};
  std::map<std::string_view, const Section*> by_name;
  for (const Section& section : sections_) by_name.emplace(section.name, &section);
  for (const RecordSummary& record : records) {
    if (!document_.has_section(record)) continue;
    const auto found = by_name.find(record.name);
    if (found == by_name.end()) {
      return Difference{document_.name, fmt::format("the entry of {} is missing: assay render writes it", record.name)};
    }
    const Section& section = *found->second;
    by_name.erase(found);
    if (in_scope(record) || section.whole.find(record.sha256) == std::string::npos) {
      const std::string expected = section_text(document_.section(record), line_ending_);
      const auto flaw = flaw_in(section, record, expected);
      if (flaw && !is_earlier(section, record)) return flaw;
    }
  }
  if (by_name.empty()) return std::nullopt;
  const auto first = std::min_element(by_name.begin(), by_name.end(), [](const auto& left, const auto& right) {
    return left.second->line < right.second->line;
  });
  return Difference{std::string(first->first),
                    fmt::format("the record is gone: {}:{} has its entry", document_.name, first->second->line)};
}

}  // namespace assay::record
