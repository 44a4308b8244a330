#include "core/result/no_better_level.hpp"

#include <algorithm>

#include "core/variable.hpp"

namespace assay {

bool found_no_better_level(Verdict verdict, std::span<const LevelSearch> searches) {
  const bool is_decided = verdict == Verdict::regressed || verdict == Verdict::equivalent;
  return is_decided && !searches.empty() &&
         std::all_of(searches.begin(), searches.end(),
                     [](const LevelSearch& search) { return search.best && search.best->index == kControl; });
}

}  // namespace assay
