#pragma once

#include <string>
#include <vector>

namespace assay::trial {

/// Shows whether a trial wrote the files that its checks and metrics read.
///
/// A file that was there before must never count for the trial, or a treatment that skips the work would pass. Files
/// that earlier trials left are already removed (`EarlierFiles`). Files that a prepare put there for the program to
/// work on, or that were there from the start, are not removed. Instead, their modification time is set back by a
/// moment before the trial, and a file that still has this time afterwards was not written. Comparing times without
/// setting them back would not do: the kernel's clock for them ticks every 4 ms, and short trials write twice in one
/// tick.
class DeclaredFiles {
 public:
  /// \param folder  the folder that relative names start from
  DeclaredFiles(const std::string& folder, std::vector<std::string> files);

  /// Sets the times back. To be called just before a trial.
  void age();
  /// The files that exist and were not written since `age`.
  [[nodiscard]] std::vector<std::string> untouched() const;
  /// The files that exist and are older than `age` although they were not there or had other times before: links to
  /// earlier files, and copies that keep their times.
  [[nodiscard]] std::vector<std::string> older() const;

 private:
  struct Aged {
    std::string name;
    std::string path;
    bool existed = false;
    long long stamp = 0;  ///< the file clock's ticks
  };
  std::vector<Aged> files_;
  long long aged_at_ = 0;  ///< the file clock's ticks
};

}  // namespace assay::trial
