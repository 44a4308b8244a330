#pragma once

#include <cstdint>
#include <map>
#include <string>

namespace assay::trial {

/// Lets a build link its object files in an order drawn from a number: how code lies in memory moves results by several
/// percent (Mytkowicz et al. 2009, ASPLOS; Curtsinger and Berger 2013, ASPLOS), and must not be taken for the change.
///
/// Every compiler driver and archiver in PATH (cc, gcc, g++, clang, ar, and with versions and targets) gets a script of
/// its name in a folder that stands first in PATH; it runs the real tool with the names that end in ".o" in another
/// order, by a hash of number and file name: one number gives the same order in every arm. What is out of reach:
/// objects in @response files, tools that are named by their whole path, and other languages' linkers.
class LinkOrder {
 public:
  /// \param folder  is made, for the scripts and their log
  /// \param number  from which the order is drawn
  LinkOrder(std::string folder, std::uint64_t number, std::map<std::string, std::string>& environment);

  /// How many links and archives of two objects or more were put into another order.
  [[nodiscard]] int links() const;

 private:
  std::string folder_;
};

}  // namespace assay::trial
