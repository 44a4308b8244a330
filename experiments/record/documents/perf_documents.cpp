#include "experiments/record/documents/perf_documents.hpp"

#include <algorithm>
#include <array>
#include <filesystem>
#include <optional>
#include <set>
#include <utility>
#include <variant>

#include "core/host/files/file_lock.hpp"
#include "core/host/files/files.hpp"
#include "experiments/decide/baseline/baseline_figures.hpp"
#include "experiments/record/documents/attribution_sections.hpp"
#include "experiments/record/documents/decisions.hpp"
#include "experiments/record/documents/pipeline_sections.hpp"
#include "experiments/record/documents/section_damage.hpp"
#include "experiments/report/baseline/baseline_section.hpp"

namespace assay::record {
namespace {

/// A document with a section for each record that has something to say there.
struct Kind {
  std::string_view name;
  std::string_view head;
};

constexpr std::array kKinds = {
    Kind{"docs/perf/baseline.md",
         "# Baselines\n"
         "\n"
         "What the experiments' control arms take, in each environment. assay writes what stands between its markers\n"
         "from the records; everything else belongs to whoever writes it. `assay baseline FILE` measures again and\n"
         "keeps the old one.\n"},
    Kind{"docs/perf/attribution.md",
         "# Attribution\n"
         "\n"
         "Where the time of each workload goes, the largest share first. assay writes what stands between its markers\n"
         "from baselines and experiments; everything else belongs to whoever writes it.\n"}};

/// The sections of one record, in the order of `kKinds`, from one reading of it.
std::array<std::optional<std::string>, kKinds.size()> sections_of(const Lab& lab, const RecordSummary& record,
                                                                  std::string_view settled_by) {
  if (record.kind != RecordKind::baseline) return {std::nullopt, attribution_section(lab, record)};
  const Entry entry = read_entry(lab, record);
  const BaselineFigures figures = decide::baseline_figures(std::get<Baseline>(entry.content));
  const report::FiledBaseline filed{entry, figures, {.sha256 = record.sha256, .settled_by = settled_by}};
  return {report::baseline_section(filed), report::attribution_section(filed)};
}

/// A document with one section, about the whole lab.
struct WholeKind {
  std::string_view name;
  std::string_view head;
  std::string_view section_name;
  std::string (*section)(const PipelineFacts& facts);
};

constexpr std::array kWholeKinds = {
    WholeKind{
        "docs/perf/experiments.md",
        "# Experiments\n"
        "\n"
        "What was tried to make it faster, and what came of it. assay writes what stands between its markers from\n"
        "the records; everything else belongs to whoever writes it.\n",
        "experiments", experiments_section},
    WholeKind{"docs/perf/README.md",
              "# Performance\n"
              "\n"
              "Where the time goes, what to set, and how to measure it again. assay writes what stands between its\n"
              "markers from the records; everything else belongs to whoever writes it.\n",
              "performance", performance_section},
    WholeKind{"STATUS.md",
              "# Status\n"
              "\n"
              "How far the work is. assay writes what stands between its markers from the records; everything else\n"
              "belongs to whoever writes it. `assay status` has the same with what depends on the day.\n",
              "status", status_section}};

std::string document_of(const PerfDocument& document) {
  return std::filesystem::exists(document.path) ? host::read_file(document.path) : std::string(document.head);
}

/// The document without the sections of records that have another name now, or have nothing to say there any more.
std::string without_stale(const std::string& text, const PerfDocument& document,
                          const std::vector<RecordSummary>& records) {
  std::set<std::string> hashes;
  for (const RecordSummary& record : records) hashes.insert(record.sha256);
  return without_sections(text, [&](const FoundSection& section) {
    const bool is_wanted = std::any_of(document.sections.begin(), document.sections.end(),
                                       [&section](const MarkedSection& one) { return one.name == section.name; });
    return !is_wanted && hashes.contains(record_hash_in(section.whole));
  });
}

/// Baselines, and the attempts of experiments; comparisons and challenges have no section.
bool may_have_section(const RecordSummary& record) {
  return record.kind == RecordKind::baseline || (is_attempt(record) && !record.exploratory);
}

}  // namespace

std::vector<std::string> rendered_documents() {
  std::vector<std::string> names{"DECISIONS.md", "REVIEW.md"};
  for (const Kind& kind : kKinds) names.emplace_back(kind.name);
  for (const WholeKind& kind : kWholeKinds) names.emplace_back(kind.name);
  return names;
}

std::vector<PerfDocument> perf_documents(const Lab& lab, const std::vector<RecordSummary>& records) {
  std::vector<PerfDocument> all;
  for (const Kind& kind : kKinds) {
    all.push_back(
        {.name = kind.name, .path = lab.root() + "/" + std::string(kind.name), .head = kind.head, .sections = {}});
  }
  if (!is_pipeline(records)) return all;
  const Settled settled = settled_in(records);
  for (const RecordSummary& record : records) {
    if (!may_have_section(record)) continue;
    const auto found = settled.find(record.sha256);
    const std::string replaced_by = found == settled.end() ? "" : found->second;
    auto sections = sections_of(lab, record, replaced_by);
    for (std::size_t index = 0; index < sections.size(); ++index) {
      if (sections[index]) all[index].sections.push_back({.name = record.name, .text = *std::move(sections[index])});
    }
  }
  const PipelineFacts facts = pipeline_facts(lab, records);
  for (const WholeKind& kind : kWholeKinds) {
    all.push_back({.name = kind.name,
                   .path = lab.root() + "/" + std::string(kind.name),
                   .head = kind.head,
                   .sections = {{.name = std::string(kind.section_name), .text = kind.section(facts)}}});
  }
  return all;
}

std::vector<std::string_view> write_perf_documents(const Lab& lab, const std::vector<RecordSummary>& records) {
  const host::FileLock lock(lab.lock_path());
  std::vector<std::string_view> changed;
  for (const PerfDocument& document : perf_documents(lab, records)) {
    if (document.sections.empty()) continue;
    const std::string before = document_of(document);
    const std::string sound = without_stale(without_damage(before, document.sections), document, records);
    const std::string after = with_sections(sound, document.sections, document.path);
    if (after == before) continue;
    host::make_folder(std::filesystem::path(document.path).parent_path().string());
    host::write_file_atomically(document.path, after);
    changed.push_back(document.name);
  }
  return changed;
}

std::vector<std::string_view> renew_pipeline_documents(const Lab& lab) {
  const host::FileLock lock(lab.lock_path());
  const std::vector<RecordSummary> records = list_records(lab);
  return is_pipeline(records) ? write_perf_documents(lab, records) : std::vector<std::string_view>();
}

}  // namespace assay::record
