#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "experiments/record/lab.hpp"

namespace assay::record {

/// The file of one record, before it is read.
struct RecordFile {
  std::string name;  ///< without ".json"
  std::int64_t bytes = 0;
  std::int64_t modified_ns = 0;
};

/// The files of all records, sorted by name; empty for a new lab. \throws Error if the folder cannot be listed.
[[nodiscard]] std::vector<RecordFile> record_files(const Lab& lab);
/// The text of one record's file. \throws Error if it is not a regular file, such as a folder or a pipe.
[[nodiscard]] std::string read_record_file(const Lab& lab, std::string_view name);
/// The path of a new opening or closing of that name.
[[nodiscard]] std::string bookkeeping_path(const Lab& lab, std::string_view name);
/// The path of the file of the record of that name.
[[nodiscard]] std::string record_path(const Lab& lab, std::string_view name);

}  // namespace assay::record
