#include "core/host/files/served_file_system.hpp"

#include <algorithm>
#include <array>
#include <cstdint>
#include <sys/vfs.h>

namespace assay::host {
namespace {

/// f_type of statfs(2) for file systems that other hosts or programs serve; <linux/magic.h> does not have all of them.
constexpr std::array<std::uint32_t, 14> kServedFileSystems = {
    0x6969,      // NFS
    0x517b,      // SMB
    0xff534d42,  // CIFS
    0xfe534d42,  // SMB2
    0x01021997,  // 9p
    0x65735546,  // FUSE, virtiofs
    0x00c36400,  // Ceph
    0x5346414f,  // AFS
    0x73757245,  // Coda
    0x0bd00bd0,  // Lustre
    0x47504653,  // GPFS
    0x19830326,  // BeeGFS
    0xaad7aaea,  // PanFS
    0x786f4256,  // VirtualBox shared folder
};

}  // namespace

bool is_on_served_file_system(const std::string& folder) {
  struct statfs status {};
  if (::statfs(folder.c_str(), &status) != 0) return false;
  const auto type = static_cast<std::uint32_t>(status.f_type);
  return std::find(kServedFileSystems.begin(), kServedFileSystems.end(), type) != kServedFileSystems.end();
}

}  // namespace assay::host
