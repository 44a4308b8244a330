#include "experiments/interop/readings.hpp"

#include <algorithm>
#include <filesystem>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "core/error.hpp"
#include "core/host/files/digest.hpp"
#include "core/host/files/files.hpp"
#include "core/host/files/regular_file.hpp"

namespace assay::interop {
namespace {

using nlohmann::json;

constexpr const char* kRows = "rows";
constexpr const char* kDigest = "sha256";
constexpr const char* kReadings = "readings";
constexpr std::size_t kMostReadings = 1'000'000;  ///< more are a mistake in the state

std::string digest_of(std::span<const design::ValuePair> pairs) {
  std::string text;
  for (const design::ValuePair& pair : pairs) text += fmt::format("{},{}\n", pair.control, pair.treatment);
  return host::sha256(text);
}

/// What was counted before; empty if there is nothing, or nothing that can be read.
json read_state(const std::string& state_file) {
  try {
    json state = json::parse(host::read_file(state_file), nullptr, false);
    return state.is_object() ? state : json::object();
  } catch (const Error&) {
    return json::object();
  }
}

/// A count that the state has; 0 if it has none, or something else in its place.
std::size_t stated_count(const json& earlier, const char* key) {
  const auto found = earlier.is_object() ? earlier.find(key) : earlier.end();
  return found != earlier.end() && found->is_number_unsigned() ? found->get<std::size_t>() : 0;
}

/// True if these rows are those of the earlier reading and more.
bool continues(const json& earlier, std::span<const design::ValuePair> pairs) {
  const std::size_t rows = stated_count(earlier, kRows);
  if (rows == 0 || rows > pairs.size() || stated_count(earlier, kReadings) == 0) return false;
  const auto digest = earlier.find(kDigest);
  return digest != earlier.end() && *digest == json(digest_of(pairs.first(rows)));
}

}  // namespace

int count_reading(const std::string& state_file, const std::string& file, std::span<const design::ValuePair> pairs) {
  host::refuse_other_than_file("read", state_file);
  json state = read_state(state_file);
  json& earlier = state[host::sha256(file)];
  int readings = 1;
  if (continues(earlier, pairs)) {
    const bool has_grown = stated_count(earlier, kRows) < pairs.size();
    readings = static_cast<int>(std::min(stated_count(earlier, kReadings), kMostReadings)) + (has_grown ? 1 : 0);
    if (!has_grown) return readings;
  }
  earlier = {{kRows, pairs.size()}, {kDigest, digest_of(pairs)}, {kReadings, readings}};
  try {
    std::filesystem::create_directories(std::filesystem::path(state_file).parent_path());
    host::write_file_atomically(state_file, state.dump(1) + "\n");
  } catch (const Error&) {
    return readings;
  } catch (const std::filesystem::filesystem_error&) {
    return readings;
  }
  return readings;
}

std::string readings_file(const StateFolders& folders) {
  if (folders.state_home.empty() && folders.home.empty()) return "";
  return (folders.state_home.empty() ? folders.home + "/.local/state" : folders.state_home) + "/assay/readings.json";
}

std::string readings_note(int readings) {
  if (readings < 2) return "";
  return fmt::format(
      "reading {} of this file while it grows: each takes a last look with all of alpha, so that together they err "
      "more "
      "often than alpha says (ten readings of equal arms: 17.5 % at 5 %); read it once, when all rows are there",
      readings);
}

}  // namespace assay::interop
