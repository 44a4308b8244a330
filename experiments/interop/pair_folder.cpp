#include "experiments/interop/pair_folder.hpp"

#include <algorithm>
#include <filesystem>

#include <fmt/format.h>

#include "core/text/utf8.hpp"
#include "stats/parallel.hpp"

namespace assay::interop {

std::vector<std::string> csv_files_in(const std::string& folder) {
  std::error_code failure;
  std::vector<std::string> files;
  for (const auto& entry : std::filesystem::directory_iterator(folder, failure)) {
    if (entry.path().extension() == ".csv") files.push_back(entry.path().string());
  }
  if (failure) throw Error(fmt::format("{}: {}", in_quotes(folder), failure.message()));
  if (files.empty()) throw Error(fmt::format("{}: no file there ends in .csv", in_quotes(folder)));
  std::sort(files.begin(), files.end());
  return files;
}

std::vector<JudgedFile> judge_files(const std::vector<std::string>& files, int threads, const Judge& judge) {
  std::vector<JudgedFile> judged(files.size());
  stats::in_parallel(files.size(), threads, [&](std::size_t begin, std::size_t end) {
    for (std::size_t index = begin; index < end; ++index) {
      judged[index].name = std::filesystem::path(files[index]).filename().string();
      try {
        judged[index].outcome = judge(files[index]);
      } catch (const Error& error) {
        judged[index].outcome = error;
      }
    }
  });
  return judged;
}

}  // namespace assay::interop
