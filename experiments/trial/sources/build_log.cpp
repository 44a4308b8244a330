#include "experiments/trial/sources/build_log.hpp"

#include <algorithm>
#include <filesystem>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "core/error.hpp"
#include "core/host/files/digest.hpp"
#include "core/host/files/files.hpp"
#include "core/host/system_error.hpp"
#include "experiments/formats/canonical_json.hpp"
#include "experiments/formats/result/result_fields.hpp"
#include "experiments/trial/sources/source_arms.hpp"

namespace assay::trial {
namespace {

namespace fs = std::filesystem;

constexpr const char* kList = "/builds.json";

}  // namespace

std::vector<Build> read_builds(const std::string& log_folder) {
  std::error_code ignored;
  if (log_folder.empty() || !fs::exists(log_folder + kList, ignored)) return {};
  const nlohmann::json list = formats::parse_json(host::read_file(log_folder + kList), "builds.json");
  return formats::read_as<std::vector<Build>>(formats::Field(list));
}

BuildLogs::BuildLogs(std::string folder) : folder_(std::move(folder)) {
  std::error_code failure;
  fs::create_directories(folder_, failure);
  if (failure) throw host::system_error("make the folder", folder_, failure.value());
  next_ += static_cast<int>(read_builds(folder_).size());
}

std::string BuildLogs::path_for(const std::string& label) const {
  return fmt::format("{}/{:02}-{}.log", folder_, next_, label);
}

void BuildLogs::add(Build build, const std::string& path) {
  build.log =
      (fs::path(folder_).parent_path().filename() / fs::path(folder_).filename() / fs::path(path).filename()).string();
  build.log_sha256 = host::sha256_of_file(path);
  std::vector<Build> all = read_builds(folder_);
  all.push_back(std::move(build));
  host::write_file_atomically(folder_ + kList, formats::text_of(all));
  ++next_;
}

std::vector<std::string> tail_of_log(const std::string& path) {
  constexpr std::size_t kLines = 10;
  const std::string text = host::read_file(path);
  std::vector<std::string> lines;
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t end = std::min(text.find('\n', at), text.size());
    lines.push_back(text.substr(at, end - at));
    at = end + 1;
  }
  if (lines.size() > kLines) lines.erase(lines.begin(), lines.end() - kLines);
  return lines;
}

}  // namespace assay::trial
