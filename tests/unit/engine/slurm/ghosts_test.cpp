#include "experiments/engine/slurm/ghosts.hpp"

#include <gtest/gtest.h>

#include "tests/unit/engine/slurm/stand_in_cluster.hpp"

namespace assay::engine {
namespace ghosts_tests {

constexpr GhostPatience kShort = {.ending = nanoseconds(0),
                                  .listed = std::chrono::seconds(30),
                                  .unread = std::chrono::seconds(30),
                                  .longest_pause = std::chrono::milliseconds(1)};

GhostsEnd end_in(const StandInCluster&, const GhostPatience& patience = kShort) {
  SlurmClient client;
  return end_ghosts(client, {"assay-0a-g4"}, patience);
}

TEST(Ghosts, AreCancelledOnceTheControllerIsBack) {
  const StandInCluster cluster({.failures = 4, .queue = "assay-0a-g4|1|7|RUNNING|n2|None\\n"});
  EXPECT_EQ(end_in(cluster), GhostsEnd::gone);
  EXPECT_EQ(cluster.cancellations(), 1);
}

TEST(Ghosts, AreCancelledAgainIfTheCancellationWasLostWithTheController) {
  const StandInCluster cluster({.queue = "assay-0a-g4|1|7|PENDING||Resources\\n", .cancellations = 3});
  EXPECT_EQ(end_in(cluster), GhostsEnd::gone);
  EXPECT_EQ(cluster.cancellations(), 3);
}

TEST(Ghosts, ThatSlurmOnlyCleansUpAfterAreGone) {
  const StandInCluster cluster({.queue = "assay-0a-g4|1|7|COMPLETING|n2|None\\n"});
  EXPECT_EQ(end_in(cluster), GhostsEnd::gone);
  EXPECT_EQ(cluster.readings(), 1);
  EXPECT_EQ(cluster.cancellations(), 0);
}

TEST(Ghosts, MayBeLeftIfTheQueueIsNeverRead) {
  const StandInCluster cluster({.failures = 1'000'000});
  GhostPatience patience = kShort;
  patience.unread = nanoseconds(0);
  EXPECT_EQ(end_in(cluster, patience), GhostsEnd::perhaps_left);
}

TEST(Ghosts, MayBeLeftIfNothingEndsThem) {
  const StandInCluster cluster({.queue = "assay-0a-g4|1|7|RUNNING|n2|None\\n", .cancellations = 1'000'000});
  GhostPatience patience = kShort;
  patience.listed = nanoseconds(0);
  EXPECT_EQ(end_in(cluster, patience), GhostsEnd::perhaps_left);
}

}  // namespace ghosts_tests
}  // namespace assay::engine
