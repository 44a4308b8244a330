#pragma once

#include <compare>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "experiments/engine/slurm/block_key.hpp"

namespace assay::engine {

/// The name of a file that a task handed in: "c0-b5-r1.g3.5f1c0a9e77d1b2c4.json". Each task draws its own, so that two
/// results of one block are both seen and neither overwrites the other.
struct HandedIn {
  int generation = 1;
  std::string name;  ///< of the file
  friend auto operator<=>(const HandedIn&, const HandedIn&) = default;
};

[[nodiscard]] std::string handed_in_name(const BlockKey& key, int generation, std::string_view drawn);

/// The block of such a name, "c0-b5-r1", with what else it says.
struct BlockFile {
  std::string block;
  HandedIn file;
};
/// \returns nothing for a name of another form, such as that of a file that is being written.
[[nodiscard]] std::optional<BlockFile> parse_handed_in(const std::string& name);

/// The one of several results of one block that counts: that of the lowest generation, and among those the first by
/// name. Neither knows the values. std::nullopt if there is none.
[[nodiscard]] std::optional<HandedIn> accepted_of(const std::vector<HandedIn>& files);

}  // namespace assay::engine
