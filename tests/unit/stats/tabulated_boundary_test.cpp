#include "stats/sequential/tabulated_boundary.hpp"

#include <map>
#include <thread>

#include <gtest/gtest.h>

#include "stats/sequential/looks.hpp"
#include "stats/signed_rank_distribution.hpp"

namespace assay::stats {
namespace tabulated_boundary_tests {

/// Critical values by number of blocks, where anything can be rejected.
std::map<int, std::int64_t> attainable(const BoundaryDesign& design) {
  const TabulatedBoundary boundary(design);
  std::map<int, std::int64_t> critical_values;
  for (std::size_t look = 0; look < design.looks.size(); ++look) {
    const BoundaryPoint point = boundary.at(look);
    if (point.level > 0) critical_values[design.looks[look]] = point.critical_value;
  }
  return critical_values;
}

using CriticalValues = std::map<int, std::int64_t>;

// The lists printed in docs/methods/sequential-test.md, from an independent implementation.
TEST(TabulatedBoundary, Cap200AtFivePercentIsTheList) {
  EXPECT_EQ(attainable({.looks = look_schedule({.cap = 200}), .level = 0.025}), (CriticalValues{{9, 44},
                                                                                                {12, 72},
                                                                                                {15, 105},
                                                                                                {18, 146},
                                                                                                {23, 224},
                                                                                                {29, 340},
                                                                                                {36, 502},
                                                                                                {45, 752},
                                                                                                {56, 1124},
                                                                                                {70, 1697},
                                                                                                {87, 2544},
                                                                                                {109, 3878},
                                                                                                {136, 5886},
                                                                                                {171, 9081},
                                                                                                {200, 12262}}));
}

TEST(TabulatedBoundary, Cap200AtOnePercentIsTheList) {
  EXPECT_EQ(attainable({.looks = look_schedule({.cap = 200}), .level = 0.005}), (CriticalValues{{12, 75},
                                                                                                {15, 112},
                                                                                                {18, 156},
                                                                                                {23, 239},
                                                                                                {29, 361},
                                                                                                {36, 534},
                                                                                                {45, 798},
                                                                                                {56, 1187},
                                                                                                {70, 1788},
                                                                                                {87, 2671},
                                                                                                {109, 4059},
                                                                                                {136, 6139},
                                                                                                {171, 9440},
                                                                                                {200, 12719}}));
}

TEST(TabulatedBoundary, Cap30AtFivePercentIsTheList) {
  EXPECT_EQ(attainable({.looks = look_schedule({.cap = 30}), .level = 0.025}),
            (CriticalValues{{8, 36}, {9, 43}, {12, 69}, {15, 101}, {18, 141}, {23, 216}, {30, 348}}));
}

TEST(TabulatedBoundary, LastLookAtTheCapIsTheScheduledOne) {
  const TabulatedBoundary boundary({.looks = look_schedule({.cap = 30}), .level = 0.025});
  EXPECT_EQ(boundary.last_look(7, 30), boundary.at(7));
}

// Cut off at 20 blocks of 200 all of the level is there to spend, so the critical value is far below the next
// scheduled look's share and a little above that of a single look.
TEST(TabulatedBoundary, LastLookSpendsAllThatIsLeft) {
  const TabulatedBoundary boundary({.looks = look_schedule({.cap = 200}), .level = 0.025});
  const BoundaryPoint cut = boundary.last_look(6, 20);
  SignedRankDistribution distribution;
  distribution.extend_to(20);
  EXPECT_GT(cut.critical_value, distribution.critical_value(0.025));
  EXPECT_LE(cut.spent, 0.025);
  EXPECT_GT(cut.spent, 0.023);
}

TEST(TabulatedBoundary, LastLookWhereOneWasJustTakenReplacesIt) {
  const TabulatedBoundary boundary({.looks = look_schedule({.cap = 200}), .level = 0.025});
  const BoundaryPoint cut = boundary.last_look(6, 18);
  EXPECT_LT(cut.critical_value, boundary.at(5).critical_value);
  EXPECT_EQ(cut, boundary.last_look(5, 18));
}

TEST(TabulatedBoundary, LastLookBeforeTheFirstIsASingleLook) {
  const TabulatedBoundary boundary({.looks = look_schedule({.cap = 200}), .level = 0.05});
  EXPECT_EQ(boundary.last_look(0, 5).critical_value, 15);  // 1/32 <= 0.05 < 2/32
  EXPECT_EQ(boundary.last_look(0, 4).level, 0);            // 1/16 > 0.05
}

TEST(TabulatedBoundary, AnyLookMayBeAskedForFirst) {
  const BoundaryDesign design{.looks = look_schedule({.cap = 60}), .level = 0.05};
  const TabulatedBoundary in_order(design);
  for (std::size_t look = 0; look < design.looks.size(); ++look) (void)in_order.at(look);
  EXPECT_EQ(TabulatedBoundary(design).at(9), in_order.at(9));
}

TEST(TabulatedBoundary, ThreadsShareOneTable) {
  const BoundaryDesign design{.looks = look_schedule({.cap = 100}), .level = 0.04};
  std::vector<BoundaryPoint> last(4);
  std::vector<std::thread> threads;
  for (BoundaryPoint& point : last) {
    threads.emplace_back([&] { point = shared_tabulated_boundary(design)->at(design.looks.size() - 1); });
  }
  for (std::thread& thread : threads) thread.join();
  for (const BoundaryPoint& point : last) EXPECT_EQ(point, last.front());
  EXPECT_EQ(shared_tabulated_boundary(design), shared_tabulated_boundary(design));
}

}  // namespace tabulated_boundary_tests
}  // namespace assay::stats
