#pragma once

namespace assay {

/// A closed interval. An end that nothing bounds is -infinity or infinity.
struct Interval {
  double low = 0;
  double high = 0;
  friend bool operator==(const Interval&, const Interval&) = default;
};

}  // namespace assay
