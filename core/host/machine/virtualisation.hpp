#pragma once

#include <string>

namespace assay::host {

/// The hypervisor under this kernel: "kvm", "vmware", "hyper-v", "xen", ...; "virtual machine" for an unnamed one;
/// "none" on bare metal. It asks the processor (the hypervisor bit and its signature), then /sys.
[[nodiscard]] std::string detect_virtualisation();

}  // namespace assay::host
