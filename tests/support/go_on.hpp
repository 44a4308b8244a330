#pragma once

#include "core/stop_request.hpp"

namespace assay::test {

/// A stop signal of nobody: everything runs to its end.
inline StopRequest go_on() {
  return StopRequest::none;
}

}  // namespace assay::test
