#pragma once

#include <map>
#include <string>

namespace assay::trial {

/// Removes files that earlier trials left and that checks and metrics read, so that they cannot be taken for those of a
/// later trial.
///
/// A file that was there before the first trial may be the user's or the commit's, although trials are told to write
/// it. It is moved aside (".NAME.before-assay" in its folder), and the destructor puts it back if no trial left a file
/// of that name. After a kill it stays there, and the next session takes it over. Anything but a regular file (a pipe,
/// a device, a folder) is left alone. Links are followed: the link stays, and the file that it points to is removed.
class EarlierFiles {
 public:
  EarlierFiles() = default;
  ~EarlierFiles();
  EarlierFiles(const EarlierFiles&) = delete;
  EarlierFiles& operator=(const EarlierFiles&) = delete;

  /// Removes the file just before a trial's prepare, which may put something there.
  /// \throws Error if the file cannot be removed.
  void take_away(const std::string& path);
  /// The same for a file that trials need not write anew (such as a program whose size is a metric): a file that was
  /// there before the first trial stays.
  void take_away_if_made_since(const std::string& path);

 private:
  struct First {
    bool is_left_alone = false;
    std::string kept;  ///< where it was moved to; empty if there was none
  };
  std::map<std::string, First> first_;  ///< by path, links followed
};

}  // namespace assay::trial
