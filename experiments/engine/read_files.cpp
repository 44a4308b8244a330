#include "experiments/engine/read_files.hpp"

#include <algorithm>
#include <filesystem>
#include <iterator>
#include <utility>

#include "core/host/files/access_times.hpp"

namespace assay::engine {
namespace {

bool is_plain_file(const std::string& path) {
  std::error_code ignored;
  return std::filesystem::is_regular_file(std::filesystem::symlink_status(path, ignored));
}

}  // namespace

ReadFiles::ReadFiles(std::string top, std::vector<std::string> paths)
    : top_(std::move(top)), paths_(std::move(paths)) {}

void ReadFiles::forget() const {
  for (const std::string& path : paths_) {
    if (const std::string whole = top_ + '/' + path; is_plain_file(whole)) host::forget_reading(whole);
  }
}

std::vector<std::string> ReadFiles::since() const {
  std::vector<std::string> read;
  std::copy_if(paths_.begin(), paths_.end(), std::back_inserter(read), [this](const std::string& path) {
    const std::string whole = top_ + '/' + path;
    return is_plain_file(whole) && host::was_read(whole);
  });
  return read;
}

}  // namespace assay::engine
