#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace assay::host {

/// A file as it was when its summary was made. Another size or time means another content.
struct IndexedFile {
  std::string name;
  std::int64_t bytes = 0;
  std::int64_t modified_ns = 0;
  std::string summary;  ///< opaque here
  friend bool operator==(const IndexedFile&, const IndexedFile&) = default;
};

/// Summaries of record files, so that listing 10,000 records need not read them all. It is only a cache: you may delete
/// it at any time, nothing depends on it, and it never throws. A damaged index is rebuilt. If the index cannot be
/// written, or another process holds it, there is none.
///
/// It is a database of its own rather than a table of the journal, because a journal in rollback mode belongs to one
/// process, and a cache should neither grow the evidence nor share its migrations.
class RecordIndex {
 public:
  /// Opens or creates the index and reads all entries; std::nullopt if that fails. Cost: about 10 ms for 10,000 files.
  [[nodiscard]] static std::optional<RecordIndex> open(const std::string& path);
  ~RecordIndex();
  RecordIndex(RecordIndex&&) noexcept;
  RecordIndex& operator=(RecordIndex&&) noexcept;

  /// The entries as they were when the index was opened.
  [[nodiscard]] const std::vector<IndexedFile>& files() const;

  struct Changes {
    std::vector<IndexedFile> stored;   ///< new entries and replacements of entries with the same name
    std::vector<std::string> removed;  ///< names of removed entries
    [[nodiscard]] bool empty() const { return stored.empty() && removed.empty(); }
  };
  /// Writes the changes for the next time that the index is opened.
  void apply(const Changes& changes) noexcept;

 private:
  struct State;
  explicit RecordIndex(std::unique_ptr<State> state);
  std::unique_ptr<State> state_;
};

}  // namespace assay::host
