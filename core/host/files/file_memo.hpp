#pragma once

#include <map>
#include <string>
#include <utility>

#include "core/host/files/file_status.hpp"

namespace assay::host {

/// Remembers what was found out about a file until the file changes.
template <class Value>
class FileMemo {
 public:
  /// Returns what `find_out(path)` returns, or returned when the file was in its present state. Cost of a remembered
  /// file: one stat(2).
  /// \throws Error if there is no such file, and whatever `find_out` throws.
  template <class FindOut>
  const Value& of(const std::string& path, const FindOut& find_out) {
    const FileStatus status = file_status(path);
    const auto known = files_.find(path);
    if (known != files_.end() && known->second.status == status) return known->second.value;
    return files_.insert_or_assign(path, Known{status, find_out(path)}).first->second.value;
  }

 private:
  struct Known {
    FileStatus status;
    Value value;
  };
  std::map<std::string, Known> files_;
};

}  // namespace assay::host
