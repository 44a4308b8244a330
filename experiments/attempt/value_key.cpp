#include "experiments/attempt/value_key.hpp"

#include <array>
#include <cstdint>
#include <cstring>
#include <filesystem>
#include <optional>

#include <fmt/format.h>

#include "core/error.hpp"
#include "core/host/entropy.hpp"
#include "core/host/files/file_status.hpp"
#include "core/host/files/private_file.hpp"

namespace assay::attempt {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t kKeyBytes = 32;

std::string fresh_key() {
  std::array<std::uint64_t, kKeyBytes / sizeof(std::uint64_t)> words{};
  for (std::uint64_t& word : words) word = host::fresh_entropy();
  std::string key(kKeyBytes, '\0');
  std::memcpy(key.data(), words.data(), key.size());
  return key;
}

/// Whole or not at all, and the first of two who try at once wins.
void keep_fresh_key(const std::string& path) {
  const std::string draft = fmt::format("{}.{:016x}", path, host::fresh_entropy());
  host::write_private_file(draft, fresh_key());
  std::error_code failure;
  fs::create_hard_link(draft, path, failure);
  if (failure && !host::is_there(path)) fs::rename(draft, path, failure);
  std::error_code none;
  fs::remove(draft, none);
  if (!host::is_there(path)) throw Error(fmt::format("cannot write {}: {}", path, failure.message()));
}

}  // namespace

std::string value_key(const record::Lab& lab) {
  const std::string path = lab.value_key_path();
  if (!host::is_there(path)) keep_fresh_key(path);
  std::string key = host::read_private_file(path);
  if (key.size() == kKeyBytes) return key;
  throw Error(fmt::format("{} is damaged: it has {} bytes, expected {}; remove it, and attempts begin anew", path,
                          key.size(), kKeyBytes));
}

std::string value_key_at(const std::string& folder) {
  std::optional<record::Lab> lab = record::Lab::find(folder);
  if (!lab) lab = record::Lab::find(fs::current_path().string());
  if (!lab) return fresh_key();
  try {
    return value_key(*lab);
  } catch (const Error&) {
    if (host::is_there(lab->value_key_path())) throw;
    return fresh_key();
  }
}

}  // namespace assay::attempt
