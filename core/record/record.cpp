#include "core/record/record.hpp"

#include <fmt/format.h>

namespace assay {

std::string record_name(int number, std::string_view subject) {
  return fmt::format("{:04}-{}", number, subject);
}

std::string record_name(const Record& record) {
  return record_name(record.number, record.plan.id);
}

}  // namespace assay
