#pragma once

#include <string>
#include <utility>
#include <vector>

#include <gtest/gtest.h>

#include "core/host/process/process.hpp"

namespace assay::test {

/// A request for tests/programs/act, with nothing in its environment, its output captured.
inline host::ProcessRequest act(std::vector<std::string> words) {
  host::ProcessRequest request;
  request.argv = std::move(words);
  request.argv.insert(request.argv.begin(), ASSAY_ACT);
  request.working_directory = "/";
  request.standard_output = host::Captured{.limit = 100'000};
  request.standard_error = host::Captured{.limit = 100'000};
  return request;
}

/// A launcher and what tests do with it most.
class LaunchingTest : public testing::Test {
 protected:
  host::ProcessResult run(std::vector<std::string> words) { return launcher_.run(act(std::move(words))); }
  std::string output_of(std::vector<std::string> words) { return run(std::move(words)).standard_output.text; }

  host::Launcher launcher_;
};

}  // namespace assay::test
