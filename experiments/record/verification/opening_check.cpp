#include "experiments/record/verification/opening_check.hpp"

#include <algorithm>
#include <string>

#include <fmt/format.h>

namespace assay::record {
namespace {

/// What of a machine stays the same while a process runs.
std::string identity_text(const Machine& machine) {
  return fmt::format("{}, {}, {}, boot {}", machine.hostname, machine.cpu_model, machine.kernel, machine.boot_id);
}

std::optional<std::string> contradiction(const std::string& what, const std::string& recorded,
                                         const std::string& opened) {
  if (recorded == opened) return std::nullopt;
  return fmt::format("{}: recorded {}, but the attempt was opened with {}", what, recorded, opened);
}

std::optional<std::string> flaw_of(const Record& record, const Entry& opening) {
  if (!record.interruptions_ns.empty() || record.result.stop == Stop::interrupted) return std::nullopt;
  if (auto flaw = contradiction("/actor", record.actor, opening.actor)) return flaw;
  if (auto flaw = contradiction("/program_version", record.program_version, opening.program_version)) return flaw;
  const Machine& machine = std::get<Opening>(opening.content).machine;
  return contradiction("/machine", identity_text(record.machine), identity_text(machine));
}

/// The opening that the record names as its parent.
const RecordSummary* opening_of(const RecordSummary& record, const std::vector<RecordSummary>& records) {
  const auto found = std::find_if(records.begin(), records.end(), [&record](const RecordSummary& other) {
    const bool is_parent =
        std::find(record.parents.begin(), record.parents.end(), other.sha256) != record.parents.end();
    return is_parent && is_bookkeeping(other) && other.plan_sha256 == record.plan_sha256;
  });
  return found == records.end() ? nullptr : &*found;
}

}  // namespace

std::optional<Difference> flaw_against_openings(const Lab& lab, const std::vector<RecordSummary>& records,
                                                const std::function<bool(const RecordSummary&)>& is_in_scope) {
  for (const RecordSummary& record : records) {
    if (!is_attempt(record) || !is_in_scope(record)) continue;
    const RecordSummary* const opened = opening_of(record, records);
    if (opened == nullptr) continue;
    const Entry opening = read_entry(lab, *opened);
    if (!std::holds_alternative<Opening>(opening.content)) continue;
    if (auto flaw = flaw_of(read_record_head(lab, record), opening)) return Difference{record.name, *std::move(flaw)};
  }
  return std::nullopt;
}

}  // namespace assay::record
