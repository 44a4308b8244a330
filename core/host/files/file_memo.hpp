#pragma once

#include <map>
#include <string>
#include <utility>

#include "core/host/files/file_status.hpp"

namespace assay::host {

/// What was found out about files; remembered until they change.
template <class Value>
class FileMemo {
 public:
  /// What `find_out(path)` returns, or returned while the file was as it is now. Cost where it is known: one stat(2).
  /// \throws Error when there is no such file, and what `find_out` throws.
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
