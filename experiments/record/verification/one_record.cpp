#include "experiments/record/verification/one_record.hpp"

#include <algorithm>
#include <string>

#include <fmt/format.h>

#include "core/host/files/digest.hpp"
#include "core/host/files/files.hpp"
#include "experiments/record/record_files.hpp"
#include "experiments/record/signing/signatures.hpp"
#include "experiments/record/verification/chain.hpp"
#include "experiments/record/verification/document_check.hpp"
#include "experiments/record/verification/recomputation.hpp"

namespace assay::record {
namespace {

/// A SHA-256 that something gives for the record with this name.
struct NamedHash {
  std::string sha256;
  std::string record;
  std::string named_by;
};

std::vector<NamedHash> named_hashes(const Lab& lab) {
  std::vector<NamedHash> named;
  for (const Signature& signature : signing_files_in(lab).signatures) {
    named.push_back({signature.record_sha256, signature.file.substr(0, signature.file.find('.')), signature.file});
  }
  for (const auto& [name, path] :
       {std::pair("DECISIONS.md", lab.decisions_path()), std::pair("REVIEW.md", lab.review_path())}) {
    const DocumentOnDisk document(
        {.name = name, .path = path, .has_section = {}, .section = {}, .earlier_section = {}});
    for (const auto& [hash, record] : document.hashes()) named.push_back({hash, record, name});
  }
  return named;
}

bool is_named_by_a_record(const std::vector<RecordSummary>& records, const std::string& sha256) {
  return std::any_of(records.begin(), records.end(), [&sha256](const RecordSummary& record) {
    return record.settles == sha256 ||
           std::find(record.parents.begin(), record.parents.end(), sha256) != record.parents.end();
  });
}

}  // namespace

std::optional<Difference> flaw_of_one(const Lab& lab, const std::vector<RecordSummary>& records,
                                      const RecordSummary& record) {
  const std::string text = host::read_file(record_path(lab, record.name));
  const std::string sha256 = host::sha256(text);
  const std::vector<NamedHash> named = named_hashes(lab);
  KnownHashes known;
  bool is_named = is_named_by_a_record(records, sha256);
  for (const NamedHash& one : named) {
    if (one.record == record.name && one.sha256 != sha256) {
      return Difference{record.name, fmt::format("the file was changed after it was written: its SHA-256 is {}, but {} "
                                                 "names {}",
                                                 sha256, one.named_by, one.sha256)};
    }
    is_named = is_named || one.sha256 == sha256;
    known.emplace(one.sha256, one.record);
  }
  if (auto flaw = flaw_in(text)) return Difference{record.name, *std::move(flaw)};
  std::optional<Difference> chain = flaw_in_chain(records, known);
  if (chain && (chain->where == record.name || !is_named)) return chain;
  return std::nullopt;
}

}  // namespace assay::record
