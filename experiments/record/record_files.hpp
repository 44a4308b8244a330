#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "experiments/record/lab.hpp"

namespace assay::record {

/// The file of one record, unread.
struct RecordFile {
  std::string name;  ///< less ".json"
  std::int64_t bytes = 0;
  std::int64_t modified_ns = 0;
};

/// Every record's file, by name. A lab whose first record is yet to come has none. \throws Error when the folder cannot
/// be listed.
[[nodiscard]] std::vector<RecordFile> record_files(const Lab& lab);
/// Its text. \throws Error that names what is no file: a folder, or a pipe that nobody writes into.
[[nodiscard]] std::string read_record_file(const Lab& lab, std::string_view name);
/// The file of the record of that name.
[[nodiscard]] std::string record_path(const Lab& lab, std::string_view name);

}  // namespace assay::record
