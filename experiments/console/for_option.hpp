#pragma once

#include <string_view>

#include "core/error.hpp"

namespace assay::console {

/// Calls the function. If it throws an Error, that error names the option: "--noise: it must be above 0%".
template <class Function>
decltype(auto) for_option(std::string_view option, const Function& function) {
  try {
    return function();
  } catch (const Error& error) {
    throw error.within(option);
  }
}

}  // namespace assay::console
