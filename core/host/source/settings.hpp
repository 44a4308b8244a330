#pragma once

#include <string>
#include <utility>
#include <vector>

#include "core/host/source/git.hpp"

namespace assay::host {

/// A key of a git configuration and its value.
using Setting = std::pair<std::string, std::string>;

/// The settings whose keys match an expression, of every level that git reads in its folder, or only of the user's own.
/// Reading them runs nothing.
enum class SettingLevel { all, users };
[[nodiscard]] std::vector<Setting> settings_of(const Git& git, const std::string& keys,
                                               SettingLevel level = SettingLevel::all);

}  // namespace assay::host
