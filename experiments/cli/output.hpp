#pragma once

#include <string_view>

#include <nlohmann/json_fwd.hpp>

namespace assay::cli {

/// Writes all of the text to standard output. \throws Error when it does not take it (closed, disk full).
void print_output(std::string_view text);
/// One line to standard error, made safe for a terminal. What standard error does not take is lost: a remark is no
/// reason to stop. fmt::print would throw.
void print_remark(std::string_view line);
/// One JSON value, indented, with a newline. \throws Error likewise.
void print_json(const nlohmann::json& value);

}  // namespace assay::cli
