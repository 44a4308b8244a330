#include "experiments/adversary/challenge_environment.hpp"

#include <fmt/format.h>

#include "core/error.hpp"
#include "experiments/attempt/environment.hpp"

namespace assay::adversary {
namespace {

Error other_environment(std::string_view what, const std::string& own, const std::string& here) {
  return Error(fmt::format("the {} is that of the environment {}, and says nothing about {}: challenge it on a "
                           "machine of {}",
                           what, own, here, own),
               ErrorKind::refused);
}

}  // namespace

void require_environment(const record::Lab& lab, std::string_view what, const std::string& measured_in,
                         const attempt::RunOptions& running) {
  const std::string here = attempt::environment_again(lab, running, measured_in);
  if (here != measured_in) throw other_environment(what, measured_in, here);
}

}  // namespace assay::adversary
