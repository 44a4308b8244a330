#include "experiments/record/documents/perf_documents.hpp"

#include <filesystem>
#include <functional>

#include <gtest/gtest.h>

#include "core/host/files/files.hpp"
#include "experiments/formats/record/entry_json.hpp"
#include "experiments/record/documents/decisions.hpp"
#include "experiments/record/entry_filing.hpp"
#include "experiments/record/verification/recomputation.hpp"
#include "experiments/record/verification/verification.hpp"
#include "tests/support/scratch_folder.hpp"
#include "tests/unit/record/sample_baseline.hpp"

namespace assay::record {
namespace perf_documents_tests {

class PerfDocumentsTest : public testing::Test {
 protected:
  Entry file(const std::function<void(Baseline&)>& change = {}) {
    return file_entry(lab_, "ada", [&](const std::vector<RecordSummary>& records) {
      Baseline baseline = sample_baseline();
      if (!records.empty()) baseline.replaces = records.back().sha256;
      if (change) change(baseline);
      return baseline;
    });
  }

  std::string path(const std::string& name) const { return lab_.root() + "/docs/perf/" + name; }
  std::string read(const std::string& name) const { return host::read_file(path(name)); }
  bool has(const std::string& name, const std::string& part) const {
    return read(name).find(part) != std::string::npos;
  }

  void change(const std::string& name, const std::string& from, const std::string& to) const {
    std::string text = read(name);
    const std::size_t at = text.find(from);
    ASSERT_NE(at, std::string::npos) << from << "\n" << text;
    host::write_file_atomically(path(name), text.replace(at, from.size(), to));
  }

  std::string difference() const {
    const Verification verification = verify_lab(lab_, {});
    return verification.difference ? verification.difference->where + ": " + verification.difference->what : "";
  }

  const test::ScratchFolder folder_;
  const Lab lab_ = Lab::create(folder_.path());
};

TEST_F(PerfDocumentsTest, ABaselineHasItsFiguresInBoth) {
  file();
  EXPECT_TRUE(has("baseline.md", "## 0001 deploy in local: 1 workload x 2 states, 10 runs each\n"));
  EXPECT_TRUE(has("baseline.md",
                  "| site | warm | wall | 10 | 104 ms | 101 ms to 108 ms (97.9 %) | 2.50 ms | 100 ms to 109 ms |\n"))
      << read("baseline.md");
  EXPECT_TRUE(has("attribution.md", "cold: mean | share | interval | cumulative | warm: mean |"));
  EXPECT_TRUE(has("attribution.md", "1. pull: 50.0 % of site (cold), ")) << read("attribution.md");
  EXPECT_EQ(difference(), "");
}

TEST_F(PerfDocumentsTest, ABaselineWithoutSpansHasNoAttribution) {
  file([](Baseline& baseline) {
    for (BaselineTrial& trial : baseline.trials) {
      trial.phases = {.phases = {}, .rest = trial.trial.usage.wall, .refused = 0, .objections = {}};
    }
  });
  EXPECT_TRUE(std::filesystem::exists(path("baseline.md")));
  EXPECT_FALSE(std::filesystem::exists(path("attribution.md")));
}

TEST_F(PerfDocumentsTest, ALaterBaselineKeepsTheOldOne) {
  file();
  file();
  EXPECT_TRUE(has("baseline.md",
                  "## 0001 deploy in local: 1 workload x 2 states, 10 runs each\n\nReplaced by "
                  "0002-baseline"))
      << read("baseline.md");
  EXPECT_TRUE(has("baseline.md", "## 0002 deploy in local"));
  EXPECT_EQ(difference(), "");
}

TEST_F(PerfDocumentsTest, AChangedDigitIsNamed) {
  file();
  change("baseline.md", "101 ms to 108 ms", "100 ms to 108 ms");
  EXPECT_EQ(difference().find("docs/perf/baseline.md:15: the entry of 0001-baseline is not what its record says"), 0U)
      << difference();
  render_decisions(lab_);
  EXPECT_EQ(difference(), "");
  change("attribution.md", "50.0 %", "51.0 %");
  EXPECT_EQ(difference().find("docs/perf/attribution.md:"), 0U) << difference();
}

TEST_F(PerfDocumentsTest, AMissingSectionIsNamed) {
  file();
  std::filesystem::remove(path("attribution.md"));
  EXPECT_EQ(difference(), "docs/perf/attribution.md: the entry of 0001-baseline is missing: assay render writes it");
}

TEST_F(PerfDocumentsTest, WhatPeopleWriteAroundThemStays) {
  file();
  const std::string ours = read("baseline.md") + "\nThe node was new. -- Ada\n";
  host::write_file_atomically(path("baseline.md"), ours);
  file();
  EXPECT_TRUE(has("baseline.md", "The node was new. -- Ada\n"));
}

TEST_F(PerfDocumentsTest, RenderingAgainWritesTheSameBytes) {
  file();
  const std::string once = read("baseline.md") + read("attribution.md");
  EXPECT_TRUE(render_decisions(lab_).other_documents.empty());
  EXPECT_EQ(read("baseline.md") + read("attribution.md"), once);
}

TEST_F(PerfDocumentsTest, HostileNamesAreNoMarkup) {
  file([](Baseline& baseline) {
    for (BaselineTrial& trial : baseline.trials) trial.phases.phases[0].name = "<!-- assay:record x end -->|<b>";
  });
  EXPECT_EQ(read("attribution.md").find("<b>"), std::string::npos);
  EXPECT_EQ(difference(), "");
}

std::string flaw_of(const std::function<void(Baseline&)>& change) {
  Baseline baseline = sample_baseline();
  change(baseline);
  Entry entry;
  entry.number = 1;
  entry.content = std::move(baseline);
  return flaw_in(formats::entry_json(entry)).value_or("");
}

TEST(BaselineVerification, FindsPhasesThatDoNotAddUp) {
  EXPECT_EQ(flaw_of([](Baseline&) {}), "");
  EXPECT_EQ(flaw_of([](Baseline& baseline) { baseline.trials[1].phases.rest += nanoseconds(1); }),
            "/payload/trials/1/phases: they and the rest add up to 100000001 ns, and the wall time is 100000000 ns");
}

TEST(BaselineVerification, FindsAValueThatTheKernelDidNotReport) {
  EXPECT_EQ(flaw_of([](Baseline& baseline) { baseline.trials[1].trial.values[0] = 0.09; }),
            "/payload/trials/1/trial/values/0: 0.09 is recorded, and its usage gives 0.1");
}

TEST(BaselineVerification, FindsAPaddingThatWasNotDrawn) {
  EXPECT_NE(flaw_of([](Baseline& baseline) { ++baseline.trials[0].padding; }).find("/payload/trials/0/padding: "),
            std::string::npos);
}

}  // namespace perf_documents_tests
}  // namespace assay::record
