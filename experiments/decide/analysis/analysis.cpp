#include "experiments/decide/analysis/analysis.hpp"

namespace assay::decide {

AttemptsLeft attempts_left_after(const Analysis& analysis) {
  const bool may_go_on = !analysis.finished() || analysis.was_futile();
  return may_go_on ? AttemptsLeft::some : attempts_left(analysis.plan());
}

}  // namespace assay::decide
