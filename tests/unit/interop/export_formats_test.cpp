#include "experiments/interop/exports/export_formats.hpp"

#include <gtest/gtest.h>

#include "tests/support/message_of.hpp"
#include "tests/unit/report/example_results.hpp"

namespace assay::interop {
namespace export_formats_tests {

Block one_block() {
  Block block;
  block.trials.resize(2);
  block.trials[1].arm = 1;
  for (Trial& trial : block.trials) trial.values = {1.0};
  return block;
}

TEST(ExportFormats, AreFoundByTheirName) {
  for (const ExportFormat& format : export_formats()) EXPECT_EQ(export_format(format.name).name, format.name);
}

TEST(ExportFormats, EachHasADescriptionAndWritesWholeLines) {
  const Record record = report::example_record();
  const std::vector<Block> blocks = {one_block()};
  for (const ExportFormat& format : export_formats()) {
    EXPECT_FALSE(format.description.empty()) << format.name;
    const std::string text = format.text_of({record.plan, blocks, record.result});
    EXPECT_TRUE(text.ends_with('\n')) << format.name;
  }
}

TEST(ExportFormats, AllAreListedIfANameIsUnknown) {
  EXPECT_EQ(
      test::message_of([] {
        (void)export_format("hyperfin");
      }).rfind("\"hyperfin\" is no export format; did you mean \"hyperfine\"?; there are: hyperfine (JSON with", 0),
      0U);
}

}  // namespace export_formats_tests
}  // namespace assay::interop
