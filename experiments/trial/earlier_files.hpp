#pragma once

#include <map>
#include <string>

namespace assay::trial {

/// Takes away what earlier trials left of files that checks and metrics are about, so that none speaks for a later one.
///
/// What was there before the first of these trials may be the user's or the commit's, though a trial is told to write
/// it: it is moved aside (".NAME.before-assay" in its folder), and is put back by the destructor where no trial left a
/// file of that name. After a kill it stays there, and the next session takes it over. What was no regular file then (a
/// pipe, a device, a folder) is left alone. Links are followed: the name stays, the file goes.
class EarlierFiles {
 public:
  EarlierFiles() = default;
  ~EarlierFiles();
  EarlierFiles(const EarlierFiles&) = delete;
  EarlierFiles& operator=(const EarlierFiles&) = delete;

  /// Just before a trial's prepare, which may put something there. \throws Error where the file cannot be removed.
  void take_away(const std::string& path);
  /// The same for a file that a trial need not make anew (a program's size): what was there at first stays.
  void take_away_if_made_since(const std::string& path);

 private:
  struct First {
    bool is_left_alone = false;
    std::string kept;  ///< where it was moved to; empty: there was none
  };
  std::map<std::string, First> first_;  ///< by path, links followed
};

}  // namespace assay::trial
