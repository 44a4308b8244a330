#pragma once

#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "experiments/record/documents/marked_sections.hpp"
#include "experiments/record/record_store.hpp"
#include "experiments/record/verification/chain.hpp"
#include "experiments/record/verification/verification.hpp"

namespace assay::record {

/// A document that is rendered from records, and what it should say.
struct RenderedDocument {
  std::string name;  ///< "DECISIONS.md"
  std::string path;
  std::function<bool(const RecordSummary&)> has_section;
  std::function<MarkedSection(const RecordSummary&)> section;  ///< of a record that has one
  /// As an earlier program wrote it, which is accepted too; empty: no other way.
  std::function<MarkedSection(const RecordSummary&)> earlier_section;
};

/// A rendered document as it is, to be compared with the records.
class DocumentOnDisk {
 public:
  /// Reads the document. A missing one has no sections. \throws Error if it cannot be read.
  explicit DocumentOnDisk(RenderedDocument document);

  /// The hashes that its sections name.
  [[nodiscard]] KnownHashes hashes() const;
  /// The number of sections that were found.
  [[nodiscard]] std::size_t section_count() const;

  /// The first section that is missing, belongs to no record, or does not say what its record says. For a record out of
  /// scope, only the hash is compared.
  using InScope = std::function<bool(const RecordSummary&)>;
  [[nodiscard]] std::optional<Difference> flaw(const std::vector<RecordSummary>& records,
                                               const InScope& in_scope) const;

 private:
  struct Section {
    std::string name;
    std::string whole;
    std::size_t line;
  };
  [[nodiscard]] std::optional<Difference> flaw_in(const Section& section, const RecordSummary& record,
                                                  const std::string& expected) const;
  [[nodiscard]] bool is_earlier(const Section& section, const RecordSummary& record) const;

  RenderedDocument document_;
  std::string line_ending_ = "\n";
  std::string damage_;  ///< why its sections cannot be read, or told from what others wrote; empty if they can
  std::vector<Section> sections_;
};

}  // namespace assay::record
