#include <fstream>

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include "experiments/cli/command.hpp"
#include "tests/support/message_of.hpp"
#include "tests/support/scratch_folder.hpp"

namespace assay::cli {
namespace command_check_tests {

using nlohmann::json;

constexpr const char* kExperiment = R"([experiment]
id = "poll"
hypothesis = "Polling is faster"
[variable]
kind = "env"
name = "READY_MODE"
control = { unset = true }
treatment = "poll"
[[workload]]
name = "deploy"
command = ["true"]
states = ["warm", "fresh"]
[state.fresh]
warmup = 0
[[metric]]
name = "wall"
role = "primary"
margin = "2.5%"
[[metric]]
name = "cpu"
[protocol]
blocks = 12
)";

class CheckCommand : public testing::Test {
 protected:
  std::string file(const std::string& name, const std::string& text) {
    const std::string path = folder_ / name;
    std::ofstream(path, std::ios::binary) << text;
    return path;
  }

  void check(const Arguments& arguments) {
    testing::internal::CaptureStdout();
    testing::internal::CaptureStderr();
    code = command_check(arguments);
    output = testing::internal::GetCapturedStdout();
    error = testing::internal::GetCapturedStderr();
  }

  ExitCode code = ExitCode::ok;
  std::string output;
  std::string error;

 private:
  test::ScratchFolder folder_;
};

TEST_F(CheckCommand, SaysWhatAFileWouldDo) {
  const std::string path = file("a.toml", kExperiment);
  check({path});
  EXPECT_EQ(code, ExitCode::ok);
  EXPECT_EQ(output, path +
                        ": fine: 2 arms (env READY_MODE: unset -> poll), 1 workload in 2 cells, metrics wall (primary, "
                        "margin 2.5 %), cpu, 0 checks, exactly 12 blocks a cell\n");
  EXPECT_EQ(error, "");
}

TEST_F(CheckCommand, GoesOnAfterAMistakeAndFails) {
  const std::string bad = file("bad.toml", "[experimnt]\n");
  const std::string good = file("good.toml", kExperiment);
  check({bad, good});
  EXPECT_EQ(code, ExitCode::error);
  EXPECT_EQ(error, "assay: " + bad + ":1:2: experimnt: unknown key; did you mean \"experiment\"?\n");
  EXPECT_EQ(output.rfind(good + ": fine: ", 0), 0U) << output;
}

TEST_F(CheckCommand, NamesAFileThatIsNotThere) {
  check({"/nowhere/a.toml"});
  EXPECT_EQ(code, ExitCode::error);
  EXPECT_NE(error.find("/nowhere/a.toml"), std::string::npos) << error;
}

TEST_F(CheckCommand, NotesAProgramThatIsNotThere) {
  std::string text = kExperiment;
  const std::string program = "\"true\"";
  text.replace(text.find(program), program.size(), "\"./deploy.sh\"");
  const std::string path = file("a.toml", text);
  check({path});
  EXPECT_EQ(code, ExitCode::ok);
  EXPECT_EQ(error, path + ": note: control of deploy starts \"./deploy.sh\", and there is no such program now\n");
}

TEST_F(CheckCommand, QuietPrintsMistakesAlone) {
  check({"--quiet", file("good.toml", kExperiment), file("bad.toml", "x")});
  EXPECT_EQ(output, "");
  EXPECT_NE(error, "");
}

TEST_F(CheckCommand, JsonHoldsBothGoodAndBadFiles) {
  const std::string good = file("good.toml", kExperiment);
  const std::string bad = file("bad.toml", "\xff");
  check({"--json", good, bad});
  EXPECT_EQ(code, ExitCode::error);
  EXPECT_EQ(error, "");
  const json object = json::parse(output);
  EXPECT_EQ(object["schema_version"], 1);
  EXPECT_EQ(object["command"], "check");
  const json expected = {{"file", good},
                         {"valid", true},
                         {"experiment", "poll"},
                         {"variable", "env READY_MODE: unset -> poll"},
                         {"workloads", {"deploy"}},
                         {"states", {"warm", "fresh"}},
                         {"cells", 2},
                         {"metrics", {"wall", "cpu"}},
                         {"checks", json::array()}};
  EXPECT_EQ(object["files"][0], expected);
  EXPECT_EQ(object["files"][1]["valid"], false);
  EXPECT_EQ(object["files"][1]["file"], bad);
  EXPECT_TRUE(object["files"][1]["error"].is_string());
}

TEST_F(CheckCommand, NeedsAFile) {
  EXPECT_NE(test::message_of([] { (void)command_check({}); }).find("FILE is missing"), std::string::npos);
}

}  // namespace command_check_tests
}  // namespace assay::cli
