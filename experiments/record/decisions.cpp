#include <filesystem>

#include "core/host/file_lock.hpp"
#include "core/host/files.hpp"
#include "experiments/record/marked_sections.hpp"
#include "experiments/record/record_store.hpp"
#include "experiments/report/text.hpp"

namespace assay::experiments {
namespace {

constexpr std::string_view kNewDocument =
    "# Decisions\n"
    "\n"
    "What was tried here, and what came of it. assay writes what stands between its markers; everything else belongs\n"
    "to whoever writes it. `assay show NUMBER` has the evidence.\n";

}  // namespace

void write_decision(const Lab& lab, const Record& record) {
  const MarkedSection section{.name = record_name(record), .text = decision_entry(record, record_sha256(lab, record))};
  const host::FileLock lock(lab.lock_path());
  const std::string path = lab.decisions_path();
  const std::string before = std::filesystem::exists(path) ? host::read_file(path) : std::string(kNewDocument);
  host::write_file_atomically(path, with_section(before, section, path));
}

}  // namespace assay::experiments
