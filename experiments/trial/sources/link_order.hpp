#pragma once

#include <cstdint>
#include <map>
#include <string>

namespace assay::trial {

/// Makes a build link its object files in an order drawn from a number. The layout of code in memory changes results by
/// several percent (Mytkowicz et al. 2009, ASPLOS; Curtsinger and Berger 2013, ASPLOS), which must not be taken for an
/// effect of the change.
///
/// Every compiler driver and archiver in PATH (cc, gcc, g++, clang, ar, also with versions and targets) gets a script
/// of its name in a folder that comes first in PATH. The script runs the real tool with the names that end in ".o" in
/// another order, by a hash of the number and the file name, so a number gives the same order in every arm. It cannot
/// reach objects in @response files, tools that are called by their whole path, and linkers of other languages.
class LinkOrder {
 public:
  /// \param folder  for the scripts and their log; it is made
  /// \param number  the number that the order is drawn from
  LinkOrder(std::string folder, std::uint64_t number, std::map<std::string, std::string>& environment);

  /// How many links and archives of two objects or more were put into another order.
  [[nodiscard]] int links() const;

 private:
  std::string folder_;
};

}  // namespace assay::trial
