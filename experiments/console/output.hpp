#pragma once

#include <string_view>

#include <nlohmann/json_fwd.hpp>

namespace assay::console {

/// Writes all of the text to standard output. \throws Error if that fails (closed, disk full).
void print_output(std::string_view text);
/// Writes one line to standard error, made safe for a terminal. If that fails, the line is lost: a remark is not a
/// reason to stop. fmt::print would throw.
void print_remark(std::string_view line);
/// Writes one JSON value, indented, with a newline. \throws Error as `print_output` does.
void print_json(const nlohmann::json& value);

}  // namespace assay::console
