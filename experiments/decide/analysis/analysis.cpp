#include "experiments/decide/analysis/analysis.hpp"

namespace assay::decide {

AttemptsLeft attempts_left_after(const Analysis& analysis) {
  return analysis.finished() ? attempts_left(analysis.plan()) : AttemptsLeft::some;
}

}  // namespace assay::decide
