#include "experiments/interop/imports/google_benchmark_import.hpp"

#include <fmt/format.h>
#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include "experiments/formats/canonical_json.hpp"
#include "experiments/interop/imports/import_formats.hpp"
#include "tests/support/message_of.hpp"

namespace assay::interop {
namespace google_benchmark_import_tests {

constexpr int kRepetitions = 700;

/// Two benchmarks with so many repetitions that the list is packed; the second one counts bytes, and some of its
/// repetitions failed. Aggregates follow, as the program writes them.
std::string many_repetitions(const std::string& extra = "") {
  std::string rows;
  for (int repetition = 0; repetition < kRepetitions; ++repetition) {
    rows += fmt::format(
        R"({{"name":"BM_a/8","run_name":"BM_a/8","run_type":"iteration","repetition_index":{0},"real_time":{1}.25,)"
        R"("cpu_time":{1}.125,"time_unit":"ns"}},)",
        repetition, 100 + repetition % 9);
    rows += repetition % 100 == 7
                ? std::string(R"({"name":"BM_b","run_name":"BM_b","run_type":"iteration","error_occurred":true,)"
                              R"("error_message":"no","real_time":0,"cpu_time":0,"time_unit":"ms"},)")
                : fmt::format(
                      R"({{"name":"BM_b","run_name":"BM_b","run_type":"iteration","real_time":{0}.5,"cpu_time":{0}.5,)"
                      R"("time_unit":"{1}","bytes_per_second":{0}e6}},)",
                      3 + repetition % 4, repetition % 2 == 0 ? "ms" : "us");
  }
  rows += R"({"name":"BM_a/8_mean","run_name":"BM_a/8","run_type":"aggregate","aggregate_name":"mean",)"
          R"("real_time":1,"cpu_time":1,"time_unit":"ns"})";
  return R"({"context":{"num_cpus":2},"benchmarks":[)" + rows + extra + "]}";
}

TEST(GoogleBenchmarkImport, ReadsManyRepetitionsAsItReadsFew) {
  const std::string text = many_repetitions();
  const nlohmann::json tree = formats::parse_json(text, "file");
  const SampleFile plain = read_google_benchmark({text, "file", &tree, std::nullopt});
  const std::optional<ImportedFile> packed = import_file(text, "file", std::nullopt, std::nullopt);
  ASSERT_TRUE(packed);
  EXPECT_EQ(packed->format->name, "google-benchmark");
  EXPECT_EQ(packed->file, plain);
  ASSERT_EQ(plain.notes.size(), 1U);
  EXPECT_EQ(plain.notes.front(), "BM_b: 7 of 700 repetitions failed or were skipped, and are left out");
  EXPECT_EQ(plain.samples.front().values.size(), std::size_t{kRepetitions});
}

TEST(GoogleBenchmarkImport, NamesThePlaceOfAMistakeAmongManyRepetitions) {
  const auto refusal = [](const std::string& extra) {
    return test::message_of(
        [&] { (void)import_file(many_repetitions("," + extra), "file", std::nullopt, std::nullopt); });
  };
  EXPECT_NE(refusal(R"({"name":"BM_c","real_time":"x"})").find("/benchmarks/1401/real_time"), std::string::npos);
  EXPECT_NE(refusal(R"({"name":"BM_c","real_time":-1})").find("/benchmarks/1401/real_time"), std::string::npos);
  EXPECT_NE(refusal(R"({"name":"BM_c","real_time":1,"time_unit":"weeks"})").find("/benchmarks/1401/time_unit"),
            std::string::npos);
  EXPECT_NE(refusal(R"({"real_time":1})").find("/benchmarks/1401"), std::string::npos);
}

}  // namespace google_benchmark_import_tests
}  // namespace assay::interop
