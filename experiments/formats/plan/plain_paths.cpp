#include "experiments/formats/plan/plain_paths.hpp"

#include <algorithm>
#include <string_view>
#include <vector>

#include <fmt/format.h>
#include <fmt/ranges.h>

namespace assay::formats {
namespace {

/// The parts of a path, without those that say nothing: of "./data//x/../y/" data and y. Read from its letters alone,
/// so that records of folders which are gone mean what they meant: "link/.." counts as the folder that the link lies
/// in.
std::vector<std::string_view> plain_parts(std::string_view path) {
  const bool is_absolute = path.starts_with('/');
  std::vector<std::string_view> parts;
  while (!path.empty()) {
    const std::string_view part = path.substr(0, path.find('/'));
    path.remove_prefix(std::min(path.size(), part.size() + 1));
    if (part.empty() || part == ".") continue;
    const bool is_up = part == "..";
    if (is_up && !parts.empty() && parts.back() != "..") {
      parts.pop_back();
    } else if (!is_up || !is_absolute) {  // nothing lies above "/"
      parts.push_back(part);
    }
  }
  return parts;
}

/// A path as it is least spelt out: "data/y"; "." is nothing.
std::string plain_path(std::string_view path) {
  return fmt::format("{}{}", path.starts_with('/') ? "/" : "", fmt::join(plain_parts(path), "/"));
}

bool lies_below(const std::string& folder, std::string_view path) {
  const auto parts = plain_parts(path);
  const auto above = plain_parts(folder);
  return folder.starts_with('/') && path.starts_with('/') && above.size() <= parts.size() &&
         std::equal(above.begin(), above.end(), parts.begin());
}

/// From one folder, both absolute: "../deploy", "work".
std::string path_from(const std::string& folder, std::string_view path) {
  const auto parts = plain_parts(path);
  const auto above = plain_parts(folder);
  const auto [rest, left] = std::mismatch(parts.begin(), parts.end(), above.begin(), above.end());
  std::vector<std::string_view> steps(static_cast<std::size_t>(above.end() - left), "..");
  steps.insert(steps.end(), rest, parts.end());
  return fmt::format("{}", fmt::join(steps, "/"));
}

}  // namespace

std::string plain_path_below(const std::string& folder, std::string_view path) {
  return lies_below(folder, path) ? path_from(folder, path) : plain_path(path);
}

std::string program_of(const std::string& program, const Workload& workload, const Plan& plan) {
  if (program.find('/') == std::string::npos) return program;
  std::string plain = plain_path(program);
  // In arms that are clones the experiment's folder is another's.
  if (!has_source(plan.variable) && lies_below(plan.folder, plain)) {
    const std::string& from = workload.working_directory;
    plain = path_from(from.starts_with('/') ? from : fmt::format("{}/{}", plan.folder, from), plain);
  }
  return plain.starts_with('/') || plain.starts_with("../") ? plain : "./" + plain;
}

}  // namespace assay::formats
