#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace assay::host {

/// A file as it was when its summary was made; another size or time means another content.
struct IndexedFile {
  std::string name;
  std::int64_t bytes = 0;
  std::int64_t modified_ns = 0;
  std::string summary;  ///< opaque here
  friend bool operator==(const IndexedFile&, const IndexedFile&) = default;
};

/// Summaries of record files, so that a list of 10,000 need not read them all. Only a cache: it may be deleted at any
/// time, nothing depends on it, and it never throws. A damaged one is made anew; where it cannot be written or is
/// held by another process, there is none.
///
/// A database of its own rather than a table of the journal: under a rollback journal that belongs to one process, and
/// a cache should not grow the evidence nor share its migrations.
class RecordIndex {
 public:
  /// Opens or creates it and reads all entries; nothing where that cannot be. Cost: about 10 ms for 10,000 files.
  [[nodiscard]] static std::optional<RecordIndex> open(const std::string& path);
  ~RecordIndex();
  RecordIndex(RecordIndex&&) noexcept;
  RecordIndex& operator=(RecordIndex&&) noexcept;

  /// As they were when it was opened.
  [[nodiscard]] const std::vector<IndexedFile>& files() const;

  struct Changes {
    std::vector<IndexedFile> stored;   ///< new, or in place of that name's old entry
    std::vector<std::string> removed;  ///< names
    [[nodiscard]] bool empty() const { return stored.empty() && removed.empty(); }
  };
  /// For the next time it is opened.
  void apply(const Changes& changes) noexcept;

 private:
  struct State;
  explicit RecordIndex(std::unique_ptr<State> state);
  std::unique_ptr<State> state_;
};

}  // namespace assay::host
