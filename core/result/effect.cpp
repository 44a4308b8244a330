#include "core/result/effect.hpp"

#include <cmath>

namespace assay {

double percent_of_log_ratio(double log_ratio) {
  return 100 * std::expm1(log_ratio);
}

}  // namespace assay
