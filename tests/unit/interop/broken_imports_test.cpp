#include <array>
#include <functional>
#include <set>
#include <string>
#include <string_view>

#include <fmt/format.h>
#include <gtest/gtest.h>

#include "experiments/interop/imports/import_formats.hpp"
#include "experiments/interop/paired_csv.hpp"
#include "experiments/interop/trace_csv.hpp"
#include "tests/support/message_of.hpp"

/// What is broken is refused in every format that is read, with the file and the place of the mistake.
namespace assay::interop {
namespace broken_imports_tests {

enum class Syntax { json, lines };

/// A way to read foreign values, and a file for it.
struct Reader {
  std::string_view name;
  std::string_view text;   ///< the file; a value stands at "@"
  std::string_view place;  ///< of that value
  Syntax syntax;
  std::string_view cut_short;  ///< how the end of the file may look if the file was cut near the value
  std::function<void(const std::string& text)> read;
};

/// A format of the table, under its own name.
Reader of_tool(std::string_view format, std::string_view text, std::string_view place, Syntax syntax,
               std::string_view cut_short = "1") {
  return {format, text,      place,
          syntax, cut_short, [format](const std::string& broken) { (void)import_file(broken, "file", format); }};
}

const std::vector<Reader>& readers() {
  static const std::vector<Reader> all = {
      of_tool("hyperfine", R"({"results":[{"command":"a","mean":1,"times":[1,@]}]})", "/results/0/times/1",
              Syntax::json),
      of_tool("hyperfine",
              R"({"results":[{"command":"a","measurements":[{"time_wall_clock":{"value":@,"unit":"second"}}]}]})",
              "/results/0/measurements/0/time_wall_clock/value", Syntax::json),
      of_tool("google-benchmark", R"({"context":{},"benchmarks":[{"name":"a","real_time":@,"time_unit":"s"}]})",
              "/benchmarks/0/real_time", Syntax::json),
      of_tool("pytest-benchmark", R"({"machine_info":{},"benchmarks":[{"name":"a","stats":{"data":[1,@]}}]})",
              "/benchmarks/0/stats/data/1", Syntax::json),
      of_tool("pyperf", R"({"version":"1.0","benchmarks":[{"runs":[{"values":[1,@]}]}]})",
              "/benchmarks/0/runs/0/values/1", Syntax::json),
      of_tool("criterion", R"({"iters":[1,1],"times":[1,@]})", "/times/1", Syntax::json),
      of_tool("jmh", R"([{"benchmark":"a","mode":"avgt","primaryMetric":{"scoreUnit":"s/op","rawData":[[1,@]]}}])",
              "/0/primaryMetric/rawData/0/1", Syntax::json),
      of_tool("go", "BenchmarkA 1 1 ns/op\nBenchmarkA 1 @ ns/op\n", "line 2", Syntax::lines),
      of_tool("perf-stat", "1,,cycles,1,100.00,,\n@,,cycles,1,100.00,,\n", "line 2", Syntax::lines, "1,,cyc"),
      of_tool("perf-stat", "{\"counter-value\":\"1\",\"event\":\"a\"}\n{\"counter-value\":\"@\",\"event\":\"a\"}\n",
              "line 2", Syntax::lines),
      of_tool("numbers", "1\n@\n", "line 2", Syntax::lines, "1e"),
      {"pairs", "control,treatment\n1,2\n3,@\n", "file:3: column 2 (treatment)", Syntax::lines, "\"1",
       [](const std::string& broken) { (void)read_paired_csv(broken, "file", {}); }},
      {"trace", "wall\n1\n@\n", "file:3: column 1 (wall)", Syntax::lines, "\"1",
       [](const std::string& broken) { (void)read_trace_csv(broken, "file", {}); }},
  };
  return all;
}

/// The reader's file with that in place of the value.
std::string with_value(const Reader& reader, std::string_view value) {
  const std::size_t at = reader.text.find('@');
  return fmt::format("{}{}{}", reader.text.substr(0, at), value, reader.text.substr(at + 1));
}

std::string message_of(const Reader& reader, const std::string& text) {
  return test::message_of([&] { reader.read(text); });
}

/// In JSON, what is no JSON has a line and a column.
std::string_view place_of_syntax(const Reader& reader) {
  return reader.syntax == Syntax::json ? "file:1:" : reader.place;
}

void expect_names(const std::string& message, std::string_view place, std::string_view what) {
  EXPECT_EQ(message.find("file"), 0U) << message;
  EXPECT_NE(message.find(place), std::string::npos) << message;
  EXPECT_NE(message.find(what), std::string::npos) << message;
  EXPECT_EQ(message.find('\n'), std::string::npos) << message;
  EXPECT_LT(message.size(), 400U) << message;
}

TEST(BrokenImports, AreTriedInEveryFormat) {
  std::set<std::string_view> tried;
  for (const Reader& reader : readers()) {
    const testing::ScopedTrace trace(__FILE__, __LINE__, std::string(reader.name));
    tried.insert(reader.name);
    EXPECT_EQ(message_of(reader, with_value(reader, "2")), "") << reader.name;
  }
  for (const ImportFormat& format : import_formats()) EXPECT_TRUE(tried.count(format.name) == 1) << format.name;
}

TEST(BrokenImports, NameThePlaceOfAValueOfAnotherType) {
  for (const Reader& reader : readers()) {
    const testing::ScopedTrace trace(__FILE__, __LINE__, std::string(reader.name));
    const bool is_json = reader.syntax == Syntax::json;
    expect_names(message_of(reader, with_value(reader, is_json ? "\"fast\"" : "fast")), reader.place,
                 is_json ? "expected a number, not string" : "\"fast\" is not a");
  }
}

TEST(BrokenImports, NameThePlaceOfAUnitThatTheToolDoesNotHave) {
  const auto expect = [](const std::string& text, std::string_view format, std::string_view place) {
    const std::string message = test::message_of([&] { (void)import_file(text, "file", format); });
    expect_names(message, place, "\"parsecs");
  };
  expect(R"({"context":{},"benchmarks":[{"name":"a","real_time":1,"time_unit":"parsecs"}]})", "google-benchmark",
         "/benchmarks/0/time_unit");
  expect(R"({"version":"1.0","benchmarks":[{"metadata":{"unit":"parsecs"},"runs":[{"values":[1]}]}]})", "pyperf",
         "/benchmarks/0/metadata/unit");
  for (const std::string_view unit : {"parsecs/op", "parsecs", "parsecs/s"}) {
    expect(
        fmt::format(R"([{{"benchmark":"a","mode":"ss","primaryMetric":{{"scoreUnit":"{}","rawData":[[1]]}}}}])", unit),
        "jmh", "/0/primaryMetric/scoreUnit");
  }
}

TEST(BrokenImports, NameThePlaceOfAListInsteadOfAValue) {
  for (const Reader& reader : readers()) {
    const testing::ScopedTrace trace(__FILE__, __LINE__, std::string(reader.name));
    if (reader.syntax != Syntax::json) continue;
    expect_names(message_of(reader, with_value(reader, "[1]")), reader.place, "expected a number, not");
    expect_names(message_of(reader, with_value(reader, "null")), reader.place, "expected a number, not null");
  }
}

TEST(BrokenImports, NameThePlaceOfNoNumber) {
  for (const Reader& reader : readers()) {
    const testing::ScopedTrace trace(__FILE__, __LINE__, std::string(reader.name));
    for (const std::string_view value : {"NaN", "-inf", "Infinity"}) {
      expect_names(message_of(reader, with_value(reader, value)), place_of_syntax(reader), "not ");
    }
  }
}

TEST(BrokenImports, NameThePlaceOfANumberBeyondDoubles) {
  for (const Reader& reader : readers()) {
    const testing::ScopedTrace trace(__FILE__, __LINE__, std::string(reader.name));
    expect_names(message_of(reader, with_value(reader, "1e400")), place_of_syntax(reader), "1e400");
    expect_names(message_of(reader, with_value(reader, std::string(100'000, '9'))), place_of_syntax(reader), "999");
  }
}

/// Its square would be beyond a double. Where it stands is said by the names of benchmark and metric, or by the place.
TEST(BrokenImports, RefuseANumberThatCannotBeSquared) {
  for (const Reader& reader : readers()) {
    const testing::ScopedTrace trace(__FILE__, __LINE__, std::string(reader.name));
    expect_names(message_of(reader, with_value(reader, "1e300")),
                 "file:", reader.place.substr(0, 5) == "file:" ? "from -1e150 to 1e150" : "from -1e+150 to 1e+150");
  }
}

TEST(BrokenImports, NameThePlaceWhereAFileWasCut) {
  for (const Reader& reader : readers()) {
    const testing::ScopedTrace trace(__FILE__, __LINE__, std::string(reader.name));
    const std::string before(reader.text.substr(0, reader.text.find('@')));
    const bool is_object = before.ends_with("value\":\"");
    const std::size_t line = before.rfind('\n') + 1;
    const bool from_line_start = reader.cut_short.find(",,") != std::string_view::npos;
    const std::string cut = (from_line_start ? before.substr(0, line) : before) + std::string(reader.cut_short);
    const bool is_csv = reader.place.starts_with("file:");
    expect_names(message_of(reader, cut), is_csv ? "file:3" : place_of_syntax(reader), is_object ? "not JSON" : "");
  }
}

TEST(BrokenImports, NameTheFileThatIsEmpty) {
  for (const Reader& reader : readers()) {
    const testing::ScopedTrace trace(__FILE__, __LINE__, std::string(reader.name));
    for (const std::string_view text : {"", "\n", "  ", "\xEF\xBB\xBF"}) {
      expect_names(message_of(reader, std::string(text)), "file", "");
    }
    if (reader.syntax != Syntax::json) continue;
    for (const std::string_view text : {"{}", "[]", "null", "[{}]", "{\"results\":[]}", "{\"benchmarks\":[]}"}) {
      expect_names(message_of(reader, std::string(text)), "file", "");
    }
  }
}

TEST(BrokenImports, RefuseNestingWithoutEnd) {
  constexpr std::size_t kLevels = 100'000;
  const std::string opened(kLevels, '[');
  const std::string closed(kLevels, ']');
  for (const Reader& reader : readers()) {
    const testing::ScopedTrace trace(__FILE__, __LINE__, std::string(reader.name));
    const bool is_json = reader.syntax == Syntax::json;
    for (const std::string& nested : {opened, opened + closed}) {
      expect_names(message_of(reader, with_value(reader, nested)), place_of_syntax(reader), is_json ? "nested" : "");
      expect_names(message_of(reader, nested), "file", is_json ? "nested" : "");
    }
  }
}

}  // namespace broken_imports_tests
}  // namespace assay::interop
