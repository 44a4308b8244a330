#pragma once

#include <set>
#include <string>
#include <utility>
#include <vector>

namespace assay::trial {

/// Notes for the reader of the result. Each is given once, however often it is added.
class OnceNotes {
 public:
  void add(std::string note) {
    if (said_.insert(note).second) waiting_.push_back(std::move(note));
  }
  /// The notes that were added since the last call.
  [[nodiscard]] std::vector<std::string> take() { return std::exchange(waiting_, {}); }

 private:
  std::set<std::string> said_;
  std::vector<std::string> waiting_;
};

}  // namespace assay::trial
