#pragma once

#include <concepts>

namespace assay {

/// True for the listed alternatives of a variant. A visitor that treats several alike names them with it, so that a new
/// alternative does not compile until somebody has decided what becomes of it.
template <class Alternative, class... Listed>
concept OneOf = (std::same_as<Alternative, Listed> || ...);

}  // namespace assay
