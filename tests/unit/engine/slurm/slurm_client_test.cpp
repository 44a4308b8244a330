#include "experiments/engine/slurm/slurm_client.hpp"

#include <algorithm>

#include <gtest/gtest.h>

namespace assay::engine {
namespace slurm_client_tests {

Argv words_with(const ClusterOptions& options, std::vector<std::string> excluded = {}) {
  const Generation generation{.number = 2, .job_name = "assay-0a-g2", .orders = std::vector<BlockOrder>(6)};
  return sbatch_words({.options = options,
                       .generation = generation,
                       .log_folder = "/spool/log",
                       .excluded = std::move(excluded),
                       .script = {"/spool/task.sh", "/spool"}});
}

bool has(const Argv& words, const std::string& word) {
  return std::find(words.begin(), words.end(), word) != words.end();
}

TEST(SbatchWords, AskForOneExclusiveNodeForEachBlockAndNoRepeats) {
  const Argv words = words_with({});
  for (const char* const word : {"--array=0-5", "--exclusive", "--nodes=1", "--ntasks=1", "--no-requeue",
                                 "--job-name=assay-0a-g2", "--output=/spool/log/%x_%a.log"}) {
    EXPECT_TRUE(has(words, word)) << word;
  }
}

TEST(SbatchWords, PassOnWhatTheSiteNeedsJustBeforeTheScript) {
  const Argv words = words_with({.partition = "gpu", .time = "10", .arguments = {"--qos=low"}});
  EXPECT_TRUE(has(words, "--partition=gpu"));
  EXPECT_TRUE(has(words, "--time=10"));
  EXPECT_EQ((Argv{words.end() - 3, words.end()}), (Argv{"--qos=low", "/spool/task.sh", "/spool"}));
}

TEST(SbatchWords, SayNothingOfWhatWasNotAskedFor) {
  const Argv words = words_with({});
  EXPECT_TRUE(std::none_of(words.begin(), words.end(), [](const std::string& word) {
    return word.find("--partition") != std::string::npos || word.find("--exclude=") != std::string::npos;
  }));
}

TEST(SbatchWords, LeaveNodesOutThatLostTasks) {
  EXPECT_TRUE(has(words_with({}, {"n1", "n3"}), "--exclude=n1,n3"));
}

}  // namespace slurm_client_tests
}  // namespace assay::engine
