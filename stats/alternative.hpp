#pragma once

namespace assay::stats {

/// What a test is to show, of treatment against control: that it differs, is less, or is greater.
enum class Alternative { two_sided, less, greater };

}  // namespace assay::stats
