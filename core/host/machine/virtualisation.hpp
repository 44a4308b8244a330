#pragma once

#include <string>

namespace assay::host {

/// What lies under this kernel: "kvm", "vmware", "hyper-v", "xen", ...; "virtual machine" where something does but does
/// not say what; "none" on bare metal. Asks the processor (the hypervisor bit and its signature), then /sys.
[[nodiscard]] std::string detect_virtualisation();

}  // namespace assay::host
