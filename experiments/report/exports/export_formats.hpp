#pragma once

#include <string_view>
#include <vector>

#include "experiments/interop/exports/export_formats.hpp"

namespace assay::report {

/// Every format that --export takes: the files of other tools, which interop writes, and the texts for people, which
/// need the words of reports. A new text is a file pair here, and a line in the table of export_formats.cpp.
[[nodiscard]] const std::vector<interop::ExportFormat>& export_formats();

/// The format of that name. \throws Error that lists all formats if there is none.
[[nodiscard]] const interop::ExportFormat& export_format(std::string_view name);

}  // namespace assay::report
