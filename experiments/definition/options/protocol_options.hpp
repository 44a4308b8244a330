#pragma once

#include <optional>

#include "core/plan.hpp"
#include "core/seed.hpp"
#include "core/units.hpp"

namespace assay::definition {

/// What the protocol's options set.
struct ProtocolOptions {
  Protocol protocol;              ///< core's defaults
  std::optional<Percent> margin;  ///< empty: not given, so that the default is shown as such
  std::optional<Seed> seed;
  bool strict = false;  ///< both error rates 1 %
  bool first_look_given = false;
  bool cap_given = false;
};
/// The margin if none is given.
inline constexpr Percent kDefaultMargin{3};

/// \throws Error if the margin or the time limit is not above 0, or the first look lies beyond the cap.
void check_protocol_options(const ProtocolOptions& options);
/// The protocol that the options ask for, with the defaults of its mode. \param fixed  exactly so many blocks.
/// \throws Error if --strict is given with another rate, or two modes exclude each other.
[[nodiscard]] Protocol settled_protocol(const ProtocolOptions& options, std::optional<int> fixed);

}  // namespace assay::definition
