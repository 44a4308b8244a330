#include "experiments/record/verification/verification.hpp"

#include <algorithm>
#include <initializer_list>
#include <limits>
#include <memory>
#include <set>

#include <fmt/format.h>

#include "core/error.hpp"
#include "core/host/files/file_lock.hpp"
#include "core/host/files/file_status.hpp"
#include "core/host/files/files.hpp"
#include "experiments/record/documents/decisions.hpp"
#include "experiments/record/documents/review.hpp"
#include "experiments/record/record_files.hpp"
#include "experiments/record/record_summary.hpp"
#include "experiments/record/signing/signatures.hpp"
#include "experiments/record/verification/chain.hpp"
#include "experiments/record/verification/challenge_check.hpp"
#include "experiments/record/verification/document_check.hpp"
#include "experiments/record/verification/opening_check.hpp"
#include "experiments/record/verification/perf_document_check.hpp"
#include "experiments/record/verification/pipeline_check.hpp"
#include "experiments/record/verification/recomputation.hpp"
#include "experiments/record/verification/review_check.hpp"
#include "stats/parallel.hpp"

namespace assay::record {
namespace {

/// The records to be computed again.
class Scope {
 public:
  Scope(const VerificationScope& asked, const std::vector<RecordSummary>& records)
      : first_(first_number(asked, records)) {
    for (const RecordSummary& record : records) vouched_for_.insert(record.parents.begin(), record.parents.end());
  }

  [[nodiscard]] bool contains(const RecordSummary& record) const {
    return record.number >= first_ || !vouched_for_.contains(record.sha256);
  }

 private:
  static int first_number(const VerificationScope& asked, const std::vector<RecordSummary>& records) {
    if (asked.since_number) return *asked.since_number;
    if (!asked.since_date) return 0;
    for (const RecordSummary& record : records) {
      if (date_of(record.created_ns) >= *asked.since_date) return record.number;
    }
    return std::numeric_limits<int>::max();
  }

  int first_;
  std::set<std::string> vouched_for_;
};

/// Keeps out those who write. Where nobody ever wrote there is no file to lock, and a lab that cannot be written has no
/// writers.
std::unique_ptr<host::FileLock> lock_of_readers(const Lab& lab) try {
  return host::is_there(lab.lock_path()) ? std::make_unique<host::FileLock>(lab.lock_path()) : nullptr;
} catch (const Error&) {
  return nullptr;
}

/// Carries the checks out one after the other, until one finds something.
class Verifier {
 public:
  Verifier(const Lab& lab, const VerificationScope& scope) : lab_(lab), scope_(scope) {}

  /// Reads what others may be adding to; the caller keeps them out meanwhile.
  void read() { find_first({&Verifier::read_records, &Verifier::read_signatures}); }

  /// Looks into what was read. What a record's file holds never changes, unless somebody forged it.
  Verification verify() {
    find_first({&Verifier::check_chain, &Verifier::recompute, &Verifier::check_entries, &Verifier::check_signatures,
                &Verifier::check_openings, &Verifier::check_documents});
    return std::move(result_);
  }

 private:
  using Check = std::optional<Difference> (Verifier::*)();
  void find_first(std::initializer_list<Check> checks) {
    for (const Check check : checks) {
      if (result_.difference) return;
      result_.difference = (this->*check)();
    }
  }

  /// Every record's file, without its blocks; its name, kind and hash.
  std::optional<Difference> read_records() {
    std::vector<std::string> names;
    for (const RecordFile& file : record_files(lab_)) names.push_back(file.name);
    for (SummaryOrError& summary : summarise_files(lab_, names)) {
      if (const auto* error = std::get_if<Error>(&summary)) {
        const std::string& name = names[records_.size()];
        return Difference{name, fmt::format("cannot be read as it was written: {}", error->what())};
      }
      records_.push_back(std::get<RecordSummary>(std::move(summary)));
    }
    std::sort(records_.begin(), records_.end(), comes_before);
    result_.records = static_cast<std::size_t>(
        std::count_if(records_.begin(), records_.end(), [](const auto& record) { return !is_bookkeeping(record); }));
    return std::nullopt;
  }

  std::optional<Difference> read_signatures() try {
    files_ = signing_files_in(lab_);
    return std::nullopt;
  } catch (const Error& error) {
    return Difference{"signatures", error.what()};
  }

  std::optional<Difference> check_chain() {
    KnownHashes known = decisions_.hashes();
    for (const auto& [hash, name] : review_.hashes()) known.emplace(hash, name);
    for (const Signature& signature : files_.signatures) {
      known.emplace(signature.record_sha256, signature.file.substr(0, signature.file.find('.')));
    }
    return flaw_in_chain(records_, known);
  }

