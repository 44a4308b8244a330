#pragma once

#include <optional>
#include <string>
#include <utility>

namespace assay::record {

/// A lab: the folder `.assay/` and the documents beside it.
class Lab {
 public:
  /// The lab whose root is `folder` or the nearest folder above it; std::nullopt if there is none.
  [[nodiscard]] static std::optional<Lab> find(const std::string& folder);
  /// Makes `.assay/` with records/ and a .gitignore for the journal; an existing lab stays as it is.
  /// \throws Error if the folder cannot be written.
  [[nodiscard]] static Lab create(const std::string& folder);

  [[nodiscard]] const std::string& root() const { return root_; }
  [[nodiscard]] std::string journal_path() const;
  [[nodiscard]] std::string records_folder() const;
  /// The key under which values of the environment are hashed. Its name is one that every lab's .gitignore has.
  [[nodiscard]] std::string value_key_path() const;
  /// Records that only say that an attempt began, or that it ended before its first block. They are apart from those
  /// that people read, and belong to the same chain.
  [[nodiscard]] std::string openings_folder() const;
  /// The public keys that signatures are verified with.
  [[nodiscard]] std::string keys_folder() const;
  [[nodiscard]] std::string decisions_path() const;
  [[nodiscard]] std::string review_path() const;
  /// The output of an attempt's builds, with a list of them; may be deleted once the attempt has its record.
  [[nodiscard]] std::string build_logs_folder(const std::string& plan_sha256) const;
  /// Where attempts share files with the nodes of a cluster, unless the caller names another folder.
  [[nodiscard]] std::string spools_folder() const;
  /// A cache of the summaries of all records; may be deleted at any time.
  [[nodiscard]] std::string index_path() const;
  /// A file that is locked while a record or a document is written.
  [[nodiscard]] std::string lock_path() const;

 private:
  explicit Lab(std::string root) : root_(std::move(root)) {}
  std::string root_;
};

/// Where the folder of an experiment, which a plan names as it was frozen, lies in the lab with this root. The plan was
/// frozen in another clone or on another machine, perhaps: then it is the longest end of its path that is there.
[[nodiscard]] std::string folder_in_lab(const std::string& lab_root, const std::string& frozen);
/// The same below the root of a copy of the lab.
[[nodiscard]] std::string folder_in_copy(const std::string& copy_root, const std::string& frozen,
                                         const std::string& lab_root);

}  // namespace assay::record
