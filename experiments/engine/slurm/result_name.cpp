#include "experiments/engine/slurm/result_name.hpp"

#include <algorithm>
#include <charconv>
#include <filesystem>

#include <fmt/format.h>

namespace assay::engine {

std::string handed_in_name(const BlockKey& key, int generation, std::string_view drawn) {
  return fmt::format("{}.{}.json", task_file_name(key, generation), drawn);
}

std::optional<BlockFile> parse_handed_in(const std::string& name) {
  const std::size_t block_end = name.find('.');
  if (block_end == 0 || block_end == std::string::npos || name.compare(block_end, 2, ".g") != 0) return std::nullopt;
  const char* const begin = name.data() + block_end + 2;
  const char* const name_end = name.data() + name.size();
  int generation = 0;
  const auto [number_end, failure] = std::from_chars(begin, name_end, generation);
  if (failure != std::errc() || generation < 1 || number_end == name_end || *number_end != '.') return std::nullopt;
  if (std::filesystem::path(name).extension() != ".json") return std::nullopt;
  return BlockFile{name.substr(0, block_end), {generation, name}};
}

std::optional<HandedIn> accepted_of(const std::vector<HandedIn>& files) {
  const auto first = std::min_element(files.begin(), files.end());
  if (first == files.end()) return std::nullopt;
  return *first;
}

}  // namespace assay::engine