  std::optional<Difference> recompute() {
    const Scope scope(scope_, records_);
    std::vector<const RecordSummary*> chosen;
    for (const RecordSummary& record : records_) {
      if (scope.contains(record)) chosen.push_back(&record);
    }
    std::vector<Findings> findings(chosen.size());
    stats::in_parallel(chosen.size(), scope_.threads, [&](std::size_t begin, std::size_t end) {
      for (std::size_t index = begin; index < end; ++index) {
        findings[index] = findings_in(host::read_file(record_path(lab_, chosen[index]->name)));
      }
    });
    for (std::size_t index = 0; index < chosen.size(); ++index) {
      const auto& [flaw, oddity] = findings[index];
      if (flaw) return Difference{chosen[index]->name, *flaw};
      if (oddity) result_.notes.push_back({chosen[index]->name, *oddity});
      if (!is_bookkeeping(*chosen[index])) ++result_.recomputed;
    }
    return std::nullopt;
  }

  std::optional<Difference> check_documents() {
    result_.sections = decisions_.section_count() + review_.section_count();
    if (records_.empty() && result_.sections == 0) return std::nullopt;
    words_ = later_words(lab_, records_);
    sources_ = review_sources(lab_, records_);
    const Scope scope(scope_, records_);
    const auto in_scope = [&scope](const RecordSummary& record) { return scope.contains(record); };
    if (auto flaw = decisions_.flaw(records_, in_scope)) return flaw;
    if (auto flaw = review_.flaw(records_, in_scope)) return flaw;
    return flaw_in_perf_documents(lab_, records_);
  }

  /// After the signatures, which say more of a record that was changed.
  std::optional<Difference> check_openings() try {
    const Scope scope(scope_, records_);
    return flaw_against_openings(lab_, records_, [&](const RecordSummary& record) { return scope.contains(record); });
  } catch (const Error& error) {
    return Difference{"openings", error.what()};
  }

  std::optional<Difference> check_entries() try {
    if (auto flaw = flaw_in_challenges(lab_, records_)) return flaw;
    if (auto flaw = flaw_in_reviews(lab_, records_)) return flaw;
    return flaw_in_pipeline_entries(lab_, records_);
  } catch (const Error& error) {
    return Difference{"entries", error.what()};
  }

  std::optional<Difference> check_signatures() {
    std::set<std::string_view> hashes;
    for (const RecordSummary& record : records_) hashes.insert(record.sha256);
    for (const Signature& signature : files_.signatures) {
      if (!hashes.contains(signature.record_sha256)) {
        return Difference{
            signature.file,
            fmt::format("signs a record that is gone or was changed: no file has SHA-256 {}", signature.record_sha256)};
      }
      const bool is_published = std::any_of(files_.keys.begin(), files_.keys.end(), [&](const PublicKey& key) {
        return key.public_key == signature.public_key;
      });
      if (!is_published) {
        return Difference{signature.file, fmt::format("its key {} is not among those of the lab ({})",
                                                      signature.public_key, lab_.keys_folder())};
      }
      if (!is_genuine(signature)) {
        return Difference{signature.file, fmt::format("the signature is not that of {}'s key", signature.actor)};
      }
      ++result_.signatures;
    }
    return std::nullopt;
  }

  const Lab& lab_;
  const VerificationScope& scope_;
  const DocumentOnDisk decisions_{
      {.name = "DECISIONS.md",
       .path = lab_.decisions_path(),
       .has_section = [](const RecordSummary& record) { return !is_bookkeeping(record); },
       .section = [this](const RecordSummary& record) { return section_of(lab_, record, words_); },
       .earlier_section = {}}};
  const DocumentOnDisk review_{
      {.name = "REVIEW.md",
       .path = lab_.review_path(),
       .has_section = has_review_section,
       .section = [this](const RecordSummary& record) { return review_section_of(lab_, record, sources_); },
       .earlier_section =
           [this](const RecordSummary& record) {
             return earlier_review_section_of(lab_, record, sources_, files_.signatures);
           }}};
  LaterWords words_;
  ReviewSources sources_;
  SigningFiles files_;
  std::vector<RecordSummary> records_;
  Verification result_;
};

}  // namespace

Verification verify_lab(const Lab& lab, const VerificationScope& scope) {
  std::unique_ptr<host::FileLock> lock = lock_of_readers(lab);
  Verifier verifier(lab, scope);
  verifier.read();
  lock.reset();
  return verifier.verify();
}

}  // namespace assay::record
