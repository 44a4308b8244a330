#pragma once

#include <optional>
#include <string>
#include <utility>

namespace assay::record {

/// A lab: the folder `.assay/` and the documents beside it.
class Lab {
 public:
  /// The lab whose root is `folder` or the nearest above it; nothing where there is none.
  [[nodiscard]] static std::optional<Lab> find(const std::string& folder);
  /// Makes `.assay/` with records/ and a .gitignore for the journal; an existing lab stays as it is.
  /// \throws Error when the folder cannot be written.
  [[nodiscard]] static Lab create(const std::string& folder);

  [[nodiscard]] const std::string& root() const { return root_; }
  [[nodiscard]] std::string journal_path() const;
  [[nodiscard]] std::string records_folder() const;
  /// Public keys that signatures are verified with.
  [[nodiscard]] std::string keys_folder() const;
  [[nodiscard]] std::string decisions_path() const;
  /// What the builds of an attempt printed, with a list of them; may be deleted once it has its record.
  [[nodiscard]] std::string build_logs_folder(const std::string& plan_sha256) const;
  /// A cache of what `log` shows; may be deleted at any time.
  [[nodiscard]] std::string index_path() const;
  /// Locked for the moment in which a record or a document is written.
  [[nodiscard]] std::string lock_path() const;

 private:
  explicit Lab(std::string root) : root_(std::move(root)) {}
  std::string root_;
};

}  // namespace assay::record
