#pragma once

#include <string>
#include <vector>

namespace assay::trial {

/// Tells whether one trial wrote the files that its checks and metrics are about.
///
/// A file that was there before must never speak for the trial (a treatment that skips the work would pass). What
/// earlier trials left is gone by now (`EarlierFiles`); what a prepare has put there for the program to work on, or was
/// there from the start, is not deleted: its modification time is set a moment back before the trial, and a file that
/// still has it afterwards was not written. Comparing times alone would not do: the
/// kernel's clock for them ticks every 4 ms, and short trials write twice in one tick.
class DeclaredFiles {
 public:
  /// \param folder  where relative names start
  DeclaredFiles(const std::string& folder, std::vector<std::string> files);

  /// Just before a trial.
  void age();
  /// The files that exist and were not written since `age`.
  [[nodiscard]] std::vector<std::string> untouched() const;

 private:
  struct Aged {
    std::string name;
    std::string path;
    bool existed = false;
    long long stamp = 0;  ///< the file clock's ticks
  };
  std::vector<Aged> files_;
};

}  // namespace assay::trial
