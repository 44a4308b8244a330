#include "core/record.hpp"

#include <fmt/format.h>

namespace assay {

std::string record_name(const Record& record) {
  return fmt::format("{:04}-{}", record.number, record.plan.id);
}

}  // namespace assay
