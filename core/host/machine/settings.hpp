#pragma once

#include <map>
#include <string>
#include <vector>

namespace assay::host {

/// What the dynamic linker, the C library and the kernel read beside a program and its environment, by its path: the
/// libraries that every program loads, the allocator's options, tables of locales, and kernel settings that change how
/// fast programs run. Tables are described by their size and time of change. What this machine does not have is left
/// out.
[[nodiscard]] std::map<std::string, std::string> machine_settings();

/// Those of them that are small files which no system changes while it runs, and which every program reads when it
/// starts.
[[nodiscard]] std::vector<std::string> files_of_the_linker();

}  // namespace assay::host
