#pragma once

#include <string>
#include <vector>

#include "core/text/date.hpp"
#include "experiments/record/record_store.hpp"

namespace assay::record {

/// One page with these records, oldest first: of each attempt its result, pictures and text, of each entry what was
/// decided. It loads nothing else. \throws Error if a record cannot be read.
[[nodiscard]] std::string records_page(const Lab& lab, const std::vector<RecordSummary>& shown);

/// One page with the whole lab: an index that can be searched, dead ends, claims and targets, histories, and all
/// records. \throws Error if a record cannot be read.
[[nodiscard]] std::string lab_page(const Lab& lab, Date today);

/// Writes a site into a folder, which is made if it does not exist: index.html, a page for each record, and the script
/// that they share. Files of records that are gone stay. Returns how many pages it wrote.
/// \throws Error if a record cannot be read or a file cannot be written.
int write_site(const Lab& lab, Date today, const std::string& folder);

}  // namespace assay::record
