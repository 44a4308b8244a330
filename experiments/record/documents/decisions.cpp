#include "experiments/record/documents/decisions.hpp"

#include <algorithm>
#include <filesystem>
#include <set>

#include "core/host/files/digest.hpp"
#include "core/host/files/file_lock.hpp"
#include "core/host/files/files.hpp"
#include "experiments/formats/record/entry_json.hpp"
#include "experiments/record/documents/perf_documents.hpp"
#include "experiments/record/documents/section_damage.hpp"
#include "experiments/record/shared_files.hpp"
#include "experiments/report/entries/entry_text.hpp"
#include "experiments/report/text.hpp"

namespace assay::record {
namespace {

constexpr std::string_view kNewDocument =
    "# Decisions\n"
    "\n"
    "What was tried here, and what came of it. assay writes what stands between its markers; everything else belongs\n"
    "to whoever writes it. `assay show NUMBER` has the evidence.\n";

std::string document_of(const Lab& lab) {
  const std::string path = lab.decisions_path();
  return std::filesystem::exists(path) ? host::read_file(path) : std::string(kNewDocument);
}

void put_sections(const Lab& lab, const std::vector<MarkedSection>& sections) {
  const host::FileLock lock(lab.lock_path());
  host::write_file_atomically(lab.decisions_path(), with_sections(document_of(lab), sections, lab.decisions_path()));
}

/// The words at an earlier time: nothing was settled, or so many challenges of each record were filed.
LaterWords earlier_words(const LaterWords& words, bool settled, std::size_t challenges) {
  LaterWords earlier{.settled = settled ? words.settled : Settled{}, .challenged = words.challenged, .faulted = {}};
  for (auto& [record, told] : earlier.challenged) told.resize(std::min(told.size(), challenges));
  return earlier;
}

/// What a section said while its record was open, or challenged less often: that, too, is ours to take out.
std::vector<MarkedSection> with_earlier_forms(const Lab& lab, const std::vector<RecordSummary>& records,
                                              const LaterWords& words, std::vector<MarkedSection> sections) {
  for (const RecordSummary& summary : records) {
    const auto challenged = words.challenged.find(summary.sha256);
    const std::size_t challenges = challenged == words.challenged.end() ? 0 : challenged->second.size();
    const bool was_open = !is_attempt(summary) || words.settled.contains(summary.sha256) || challenges > 0;
    if (!was_open || is_bookkeeping(summary)) continue;
    for (std::size_t count = 0; count <= challenges; ++count) {
      for (const bool settled : {false, true}) {
        sections.push_back(section_of(lab, summary, earlier_words(words, settled, count)));
      }
    }
  }
  return sections;
}

/// The document without the sections of records that have another name now, since a file of several was put apart.
std::string without_renamed(const std::string& document, const std::vector<RecordSummary>& records) {
  std::map<std::string_view, std::string_view> names;
  for (const RecordSummary& record : records) names.emplace(record.sha256, record.name);
  return without_sections(document, [&names](const FoundSection& section) {
    const auto record = names.find(record_hash_in(section.whole));
    return record != names.end() && record->second != section.name;
  });
}

std::vector<std::string> orphans_in(const std::string& document, const std::string& path,
                                    const std::vector<RecordSummary>& records) {
  std::set<std::string_view> names;
  for (const RecordSummary& record : records) names.insert(record.name);
  std::vector<std::string> orphans;
  for (const FoundSection& section : sections_in(document, path)) {
    if (!names.contains(section.name)) orphans.emplace_back(section.name);
  }
  return orphans;
}

}  // namespace

void write_decision(const Lab& lab, const Record& record) {
  put_sections(lab, {{.name = record_name(record),
                      .text = report::decision_entry(record, {.sha256 = record_sha256(lab, record)})}});
}

void write_decision(const Lab& lab, const Entry& entry) {
  const std::vector<RecordSummary> records = list_records(lab);
  const LaterWords words = later_words(lab, records);
  const std::string sha256 = host::sha256(formats::entry_json(entry));
  const std::string other = settled_by_this(entry.content);
  // What a challenge measured is also what claims of the same record say, and they all tell of it.
  const bool is_challenge = std::holds_alternative<ChallengeEntry>(entry.content);
  std::vector<MarkedSection> sections;
  sections.reserve(records.size());
  for (const RecordSummary& summary : records) {
    const bool is_told =
        is_challenge && (words.challenged.contains(summary.sha256) || words.faulted.contains(summary.sha256));
    if (summary.sha256 == sha256 || summary.sha256 == other || is_told) {
      sections.push_back(section_of(lab, summary, words));
    }
  }
  put_sections(lab, sections);
}

Rendering render_decisions(const Lab& lab) {
  const host::FileLock lock(lab.lock_path());
  Rendering rendering;
  rendering.split = split_shared_files(lab);
  const std::vector<RecordSummary> records = list_records(lab);
  const LaterWords words = later_words(lab, records);
  std::vector<MarkedSection> sections;
  for (const RecordSummary& summary : records) {
    if (!is_bookkeeping(summary)) sections.push_back(section_of(lab, summary, words));
  }
  const std::string before = document_of(lab);
  const std::vector<MarkedSection> known = with_earlier_forms(lab, records, words, sections);
  const std::string sound = without_renamed(without_damage(before, known), records);
  const std::string after = with_sections(sound, sections, lab.decisions_path());
  rendering.records = sections.size();
  rendering.changed = after != before || !std::filesystem::exists(lab.decisions_path());
  rendering.orphaned = orphans_in(after, lab.decisions_path(), records);
  if (rendering.changed) host::write_file_atomically(lab.decisions_path(), after);
  rendering.other_documents = write_perf_documents(lab, records);
  return rendering;
}

std::string record_hash_in(std::string_view section) {
  constexpr std::string_view kMark = "SHA-256 ";
  constexpr std::size_t kDigits = 64;
  const std::size_t at = section.rfind(kMark);
  if (at == std::string_view::npos) return "";
  const std::string_view digits = section.substr(at + kMark.size(), kDigits);
  const bool is_hash =
      digits.size() == kDigits && digits.find_first_not_of("0123456789abcdef") == std::string_view::npos;
  return is_hash ? std::string(digits) : "";
}

MarkedSection section_of(const Lab& lab, const RecordSummary& summary, const LaterWords& words) {
  const std::string settled = settled_by(words, summary.sha256);
  const std::string challenged = challenged_text(words, summary.sha256);
  const std::string faulted = faulted_by(words, summary.sha256);
  const report::EntryStanding standing{
      .sha256 = summary.sha256, .settled_by = settled, .challenged = challenged, .faulted_by = faulted};
  if (is_attempt(summary)) {
    return {.name = summary.name, .text = report::decision_entry(read_record_head(lab, summary), standing)};
  }
  return {.name = summary.name, .text = report::decision_entry(read_entry(lab, summary), standing)};
}

}  // namespace assay::record
