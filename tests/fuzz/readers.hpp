#pragma once

#include <span>
#include <string_view>

namespace assay::fuzz {

/// Something that reads text which a trial, a colleague or another tool wrote.
struct Reader {
  std::string_view name;
  /// Reads the text. An assay::Error is an answer; everything else that is thrown ends the program.
  void (*read)(std::string_view text);
};

[[nodiscard]] std::span<const Reader> readers();
/// The reader of that name; null if there is none.
[[nodiscard]] const Reader* find_reader(std::string_view name);

/// Reads the text, and ends the program if that takes more than five seconds: nothing may hang.
void read_in_time(const Reader& reader, std::string_view text);

}  // namespace assay::fuzz
