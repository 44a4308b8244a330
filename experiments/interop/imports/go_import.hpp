#pragma once

#include "experiments/interop/imports/import_formats.hpp"

namespace assay::interop {

/// The text of `go test -bench`: lines of one benchmark are its values. ns/op is kept in s, MB/s in B/s; a line
/// `Unit NAME better=higher` turns a metric's direction.
[[nodiscard]] bool is_go(const ToolText& file);
[[nodiscard]] SampleFile read_go(const ToolText& file);

}  // namespace assay::interop
