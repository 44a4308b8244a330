#pragma once

#include <string>
#include <string_view>

#include "core/metric.hpp"
#include "core/result/result.hpp"
#include "experiments/report/text_style.hpp"

namespace assay::report {

/// How an effect is put.
enum class Manner {
  times,   ///< "1.21x faster", where the interval leaves no doubt of the direction; else as change
  change,  ///< "takes 2.1 % less time", with a signed interval
};

/// How an end of an interval reads that excludes "no effect" by less than its last digit shows.
enum class NearEnd {
  told,     ///< "above 0", "below 0", and "above 1" times
  rounded,  ///< "0.0 %", "1.000", as 0.1.0 wrote
};

struct Wording {
  Manner manner = Manner::change;
  std::string_view time_unit = {};  ///< "ms" fixes the unit of times; empty: chosen for each
  NearEnd near_end = NearEnd::told;
  std::string_view without_ends = "no bound yet";  ///< an interval without ends; a finished result gains none
};
/// That of a record or result which is shown in this style.
[[nodiscard]] Wording wording_in(const TextStyle& style);

/// Who is compared with whom, as the sentence names them.
struct ArmNames {
  std::string control;
  std::string treatment;
};

/// Whether the text of an interval holds a figure, or only says that there is no bound.
enum class IntervalEnds { shown, missing };

/// An effect in words and figures that suit its metric's kind, unit and direction.
struct EffectText {
  std::string clause;    ///< "treatment is 1.21x faster than control"
  std::string summary;   ///< "1.21x faster"
  std::string interval;  ///< "1.19 to 1.23", "at least 1.19", "no bound"
  IntervalEnds ends = IntervalEnds::shown;
};
[[nodiscard]] EffectText effect_text(const Metric& metric, double estimate, const Interval& interval,
                                     const ArmNames& arms, const Wording& wording);

/// "-17.7 %", "+12.3 points", "-3.20 ms": the bare change.
[[nodiscard]] std::string effect_change_text(const Metric& metric, double effect, std::string_view time_unit = {});
/// "-19.2 % to -16.0 %", "above 0 to +2.1 %", "at most +2.1 %", "no bound yet".
[[nodiscard]] std::string effect_interval_text(const Metric& metric, const Interval& interval,
                                               const Wording& wording = {});
/// "3 %", "1 point"; with " (default)" where the user stated none; "" for a metric without one.
[[nodiscard]] std::string margin_text(const Metric& metric);

}  // namespace assay::report
