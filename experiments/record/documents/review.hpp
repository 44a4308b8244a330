#pragma once

#include <memory>
#include <vector>

#include "experiments/record/documents/marked_sections.hpp"
#include "experiments/record/history/allowances.hpp"
#include "experiments/record/record_store.hpp"
#include "experiments/record/signing/signers.hpp"

namespace assay::record {

/// Whether the record has a section in REVIEW.md: challenges of claims have one, and those of anything else.
[[nodiscard]] bool has_review_section(const RecordSummary& summary);

/// What the sections of REVIEW.md rest on beside the challenges themselves; all of the lab.
struct ReviewSources {
  std::vector<RecordSummary> records;
  std::shared_ptr<const Signers> signers;
  std::vector<AllowanceStatus> allowances;
};
[[nodiscard]] ReviewSources review_sources(const Lab& lab, const std::vector<RecordSummary>& records);
/// The section of a challenge, as REVIEW.md should have it.
[[nodiscard]] MarkedSection review_section_of(const Lab& lab, const RecordSummary& challenge,
                                              const ReviewSources& sources);
/// The same as programs before 0.2.0 wrote it: with the signature that comes first in the records' folder, if there is
/// any, and with what others than the claim's actor allow. \param signatures  sorted by file name
[[nodiscard]] MarkedSection earlier_review_section_of(const Lab& lab, const RecordSummary& challenge,
                                                      const ReviewSources& sources,
                                                      const std::vector<Signature>& signatures);

/// Whether rendering changed a document.
enum class Rendered { as_it_was, changed };
/// Writes the sections of all challenges into REVIEW.md, in order. Text that people wrote stays, byte for byte. A lab
/// without a challenge gets no document. \throws Error if a record cannot be read or the document cannot be written.
Rendered render_review(const Lab& lab);

}  // namespace assay::record
