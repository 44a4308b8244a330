#pragma once

#include <cstddef>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "experiments/record/lab.hpp"
#include "experiments/record/signing/signatures.hpp"

namespace assay::record {

/// The file of a public key in another lab.
struct ForeignKey {
  std::string path;
  std::string owner;
};

/// Signatures and public keys of another lab, checked and not yet taken.
struct ForeignSigning {
  std::vector<std::string> signatures;  ///< paths of files that are new here
  std::vector<ForeignKey> keys;         ///< that are new here
  std::size_t known = 0;                ///< signatures that the lab already had
  std::size_t without_key = 0;          ///< signatures whose keys nobody published, which count nowhere
};

/// \throws Error (invalid) that names what is wrong and where, always.
[[noreturn]] void refuse_import(const std::string& source, std::string_view what);

/// Looks at what came beside records. A signature of a record that is not among `records` is left out.
/// \param keys_folder  of that lab; a folder that is not there holds no keys
/// \param records      SHA-256 of all records that the lab has once the import is done
/// \throws Error (invalid) that names a file which is no signature, or no key, a signature that is not genuine, or a
/// key that the lab has as another owner's.
[[nodiscard]] ForeignSigning foreign_signing(const Lab& lab, const std::string& records_folder,
                                             const std::string& keys_folder, const std::set<std::string>& records);
/// Copies them byte for byte. \throws Error if a file cannot be written.
void take_signing(const Lab& lab, const ForeignSigning& signing);

}  // namespace assay::record
