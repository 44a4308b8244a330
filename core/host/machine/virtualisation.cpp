#include "core/host/machine/virtualisation.hpp"

#include <array>
#include <cstring>
#include <string_view>

#include "core/host/files/kernel_files.hpp"
#if defined(__x86_64__) || defined(__i386__)
#include <cpuid.h>
#endif

namespace assay::host {
namespace {

struct KnownName {
  std::string_view signature;
  std::string_view name;
};

template <std::size_t Size>
std::string_view find_name(const std::array<KnownName, Size>& known, std::string_view text) {
  for (const KnownName& each : known) {
    if (text.find(each.signature) != std::string_view::npos) return each.name;
  }
  return "";
}

#if defined(__x86_64__) || defined(__i386__)
constexpr std::array kProcessorSignatures = {
    KnownName{"KVMKVMKVM", "kvm"},       KnownName{"Linux KVM Hv", "kvm"},     KnownName{"TCGTCGTCGTCG", "qemu"},
    KnownName{"VMwareVMware", "vmware"}, KnownName{"Microsoft Hv", "hyper-v"}, KnownName{"XenVMMXenVMM", "xen"},
    KnownName{"bhyve bhyve ", "bhyve"},  KnownName{"ACRNACRNACRN", "acrn"},    KnownName{"VBoxVBoxVBox", "virtualbox"}};

/// CPUID leaf 1 has the hypervisor bit (ECX 31); leaf 0x40000000 is reserved for the hypervisor's signature.
std::string ask_processor() {
  constexpr unsigned kHypervisorBit = 1U << 31;
  constexpr unsigned kHypervisorLeaf = 0x40000000;
  unsigned eax = 0;
  unsigned ebx = 0;
  unsigned ecx = 0;
  unsigned edx = 0;
  if (__get_cpuid(1, &eax, &ebx, &ecx, &edx) == 0 || (ecx & kHypervisorBit) == 0) return "";
  __cpuid(kHypervisorLeaf, eax, ebx, ecx, edx);
  const std::array<unsigned, 3> registers = {ebx, ecx, edx};
  std::array<char, sizeof registers> signature{};
  std::memcpy(signature.data(), registers.data(), sizeof registers);
  const std::string_view name = find_name(kProcessorSignatures, {signature.data(), signature.size()});
  return name.empty() ? "virtual machine" : std::string(name);
}
#else
std::string ask_processor() {
  return "";
}
#endif

/// Firmware tables name the maker of the machine. They are the only source if the processor cannot be asked.
std::string ask_firmware() {
  constexpr std::array kMakers = {KnownName{"QEMU", "qemu"},
                                  KnownName{"KVM", "kvm"},
                                  KnownName{"VMware", "vmware"},
                                  KnownName{"VirtualBox", "virtualbox"},
                                  KnownName{"Xen", "xen"},
                                  KnownName{"Amazon EC2", "kvm"},
                                  KnownName{"Google Compute", "kvm"},
                                  KnownName{"Virtual Machine", "hyper-v"}};
  const std::string made_by =
      read_kernel_line("/sys/class/dmi/id/sys_vendor") + " " + read_kernel_line("/sys/class/dmi/id/product_name");
  // Bare metal from Amazon and Google carries the same name.
  if (made_by.find("metal") != std::string::npos) return "";
  return std::string(find_name(kMakers, made_by));
}

}  // namespace

std::string detect_virtualisation() {
  std::string by_processor = ask_processor();
  if (!by_processor.empty() && by_processor != "virtual machine") return by_processor;
  std::string by_kernel = read_kernel_line("/sys/hypervisor/type");
  if (!by_kernel.empty()) return by_kernel;
  std::string by_firmware = ask_firmware();
  if (!by_firmware.empty()) return by_firmware;
  return by_processor.empty() ? "none" : by_processor;
}

}  // namespace assay::host
