#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "experiments/record/documents/marked_sections.hpp"
#include "experiments/record/record_store.hpp"

namespace assay::record {

/// A document of docs/perf, or STATUS.md, as the records would have it. It has a section for each baseline, or attempt,
/// that has something to say there, or one about the whole lab; what people write around the sections is theirs.
struct PerfDocument {
  std::string_view name;  ///< from the lab's root: "docs/perf/baseline.md"
  std::string path;
  std::string_view head;  ///< what a new document begins with
  std::vector<MarkedSection> sections;
};

/// Every document of a lab that assay renders, from the lab's root.
[[nodiscard]] std::vector<std::string> rendered_documents();

/// All documents, from the records. Labs that have nothing of a pipeline have no sections in them.
/// \throws Error if a record cannot be read.
[[nodiscard]] std::vector<PerfDocument> perf_documents(const Lab& lab, const std::vector<RecordSummary>& records);

/// Writes the sections anew, each in place of its old one, else at the end. A document without sections is not made.
/// \returns the names of the documents that changed.
std::vector<std::string_view> write_perf_documents(const Lab& lab, const std::vector<RecordSummary>& records);

/// Does so if the lab has anything of a pipeline, after a record was written.
std::vector<std::string_view> renew_pipeline_documents(const Lab& lab);

}  // namespace assay::record
