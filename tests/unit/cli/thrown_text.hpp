#pragma once

#include <string>
#include <utility>

#include "core/error.hpp"

namespace assay::cli {

/// What the assay::Error thrown by the action says; "" where none is thrown.
template <class Action>
std::string thrown_text(Action&& action) {
  try {
    std::forward<Action>(action)();
  } catch (const Error& error) {
    return error.what();
  }
  return "";
}

}  // namespace assay::cli
