#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "experiments/trial/checks/reports/tap_line.hpp"
#include "experiments/trial/checks/reports/test_inventory.hpp"

namespace assay::trial {

/// Holds what producers and drivers sum up against the tests that a TAP stream lists.
class TapSummaries {
 public:
  /// Counts a test that is listed, or a part of one.
  void list(TestEnd end);
  void state(const TapSum& sum, std::string_view line);
  /// Takes a line that says that something failed, without a sum that could be compared.
  void state_trouble(std::string_view line);

  /// Adds what is stated and not listed to the inventory.
  /// \throws Error if a failure is stated, and none is listed.
  void compare_with(TestInventory& inventory);

 private:
  /// The sums of one producer: "# tests 3", "# pass 2", "# skip 1".
  struct Sums {
    std::int64_t tests = 0;
    std::int64_t accounted_for = 0;
    bool is_split = false;  ///< whether it says how many of them passed, failed or were skipped
  };

  void close_sums();

  Sums open_;  ///< those that are being read
  std::int64_t tests_ = 0;
  std::int64_t tests_of_all_ = 0;  ///< as a driver counts the tests of all producers
  std::int64_t failures_ = 0;
  std::int64_t unaccounted_for_ = 0;
  std::int64_t listed_ = 0;
  std::int64_t listed_failures_ = 0;
  std::int64_t troubles_ = 0;
  std::optional<std::string> last_failure_;  ///< the last line that states one
};

}  // namespace assay::trial
