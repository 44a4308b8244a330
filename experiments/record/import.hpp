#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "experiments/record/lab.hpp"
#include "experiments/record/signing/signature_import.hpp"

namespace assay::record {

/// What importing did.
struct Import {
  std::vector<std::string> taken;     ///< names of the records, as the lab has them now
  std::size_t bookkeeping = 0;        ///< openings and closings among the files that were taken
  std::size_t known = 0;              ///< records that the lab already had
  std::size_t known_bookkeeping = 0;  ///< openings and closings that it already had
  ForeignSigning signing;             ///< signatures of these records, and public keys, that were taken with them
};

/// Takes the records that were made elsewhere, such as in CI, into the lab. `folder` is a lab, its `.assay`, or a
/// folder of record files, with signatures beside them. Each record is computed again from its samples first, and what
/// it rests on must be in the lab or come with it, so the chain stays whole. Files are copied byte for byte, so hashes
/// keep their meaning, and genuine signatures and the public keys of that lab come with them; a record whose name is
/// taken gets its hash into the name. Nothing is taken if anything is wrong. \throws Error if the folder holds no
/// record. \throws Error (invalid) that names the record if it is not as it was written, its result does not follow
/// from its samples, or something that it rests on is missing, and one that names a signature or a key as
/// `foreign_signing` does.
Import import_records(const Lab& lab, const std::string& folder);

}  // namespace assay::record
