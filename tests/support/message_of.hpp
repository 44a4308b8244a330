#pragma once

#include <string>

#include "core/error.hpp"

namespace assay::test {

/// The line of the assay::Error that `action` throws; empty where it throws none.
template <class Action>
std::string message_of(const Action& action) {
  try {
    action();
  } catch (const Error& error) {
    return error.what();
  }
  return "";
}

}  // namespace assay::test
